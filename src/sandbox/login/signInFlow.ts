import { randomBytes } from 'node:crypto';
import { findAccount } from './accounts.ts';
import type { Flow, LoginContext, RunningFlow } from './context.ts';
import { AadstsError } from './errors.ts';
import { arrive, proceed, refuse } from './goOn.ts';
import { accountPicker, namePage, passwordPage } from './pages/accountPages.ts';
import { show } from './pages/frame.ts';
import { messagePage } from './pages/messagePages.ts';
import { changePassword, approve, signInWith } from './credentialSteps.ts';

/**
 * Begins where `prompt` and `login_hint` say ("Microsoft identity platform: authorization code flow"): silently, with
 * the one account that is signed in in this browser, with the password of the account that is meant, or with a choice.
 */
export async function beginFlow(context: LoginContext, flow: Flow): Promise<Response> {
  const id = randomBytes(24).toString('base64url');
  context.flows.set(id, flow);
  const { prompt, loginHint } = flow;
  const known = context.sessions.signedIn(flow.browser);
  const meant =
    loginHint === ''
      ? known
      : known.filter(({ account }) => account.userPrincipalName.toLowerCase() === loginHint.toLowerCase());
  if (prompt === 'none' && meant.length !== 1)
    return refuse(context, { id, flow }, new AadstsError(meant.length === 0 ? 50058 : 16000));
  const [one] = meant;
  if (one && meant.length === 1 && prompt !== 'login' && prompt !== 'select_account')
    return arrive(context, { id, flow }, one);
  if (loginHint !== '' && prompt !== 'select_account') return nameGiven(context, { id, flow }, loginHint);
  return picker(context, { id, flow });
}

/** One step further: whatever a form of one of the flow's pages brought. */
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
  const running = { id, flow };
  const response = await step(context, running, form);
  return context.sessions.mark(response, flow.browser);
}

function step(
  context: LoginContext,
  running: RunningFlow,
  form: ReadonlyMap<string, string>,
): Promise<Response> {
  const { id, flow } = running;
  const view = { id, clientName: flow.client.displayName };
  switch (form.get('step')) {
    case 'pick':
    case 'rightPassword':
      return signInWith(context, running, { username: form.get('username') ?? '', chosen: form.get('step') });
    case 'another':
      return show(namePage(context.state.tenant, { ...view, username: '' }));
    case 'name':
      return nameGiven(context, running, form.get('username') ?? '');
    case 'password':
      return signInWith(context, running, {
        username: form.get('username') ?? '',
        password: form.get('password') ?? '',
      });
    case 'newPassword':
      return changePassword(context, running, form);
    case 'mfa':
      return approve(context, running, form.get('decision') === 'approve');
    case 'consent':
      return proceed(context, running, {
        accepted: form.get('decision') === 'accept',
        everyone: form.get('everyone') === 'yes',
      });
    case 'cancel':
      return refuse(context, running, new AadstsError(65004));
    default:
      flow.signedIn = undefined;
      return picker(context, running);
  }
}

/** Goes on to the password of an account, if there is one of that name. */
function nameGiven(context: LoginContext, { id, flow }: RunningFlow, username: string): Promise<Response> {
  const { tenant } = context.state;
  const view = { id, clientName: flow.client.displayName };
  try {
    const account = findAccount(tenant, flow.client, username);
    return show(passwordPage(tenant, { ...view, username: account.userPrincipalName }));
  } catch (error) {
    if (!(error instanceof AadstsError)) throw error;
    return show(namePage(tenant, { ...view, username, error: error.message }));
  }
}

/** The sandbox's accounts, those of this browser first, as far as `domain_hint` lets them. */
function picker(context: LoginContext, { id, flow }: RunningFlow): Promise<Response> {
  const { tenant } = context.state;
  const signedIn = new Set(context.sessions.signedIn(flow.browser).map(({ account }) => account.userId));
  const domain = flow.domainHint.toLowerCase();
  const known = tenant.verifiedDomains.some((name) => name.toLowerCase() === domain);
  const rank = (userPrincipalName: string, userId: string): number =>
    (userPrincipalName.toLowerCase() === flow.loginHint.toLowerCase() ? 2 : 0) +
    (signedIn.has(userId) ? 1 : 0);
  const accounts = tenant.accounts
    .filter(({ userPrincipalName }) => !known || userPrincipalName.toLowerCase().endsWith(`@${domain}`))
    .sort((a, b) => rank(b.userPrincipalName, b.userId) - rank(a.userPrincipalName, a.userId));
  return show(accountPicker(tenant, { id, clientName: flow.client.displayName, accounts, signedIn }));
}
