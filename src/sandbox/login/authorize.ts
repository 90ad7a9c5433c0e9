import { randomBytes, randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Account } from '../state.ts';
import { isThisTenant } from './accounts.ts';
import { findClient, platformOf } from './clients.ts';
import { CODE_LIFETIME_MS } from './context.ts';
import type { Finish, Flow, LoginContext } from './context.ts';
import { AadstsError, errorBody } from './errors.ts';
import { clientInfo } from './issue.ts';
import { formPostPage, messagePage } from './pages.ts';
import { resolveScopes } from './resources.ts';
import { beginFlow, continueFlow, errorPage, show } from './signInFlow.ts';
import { formOf } from './tokenEndpoint.ts';

/** `/{tenant}/oauth2/v2.0/authorize` (authorization code with PKCE) and the admin consent page. */
export function authorize(context: LoginContext): Hono {
  const app = new Hono();
  const paths = ['/:tenant/oauth2/v2.0/authorize', '/:tenant/v2.0/adminconsent', '/:tenant/adminconsent'];
  for (const path of paths) {
    app.get(path, async (c) => {
      try {
        const query = new Map(new URL(c.req.url).searchParams);
        const name = c.req.param('tenant') ?? '';
        if (!isThisTenant(context.state.tenant, name)) throw new AadstsError(90002, name);
        return await (path.endsWith('adminconsent')
          ? adminConsent(context, query)
          : start(context, query, c.req.raw));
      } catch (error) {
        if (error instanceof AadstsError) return errorPage(context, error);
        throw error;
      }
    });
    app.post(path, async (c) => {
      const form = await formOf(c.req.raw);
      const flow = context.flows.get(form.get('flow') ?? '');
      const response = await continueFlow(context, form);
      if (form.get('step') === 'sign-in' && flow?.account) context.sessions.remember(response, flow.account);
      return response;
    });
  }
  return app;
}

async function start(
  context: LoginContext,
  query: ReadonlyMap<string, string>,
  request: Request,
): Promise<Response> {
  const { tenant } = context.state;
  const client = findClient(tenant, query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  const platform = platformOf(client, redirectUri);
  const mode = query.get('response_mode') ?? 'query';
  const reply = (fields: Record<string, string>): Promise<Response> =>
    answer(context, redirectUri, mode, fields);
  const state: Record<string, string> = query.has('state') ? { state: query.get('state') ?? '' } : {};
  const refuse = (error: AadstsError): Promise<Response> => {
    const body = errorBody(error);
    return reply({
      error: error.entry.error,
      error_description: String(body['error_description']),
      ...state,
    });
  };
  try {
    const responseType = query.get('response_type') ?? '';
    if (responseType !== 'code') throw new AadstsError(700051, responseType);
    if (!['query', 'fragment', 'form_post'].includes(mode)) throw new AadstsError(700054, mode);
    const scope = query.get('scope') ?? '';
    const scopes = resolveScopes(tenant, scope, client.displayName);
    if (query.get('prompt') === 'none') throw new AadstsError(50058);
    const finish: Finish = (outcome) => {
      if ('error' in outcome) {
        if (outcome.error instanceof AadstsError) return refuse(outcome.error);
        throw outcome.error;
      }
      const code = `1.${randomBytes(48).toString('base64url')}`;
      context.codes.set(code, {
        clientId: client.appId,
        redirectUri,
        platform,
        scope,
        codeChallenge: query.get('code_challenge'),
        nonce: query.get('nonce'),
        account: outcome.account,
        expiresAt: Date.now() + CODE_LIFETIME_MS,
        redeemed: false,
      });
      return reply({
        code,
        ...(query.get('client_info') === '1'
          ? { client_info: clientInfo(outcome.account.userId, tenant.id) }
          : {}),
        ...state,
        session_state: randomUUID(),
      });
    };
    const flow: Flow = {
      client,
      scopes,
      account: undefined,
      finish,
      prompt: query.get('prompt') ?? '',
      loginHint: query.get('login_hint') ?? '',
      forTenant: false,
    };
    return await beginFlow(context, flow, context.sessions.accountFor(request, flow));
  } catch (error) {
    if (error instanceof AadstsError && !error.entry.page) return refuse(error);
    throw error;
  }
}

/** Admin consent for every scope asked; without a redirect URI it ends on a page of its own. */
function adminConsent(context: LoginContext, query: ReadonlyMap<string, string>): Promise<Response> {
  const { tenant } = context.state;
  const client = findClient(tenant, query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri');
  if (redirectUri !== undefined) platformOf(client, redirectUri);
  const own = query.get('scope') ?? `${client.appId}/.default`;
  const asked = resolveScopes(tenant, own, client.displayName);
  const scopes = asked.everything ? { ...asked, values: [...asked.resource.scopes.keys()] } : asked;
  const done = (fields: Record<string, string>): Promise<Response> => {
    const state: Record<string, string> = query.has('state') ? { state: query.get('state') ?? '' } : {};
    return answer(context, redirectUri, 'query', { ...fields, ...state });
  };
  return beginFlow(context, {
    client,
    scopes,
    account: undefined,
    finish: (outcome: { account: Account } | { error: Error }) =>
      'error' in outcome
        ? done({ error: 'access_denied', error_description: outcome.error.message })
        : done({ admin_consent: 'True', tenant: tenant.id, scope: scopes.values.join(' ') }),
    prompt: 'consent',
    loginHint: query.get('login_hint') ?? '',
    forTenant: true,
  });
}

/** Brings the answer to the redirect URI in the way that was asked for. */
async function answer(
  context: LoginContext,
  redirectUri: string | undefined,
  mode: string,
  fields: Record<string, string>,
): Promise<Response> {
  const { tenant } = context.state;
  if (redirectUri === undefined) {
    const refused = fields['error_description'];
    return show(
      refused === undefined
        ? messagePage(tenant, { title: 'Consent was given', text: 'You can close this page.' })
        : messagePage(tenant, { title: 'Consent was not given', text: refused }),
    );
  }
  if (mode === 'form_post') {
    const nonce = randomBytes(16).toString('base64');
    return show(formPostPage(tenant, redirectUri, fields, nonce), 200, nonce);
  }
  const parameters = new URLSearchParams(fields).toString();
  const separator = mode === 'fragment' ? '#' : redirectUri.includes('?') ? '&' : '?';
  return new Response(null, {
    status: 302,
    headers: { Location: `${redirectUri}${separator}${parameters}`, 'Cache-Control': 'no-store' },
  });
}
