import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt } from 'jose';
import type { TenantLine } from '../../../src/sandbox/line.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { at, column, rows, text } from './support.ts';

const client = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const redirectUri = 'http://localhost:5000';
const consultant = { name: 'evelyn@contoso.com', password: 'Orbit-Computation-1956' };
const scope =
  'https://graph.microsoft.com/User.Read https://graph.microsoft.com/User.Read.All offline_access';

describe('a sandbox of three tenants', () => {
  let sandbox: Sandbox;
  let contoso: TenantLine;
  let northwind: TenantLine;
  let adatum: TenantLine;
  before(async () => {
    sandbox = await startSandbox({ preset: 'msp-three-tenants' });
    [contoso, northwind, adatum] = sandbox.line.tenants as [TenantLine, TenantLine, TenantLine];
  });
  after(() => sandbox.close());

  const graph = async (path: string, token: string): Promise<unknown> =>
    (await fetch(`${sandbox.line.graph}${path}`, { headers: { authorization: `Bearer ${token}` } })).json();

  it('describes the first one where a sandbox of one tenant describes its own', () => {
    const { tenantId, scim, console, accounts, accessToken } = sandbox.line;
    assert.deepEqual(
      { tenantId, scim, console, accounts, accessToken },
      {
        tenantId: contoso.tenantId,
        scim: contoso.scim,
        console: contoso.console,
        accounts: contoso.accounts,
        accessToken: contoso.accessToken,
      },
    );
    for (const key of ['tenantId', 'scim', 'console', 'defaultDomain', 'accessToken'] as const)
      assert.equal(new Set(sandbox.line.tenants.map((one) => one[key])).size, 3, key);
  });

  it('answers at one address for the tenant of the token', async () => {
    const seen = await Promise.all(
      sandbox.line.tenants.map(async ({ accessToken }) => {
        const organization = await graph('/organization', accessToken);
        const jobs = rows(
          await graph("/servicePrincipals?$filter=startswith(displayName,'Kiro')", accessToken),
        );
        return [text(organization, 'value/0/displayName'), jobs.length];
      }),
    );
    assert.deepEqual(seen, [
      ['Contoso', 1],
      ['Northwind Traders', 0],
      ['Adatum', 1],
    ]);
    const broken = await graph('/organization', 'a.b.c');
    assert.equal(at(broken, 'error/code'), 'InvalidAuthenticationToken');
  });

  it('has them in three conditions', () => {
    const codes = sandbox.tenants.map(
      ({ state }) => [...state.tenant.synchronization.values()][0]?.job?.status['code'],
    );
    assert.deepEqual(codes, ['Active', undefined, 'Quarantine']);
  });

  it('keeps Kiro apart: consoles, endpoints, tokens and domains', async () => {
    const post = async (console: string, action: string, body: unknown): Promise<[number, unknown]> => {
      const response = await fetch(`${console}/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    };
    const [, made] = await post(contoso.console, 'tokens', {});
    const status = async (endpoint: string): Promise<number> =>
      (
        await fetch(`${endpoint}/Users`, {
          headers: { authorization: `Bearer ${text(made, 'token/secret')}` },
        })
      ).status;
    assert.equal(await status(contoso.scim), 200);
    assert.equal(await status(adatum.scim), 401);
    assert.equal(await status(northwind.scim), 401);
    // A domain belongs to one profile.
    const [taken] = await post(contoso.console, 'domains', { name: 'adatum.com' });
    assert.equal(taken, 409);
  });

  it('lets the control server look at one of them', async () => {
    const get = async (query: string): Promise<unknown> =>
      (await fetch(`${sandbox.line.control}/state${query}`)).json();
    assert.equal(at(await get(''), 'tenant/displayName'), 'Contoso');
    assert.equal(at(await get(`?tenant=${adatum.tenantId}`), 'tenant/displayName'), 'Adatum');
    assert.equal(typeof at(await get('?tenant=nobody'), 'error'), 'string');
  });

  it('signs in for the tenant that a path names, by id or domain', async () => {
    for (const [name, tenant] of [
      [northwind.tenantId, northwind],
      ['adatum.com', adatum],
      ['contoso.onmicrosoft.com', contoso],
    ] as const) {
      const found = await (
        await fetch(`${sandbox.line.login}/${name}/v2.0/.well-known/openid-configuration`)
      ).json();
      assert.ok(text(found, 'issuer').includes(tenant.tenantId));
    }
    const unknown = await fetch(`${sandbox.line.login}/tailspin.com/v2.0/.well-known/openid-configuration`);
    assert.equal(unknown.status, 400);
  });

  it('lets a person choose among everybody’s accounts where no tenant is named, and finds their home', async () => {
    const browser = new Browser(sandbox.line.login);
    await browser.open('organizations', { prompt: 'select_account' });
    for (const name of ['ada@contoso.com', 'edith@northwindtraders.com', consultant.name])
      assert.ok(browser.page.includes(`account-${name}`), name);
    assert.equal(browser.page.split(`account-${consultant.name}`).length, 2, 'a guest is offered once');
    const tokens = await browser.signIn('organizations', {
      name: 'edith@northwindtraders.com',
      password: 'Filter-Theory-1921',
    });
    assert.equal(decodeJwt(text(tokens, 'access_token'))['tid'], northwind.tenantId);
  });

  it('has a consultant who is a guest with a role in the other tenants', async () => {
    const tokens = await new Browser(sandbox.line.login).signIn(northwind.tenantId, consultant);
    const token = text(tokens, 'access_token');
    const me = await graph('/me?$select=id,userType,userPrincipalName', token);
    assert.equal(at(me, 'userType'), 'Guest');
    assert.ok(text(me, 'userPrincipalName').includes('#EXT#'));
    assert.ok(
      northwind.accounts.some(
        ({ userPrincipalName, roles }) =>
          userPrincipalName === consultant.name && roles.includes('Application Administrator'),
      ),
    );
    // At home the same person is a member, and the tenant is another.
    const home = await new Browser(sandbox.line.login).signIn('common', consultant);
    assert.equal(decodeJwt(text(home, 'access_token'))['tid'], contoso.tenantId);
    // MSAL knows them as one account: the one at home.
    const info = (answer: unknown): unknown =>
      JSON.parse(Buffer.from(text(answer, 'client_info'), 'base64url').toString());
    assert.equal(at(info(tokens), 'utid'), contoso.tenantId);
    assert.deepEqual(info(tokens), info(home));
    // The refresh token of home serves where the person is a guest and has consented, and nowhere else.
    const refreshed = await refresh(sandbox.line.login, northwind.tenantId, text(home, 'refresh_token'));
    assert.equal(decodeJwt(text(refreshed, 'access_token'))['tid'], northwind.tenantId);
    const elsewhere = await refresh(sandbox.line.login, adatum.tenantId, text(home, 'refresh_token'));
    assert.deepEqual(at(elsewhere, 'error_codes'), [65001]);
  });

  it('is kept as a whole', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sandbox-tenants-'));
    const file = join(folder, 'state.json');
    try {
      const saved = await fetch(`${sandbox.line.control}/state/save`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ file }),
      });
      assert.equal(saved.status, 200);
      const again = await startSandbox({ state: file });
      try {
        assert.deepEqual(
          again.line.tenants.map(({ tenantId }) => tenantId),
          sandbox.line.tenants.map(({ tenantId }) => tenantId),
        );
        for (const [index, { state }] of again.tenants.entries()) {
          const before = sandbox.tenants[index]?.state.tenant;
          assert.deepEqual(state.tenant.users, before?.users);
          assert.deepEqual(state.tenant.accounts, before?.accounts);
        }
        assert.equal(again.line.preset, 'msp-three-tenants');
      } finally {
        await again.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('lists everybody of a tenant to that tenant’s token alone', async () => {
    const names = column(
      await graph('/users?$select=userPrincipalName', adatum.accessToken),
      'userPrincipalName',
    );
    assert.ok(names.includes('konrad@adatum.com'));
    assert.ok(!names.includes('ada@contoso.com'));
  });
});

/** A person's browser at the sign-in pages, without script. */
class Browser {
  page = '';
  readonly #login: string;
  readonly #verifier = randomBytes(32).toString('base64url');
  #url = '';

  constructor(login: string) {
    this.#login = login;
  }

  async open(tenant: string, more: Record<string, string>): Promise<Response> {
    const query = new URLSearchParams({
      client_id: client,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope,
      code_challenge: createHash('sha256').update(this.#verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    this.#url = `${this.#login}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
    const response = await fetch(this.#url, { redirect: 'manual' });
    this.page = await response.text();
    return response;
  }

  async #send(fields: Record<string, string>): Promise<Response> {
    const flow = /name="flow" value="([^"]+)"/.exec(this.page)?.[1] ?? '';
    const response = await fetch(this.#url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ flow, ...fields }),
    });
    this.page = await response.text();
    return response;
  }

  async signIn(tenant: string, person: { name: string; password: string }): Promise<unknown> {
    await this.open(tenant, { login_hint: person.name });
    let answer = await this.#send({ step: 'password', username: person.name, password: person.password });
    if (answer.status === 200) answer = await this.#send({ step: 'consent', decision: 'accept' });
    const code = new URL(answer.headers.get('location') ?? '', redirectUri).searchParams.get('code');
    assert.ok(code, this.page);
    return token(this.#login, tenant, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: this.#verifier,
      client_info: '1',
      scope,
    });
  }
}

function refresh(login: string, tenant: string, refreshToken: string): Promise<unknown> {
  return token(login, tenant, { grant_type: 'refresh_token', refresh_token: refreshToken, scope });
}

async function token(login: string, tenant: string, fields: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${login}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: client, ...fields }),
  });
  return response.json();
}
