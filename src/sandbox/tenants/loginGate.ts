import { Hono } from 'hono';
import type { Context } from 'hono';
import { accountChoice, deviceChoice } from './choicePage.ts';
import { firstSegment } from './dispatch.ts';
import { guestAccount, homeOf } from './home.ts';
import type { LoginTenancy } from './tenancy.ts';

/** Authorities that belong to no tenant: whose they are turns out by who signs in. */
const shared = new Set(['common', 'organizations', 'consumers']);

/**
 * The login server of several tenants. A path names its tenant by id or domain. On the authorities for all of them the
 * person's home tenant answers, once it is known by `login_hint`, `domain_hint`, or by a choice among everybody's accounts
 * (Microsoft identity platform: home realm discovery). A refresh token of a person's home tenant serves in a tenant in
 * which they are a guest (Microsoft identity platform: refresh tokens are bound to user and client, not to a tenant).
 */
export function createLoginGate(tenancies: readonly LoginTenancy[]): Hono {
  const app = new Hono();
  const named = (name: string): LoginTenancy | undefined =>
    tenancies.find(({ state: { tenant } }) =>
      [tenant.id, tenant.defaultDomain, ...tenant.verifiedDomains].includes(name.toLowerCase()),
    );
  const atHome = (userPrincipalName: string): LoginTenancy | undefined =>
    homeOf(
      tenancies.map((tenancy) => ({ tenancy, tenant: tenancy.state.tenant })),
      userPrincipalName,
    )?.tenancy;
  const tenants = tenancies.map(({ state }) => state.tenant);
  const answer = async (c: Context, by: LoginTenancy | undefined, request = c.req.raw): Promise<Response> => {
    const tenancy = by ?? tenancies[0];
    return tenancy ? tenancy.loginApp.fetch(request, c.env) : c.notFound();
  };
  /** User codes that were asked for on an authority for all tenants. */
  const open = new Set<string>();

  app.post('/:name/oauth2/v2.0/token', async (c) => {
    const form = await formOf(c.req.raw);
    const asked = named(c.req.param('name'));
    const refreshToken = form.get('refresh_token') ?? '';
    const issuer = tenancies.find(({ login }) => login.memory.refreshTokens.has(refreshToken));
    if (asked && issuer && issuer !== asked) {
      const token = issuer.login.memory.refreshTokens.get(refreshToken);
      const account = token && guestAccount(asked.state.tenant, token.account);
      if (token && account) asked.login.memory.refreshTokens.set(refreshToken, { ...token, account });
    }
    if (asked) return answer(c, asked);
    const knows = ({ login }: LoginTenancy): boolean =>
      login.codes.has(form.get('code') ?? '') || login.deviceCodes.has(form.get('device_code') ?? '');
    return answer(c, tenancies.find(knows) ?? issuer);
  });

  for (const path of ['/:name/oauth2/v2.0/authorize', '/:name/v2.0/adminconsent', '/:name/adminconsent'])
    app.on(['GET', 'POST'], path, async (c) => {
      const name = c.req.param('name') ?? '';
      if (!shared.has(name.toLowerCase())) return answer(c, named(name));
      if (c.req.method === 'POST') return answer(c, await underWay(c.req.raw, tenancies));
      const home = atHome(c.req.query('login_hint') ?? '') ?? named(c.req.query('domain_hint') ?? '');
      if (home || c.req.query('prompt') === 'none') return answer(c, home);
      return accountChoice(tenants, new URL(c.req.url));
    });

  app.post('/:name/oauth2/v2.0/devicecode', async (c) => {
    const response = await answer(c, named(c.req.param('name')));
    if (shared.has(c.req.param('name').toLowerCase()) && response.ok) {
      const body: unknown = await response.clone().json();
      if (typeof body === 'object' && body !== null && 'user_code' in body) open.add(String(body.user_code));
    }
    return response;
  });

  app.post('/common/oauth2/deviceauth', async (c) => {
    const form = await formOf(c.req.raw);
    const userCode = (form.get('user_code') ?? '').trim().toUpperCase();
    const flow = await underWay(c.req.raw, tenancies);
    if (flow) return answer(c, flow);
    const of = tenancies.find(({ login }) =>
      [...login.deviceCodes.values()].some((one) => one.userCode === userCode),
    );
    if (!of || !open.has(userCode)) return answer(c, of);
    const home = atHome(form.get('username') ?? '');
    if (!home) return deviceChoice(tenants, userCode);
    // From here on the code is of the tenant of the person who typed it.
    open.delete(userCode);
    for (const [code, one] of of.login.deviceCodes)
      if (one.userCode === userCode && home !== of) {
        of.login.deviceCodes.delete(code);
        home.login.deviceCodes.set(code, one);
      }
    return answer(c, home);
  });

  app.all('*', (c) => answer(c, named(firstSegment(c.req.raw))));
  return app;
}

/** The tenant whose sign-in a form goes on with. */
async function underWay(
  request: Request,
  tenancies: readonly LoginTenancy[],
): Promise<LoginTenancy | undefined> {
  const flow = (await formOf(request)).get('flow') ?? '';
  return tenancies.find(({ login }) => login.flows.has(flow));
}

/** The form fields of a request whose body is still to be read by another. */
async function formOf(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams(await request.clone().text());
}
