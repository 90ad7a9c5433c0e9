import { demandAssignment, personOf } from './accounts.ts';
import { arrangedError } from './arrangedError.ts';
import { consentDue, grantConsent } from './consentStep.ts';
import type { LoginContext, RunningFlow } from './context.ts';
import type { SignedIn } from './signedIn.ts';
import { demandOf } from './demandAccess.ts';
import { AadstsError } from './errors.ts';
import { arrangedFor, takeFailure } from './memory.ts';
import { mfaPage, newPasswordPage, passwordPage } from './pages/accountPages.ts';
import { approvalPage, consentPage } from './pages/consentPage.ts';
import { show } from './pages/frame.ts';
import { messagePage } from './pages/messagePages.ts';
import { logAttempt } from './signInLog.ts';

/** A person is known: meets what was arranged for them, then goes on. */
export async function arrive(
  context: LoginContext,
  running: RunningFlow,
  signedIn: SignedIn,
): Promise<Response> {
  const { tenant } = context.state;
  const { id, flow } = running;
  const { account } = signedIn;
  flow.signedIn = signedIn;
  const code = takeFailure(context.memory, account.userId, 'page');
  const username = account.userPrincipalName;
  if (code === undefined) return proceed(context, running);
  const resourceAppId = flow.resource.appId;
  const error = arrangedError(code, {
    tenant,
    client: flow.client,
    resourceAppId,
    userPrincipalName: username,
  });
  const view = { id, clientName: flow.client.displayName, username };
  if (flow.prompt !== 'none') {
    if (code === 50055) {
      arrangedFor(context.memory, account.userId).passwordExpired = true;
      return show(newPasswordPage(tenant, view));
    }
    if (asksForMfa.has(code)) return show(mfaPage(tenant, view));
    if (aboutThePassword.has(code)) {
      logAttempt(context, flow, { account, error });
      return show(passwordPage(tenant, { ...view, error: error.message }));
    }
  }
  return refuse(context, running, error);
}

const asksForMfa: ReadonlySet<number> = new Set([50076, 50078, 50079]);
const aboutThePassword: ReadonlySet<number> = new Set([50034, 50053, 50057, 50126]);

/**
 * Goes on with a person who is known: assignment, Conditional Access, multifactor authentication, consent, and back to
 * the application.
 */
export async function proceed(
  context: LoginContext,
  running: RunningFlow,
  decision?: { readonly accepted: boolean; readonly everyone: boolean },
): Promise<Response> {
  const { tenant } = context.state;
  const { id, flow } = running;
  const { signedIn, client } = flow;
  const over = { title: 'This page is over', text: 'Start again from the application.' };
  if (!signedIn) return show(messagePage(tenant, over), 400);
  try {
    const user = personOf(tenant, signedIn.account);
    const view = { id, clientName: client.displayName, username: signedIn.account.userPrincipalName };
    const silent = flow.prompt === 'none';
    demandAssignment(tenant, client, user);
    const demand = demandOf(context, signedIn, { ...flow, resourceAppId: flow.resource.appId });
    if (demand.freshSignIn !== undefined) {
      if (silent) throw new AadstsError(50058);
      return await show(passwordPage(tenant, view));
    }
    if (demand.mfa) {
      if (silent) throw demand.mfa;
      return await show(mfaPage(tenant, view));
    }
    const due = consentDue(context, flow, user);
    if (due) {
      if (silent) throw new AadstsError(65001, client.appId, client.displayName);
      if (!decision)
        return await show(
          consentPage(tenant, {
            ...view,
            ...due,
            userPrincipalName: user.userPrincipalName,
            offline: flow.offline,
            forTenant: flow.forTenant,
          }),
        );
      if (!decision.accepted) throw new AadstsError(65004);
      grantConsent(context, flow, { due, userId: user.id, everyone: decision.everyone });
    }
    context.flows.delete(id);
    logAttempt(context, flow, { account: signedIn.account });
    return await flow.finish(signedIn);
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    return refuse(context, running, error);
  }
}

/**
 * A flow can't go on: an error of the page stays there, where another account can be tried; any other goes back to the
 * application.
 */
export async function refuse(
  context: LoginContext,
  { id, flow }: RunningFlow,
  error: AadstsError,
): Promise<Response> {
  const { tenant } = context.state;
  if (flow.signedIn) logAttempt(context, flow, { account: flow.signedIn.account, error });
  if (!error.entry.page || flow.prompt === 'none') {
    context.flows.delete(id);
    return flow.finish({ error });
  }
  const text = error.message.replace(/^AADSTS\d+: /, '');
  if (error.code === 90094)
    return show(approvalPage(tenant, { id, clientName: flow.client.displayName, text }), 400);
  return errorPage(context, error, id);
}

/** Entra's own page for an error that the application never hears of. */
export function errorPage(context: LoginContext, error: AadstsError, flowId?: string): Promise<Response> {
  const [code = '', ...text] = error.message.split(': ');
  const title = conditionalAccess.has(error.code)
    ? 'You cannot access this right now'
    : "Sorry, but we're having trouble signing you in";
  return show(messagePage(context.state.tenant, { title, text: text.join(': '), code, flowId }), 400);
}

const conditionalAccess: ReadonlySet<number> = new Set([53000, 53001, 53002, 53003]);
