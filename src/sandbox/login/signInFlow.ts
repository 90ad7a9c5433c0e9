import { randomBytes } from 'node:crypto';
import type { Account } from '../state.ts';
import { demandAssignment, personOf, signIn } from './accounts.ts';
import type { Flow, LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { consentPage, messagePage, signInPage } from './pages.ts';
import type { ScopeInfo } from './graphScopes.ts';
import { mayConsentForTenant } from './roles.ts';

/** Begins at the account page, or behind it with the account that is signed in and meant. */
export function beginFlow(context: LoginContext, flow: Flow, signedIn?: Account): Promise<Response> {
  const id = randomBytes(24).toString('base64url');
  context.flows.set(id, flow);
  if (signedIn) {
    flow.account = signedIn;
    return continueFlow(context, new Map([['flow', id]]));
  }
  return show(
    signInPage(context.state.tenant, { id, clientName: flow.client.displayName, loginHint: flow.loginHint }),
  );
}

/** One step further: an account was chosen, or consent given or declined. */
export async function continueFlow(
  context: LoginContext,
  form: ReadonlyMap<string, string>,
): Promise<Response> {
  const id = form.get('flow') ?? '';
  const flow = context.flows.get(id);
  const { tenant } = context.state;
  if (!flow)
    return show(
      messagePage(tenant, { title: 'This page is over', text: 'Start again from the application.' }),
      400,
    );
  if (form.get('step') === 'sign-in') {
    try {
      flow.account = signIn(tenant, form.get('username') ?? '', form.get('password') ?? '');
    } catch (error) {
      if (!(error instanceof AadstsError)) throw error;
      const view = { id, clientName: flow.client.displayName, loginHint: form.get('username') ?? '' };
      return show(signInPage(tenant, { ...view, error: error.message }));
    }
  }
  if (!flow.account) return beginFlow(context, flow);
  try {
    const user = personOf(tenant, flow.account);
    demandAssignment(tenant, flow.client, user);
    const { client, scopes } = flow;
    const missing = missingScopes(context, flow, user.id);
    const mayAll = mayConsentForTenant(
      user.roles,
      missing.map((scope) => scope.value),
    );
    if (missing.length > 0 || flow.prompt === 'consent' || flow.forTenant) {
      const needsAdmin =
        flow.forTenant || client.assignmentRequired || missing.some((scope) => scope.adminOnly);
      if (needsAdmin && !mayAll) throw new AadstsError(90094, client.displayName);
      if (form.get('step') !== 'consent')
        return await show(
          consentPage(tenant, {
            id,
            clientName: client.displayName,
            userPrincipalName: user.userPrincipalName,
            scopes: missing.length > 0 ? missing : askedScopes(flow),
            resourceName: scopes.resource.displayName,
            mayConsentForTenant: mayAll,
            forTenant: flow.forTenant,
          }),
        );
      if (form.get('decision') !== 'accept') throw new AadstsError(65004);
      const everyone = flow.forTenant || (mayAll && form.get('everyone') === 'yes');
      context.consents.grant(
        client,
        scopes.resource,
        askedScopes(flow).map((scope) => scope.value),
        everyone ? null : user.id,
      );
    }
    context.flows.delete(id);
    return await flow.finish({ account: flow.account });
  } catch (error) {
    context.flows.delete(id);
    if (!(error instanceof AadstsError)) throw error;
    return error.entry.page ? errorPage(context, error) : flow.finish({ error });
  }
}

/** Entra's own page for an error that the application never hears of. */
export function errorPage(context: LoginContext, error: AadstsError): Promise<Response> {
  const title =
    error.code === 90094 ? 'Need admin approval' : "Sorry, but we're having trouble signing you in";
  const [code = '', ...text] = error.message.split(': ');
  return show(messagePage(context.state.tenant, { title, text: text.join(': '), code }), 400);
}

function askedScopes(flow: Flow): ScopeInfo[] {
  return flow.scopes.values.flatMap((value) => flow.scopes.resource.scopes.get(value) ?? []);
}

function missingScopes(context: LoginContext, flow: Flow, userId: string): ScopeInfo[] {
  const granted = context.consents.granted(flow.client, flow.scopes.resource, userId);
  return askedScopes(flow).filter((scope) => !granted.has(scope.value));
}

/**
 * Sends a page. Forms may lead to the login server, to a loopback address or to an application's own scheme, so
 * `form-action` names no host.
 */
export async function show(
  page: string | Promise<string> | { toString(): string } | Promise<{ toString(): string }>,
  status = 200,
  scriptNonce?: string,
): Promise<Response> {
  const script = scriptNonce === undefined ? '' : ` script-src 'nonce-${scriptNonce}';`;
  return new Response((await page).toString(), {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': `default-src 'none'; style-src 'unsafe-inline';${script} frame-ancestors 'none'; base-uri 'none'`,
    },
  });
}
