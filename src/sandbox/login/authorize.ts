import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { demandAuthority, demandTenant } from './accounts.ts';
import { adminConsent } from './adminConsent.ts';
import { claimsOf } from './claimsParameter.ts';
import { findClient, platformOf } from './clients.ts';
import type { Client, Platform } from './clients.ts';
import { CODE_LIFETIME_MS } from './context.ts';
import type { AuthorizationCode, Finish, LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { formOf } from './form.ts';
import { errorPage } from './goOn.ts';
import { clientInfo } from './issue.ts';
import { permissionsAsked } from './permissionsAsked.ts';
import { resolveScopes } from './resources.ts';
import { respond, respondRefusal, responseModes } from './respond.ts';
import type { Reply } from './respond.ts';
import { beginFlow, continueFlow } from './signInFlow.ts';

type Query = ReadonlyMap<string, string>;

/** `/{tenant}/oauth2/v2.0/authorize` (authorization code with PKCE) and the admin consent pages. */
export function authorize(context: LoginContext): Hono {
  const app = new Hono();
  const paths = ['/:tenant/oauth2/v2.0/authorize', '/:tenant/v2.0/adminconsent', '/:tenant/adminconsent'];
  for (const path of paths) {
    app.get(path, async (c) => {
      try {
        const query = new Map(new URL(c.req.url).searchParams);
        const authority = c.req.param('tenant') ?? '';
        const browser = context.sessions.of(c.req.raw);
        const asked = { authority, query, browser };
        const response = await (path.endsWith('adminconsent')
          ? adminConsent(context, asked)
          : start(context, asked));
        return context.sessions.mark(response, browser);
      } catch (error) {
        if (error instanceof AadstsError) return errorPage(context, error);
        throw error;
      }
    });
    app.post(path, async (c) => continueFlow(context, await formOf(c.req.raw)));
  }
  return app;
}

async function start(
  context: LoginContext,
  { authority, query, browser }: { authority: string; query: Query; browser: string },
): Promise<Response> {
  const { tenant } = context.state;
  demandTenant(tenant, authority);
  const client = findClient(tenant, demandParameter(query, 'client_id'));
  demandAuthority(tenant, client, authority);
  const redirectUri = query.get('redirect_uri') ?? onlyRedirect(client);
  const platform = platformOf(client, redirectUri);
  const asked = query.get('response_mode') ?? 'query';
  const mode = responseModes.find((one) => one === asked);
  const prompt = query.get('prompt') ?? '';
  const reply: Reply = {
    redirectUri,
    mode: mode ?? 'query',
    state: query.get('state'),
    silent: prompt === 'none',
  };
  try {
    demandCode(query.get('response_type'));
    if (!mode) throw new AadstsError(70007, asked);
    const scope = demandParameter(query, 'scope');
    const scopes = resolveScopes(tenant, scope, client);
    const code = {
      clientId: client.appId,
      redirectUri,
      platform,
      scope,
      codeChallenge: challengeOf(query, platform),
      nonce: query.get('nonce'),
      claims: claimsOf(query.get('claims')),
    };
    return await beginFlow(context, {
      client,
      resource: scopes.resource,
      permissions: permissionsAsked(tenant, client, scopes),
      offline: scopes.openid.has('offline_access'),
      claims: code.claims,
      browser,
      signedIn: undefined,
      finish: finishWith(context, reply, { code, clientInfo: query.get('client_info') === '1' }),
      prompt,
      loginHint: query.get('login_hint') ?? '',
      domainHint: query.get('domain_hint') ?? '',
      forTenant: false,
      viaDeviceCode: false,
    });
  } catch (error) {
    if (error instanceof AadstsError && (!error.entry.page || reply.silent))
      return respondRefusal(context, reply, error);
    throw error;
  }
}

function finishWith(
  context: LoginContext,
  reply: Reply,
  asked: {
    readonly code: Omit<AuthorizationCode, 'account' | 'authentication' | 'expiresAt' | 'redeemed'>;
    readonly clientInfo: boolean;
  },
): Finish {
  const { tenant } = context.state;
  return (outcome) => {
    if ('error' in outcome) {
      if (outcome.error instanceof AadstsError) return respondRefusal(context, reply, outcome.error);
      throw outcome.error;
    }
    const code = `1.${randomBytes(48).toString('base64url')}`;
    const expiresAt = Date.now() + CODE_LIFETIME_MS;
    context.codes.set(code, { ...asked.code, ...outcome, expiresAt, redeemed: false });
    return respond(context, reply, {
      code,
      ...(asked.clientInfo ? { client_info: clientInfo(outcome.account, tenant) } : {}),
      session_state: randomUUID(),
    });
  };
}

function demandParameter(query: Query, name: string): string {
  const value = query.get(name);
  if (value === undefined || value === '') throw new AadstsError(900144, name);
  return value;
}

/** Only the authorization code is given; implicit and hybrid flows are off for every application here. */
function demandCode(responseType: string | undefined): void {
  if (responseType === 'code') return;
  if (responseType === undefined || responseType === '') throw new AadstsError(900144, 'response_type');
  if (responseType.split(' ').includes('id_token')) throw new AadstsError(700054);
  throw new AadstsError(700051, responseType);
}

/** An application with one redirect URI need not name it. */
function onlyRedirect({ redirectUris }: Client): string {
  const all = Object.values(redirectUris).flat();
  return all.length === 1 ? (all[0] ?? '') : '';
}

/** The PKCE challenge. Throws 501491 for one of the wrong size, 9002313 for another method, 9002325 for a SPA without. */
function challengeOf(query: Query, platform: Platform): AuthorizationCode['codeChallenge'] {
  const value = query.get('code_challenge');
  if (value === undefined) {
    if (platform === 'spa') throw new AadstsError(9002325);
    return undefined;
  }
  const method = query.get('code_challenge_method') ?? 'plain';
  if (method !== 'S256' && method !== 'plain') throw new AadstsError(9002313);
  if (value.length < 43 || value.length > 128) throw new AadstsError(501491);
  return { value, hashed: method === 'S256' };
}
