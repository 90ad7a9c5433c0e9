import type { Account } from '../state.ts';
import { checkPassword, findAccount, personOf } from './accounts.ts';
import type { LoginContext, RunningFlow } from './context.ts';
import { AadstsError } from './errors.ts';
import { arrive, proceed } from './goOn.ts';
import { arrangedFor, nextSerial, revoke } from './memory.ts';
import { mfaPage, newPasswordPage, passwordPage } from './pages/accountPages.ts';
import { show } from './pages/frame.ts';
import { logAttempt } from './signInLog.ts';

/** How an account was given: by its password, by choosing it from the list, or by the sandbox's own button. */
export interface Credentials {
  readonly username: string;
  readonly password?: string;
  readonly chosen?: string | undefined;
}

/**
 * Signs a person in. Whoever is chosen from the list counts as signed in on this machine, so that a rehearsal needs
 * no password, unless the application asks for a fresh sign-in (`prompt=login`).
 */
export async function signInWith(
  context: LoginContext,
  running: RunningFlow,
  credentials: Credentials,
): Promise<Response> {
  const { tenant } = context.state;
  const { id, flow } = running;
  const view = { id, clientName: flow.client.displayName, username: credentials.username };
  let account: Account | undefined;
  try {
    account = findAccount(tenant, flow.client, credentials.username);
    if (credentials.chosen === 'pick' && flow.prompt === 'login')
      return await show(passwordPage(tenant, view));
    if (credentials.chosen === undefined) checkPassword(context, account, credentials.password ?? '');
    else personOf(tenant, account);
    if (arrangedFor(context.memory, account.userId).passwordExpired)
      return await show(newPasswordPage(tenant, view));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    if (account) logAttempt(context, flow, { account, error });
    return show(passwordPage(tenant, { ...view, error: error.message }));
  }
  return signedIn(context, running, account);
}

/** Takes a new password in place of the expired one. */
export async function changePassword(
  context: LoginContext,
  running: RunningFlow,
  form: ReadonlyMap<string, string>,
): Promise<Response> {
  const { tenant, clock } = context.state;
  const username = form.get('username') ?? '';
  const view = { id: running.id, clientName: running.flow.client.displayName, username };
  const fresh = form.get('new') ?? '';
  const again = (error: string): Promise<Response> => show(newPasswordPage(tenant, { ...view, error }));
  let account: Account;
  try {
    account = findAccount(tenant, running.flow.client, username);
    checkPassword(context, account, form.get('password') ?? '');
  } catch (error) {
    if (error instanceof AadstsError) return again(error.message);
    throw error;
  }
  if (fresh !== form.get('again')) return again('The two new passwords differ.');
  if (fresh.length < 8 || fresh === account.password)
    return again('Choose a password of at least eight characters that is not the one before.');
  account.password = fresh;
  arrangedFor(context.memory, account.userId).passwordExpired = false;
  revoke(context.memory, account.userId, clock.now());
  return signedIn(context, running, account);
}

/** The answer of the phone. */
export async function approve(
  context: LoginContext,
  running: RunningFlow,
  approved: boolean,
): Promise<Response> {
  const { tenant } = context.state;
  const { id, flow } = running;
  const before = flow.signedIn;
  if (before && approved) {
    flow.signedIn = { ...before, authentication: { ...before.authentication, mfa: true } };
    context.sessions.remember(flow.browser, flow.signedIn);
  } else if (before) {
    const error = new AadstsError(500121);
    logAttempt(context, flow, { account: before.account, error });
    const username = before.account.userPrincipalName;
    return show(mfaPage(tenant, { id, clientName: flow.client.displayName, username, error: error.message }));
  }
  return proceed(context, running);
}

function signedIn(context: LoginContext, running: RunningFlow, account: Account): Promise<Response> {
  const { memory, state, sessions } = context;
  const authentication = { at: state.clock.now(), serial: nextSerial(memory), mfa: false };
  sessions.remember(running.flow.browser, { account, authentication });
  return arrive(context, running, { account, authentication });
}
