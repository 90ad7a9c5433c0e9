import * as vscode from 'vscode';
import type { SandboxEndpoints } from '../../engine/connection.ts';
import type { Log, Secrets, TokenSource } from '../../engine/ports.ts';
import type { Cloud } from '../../entra/clouds.ts';
import type { Account, SignIn, SignInOptions } from '../../entra/signIn/account.ts';
import type { BrowserWait } from './browserWait.ts';

/** Signing in to one cloud, or to a sandbox. MSAL is loaded when this is called, not before. */
export async function openSignIn(options: {
  readonly cloud: Cloud;
  readonly sandbox?: SandboxEndpoints;
  readonly tenant?: string;
  /** Those of this kind of connection: tokens of a sandbox and of a tenant never meet. */
  readonly secrets: Secrets;
  readonly browser: BrowserWait;
  readonly log: Log;
}): Promise<SignIn> {
  const { createSignIn } = await import('../../entra/signIn/signIn.ts');
  const { cloud, sandbox, secrets, log } = options;
  const clientId = sandbox ? '' : clientIdSetting();
  const tenant = sandbox?.tenantId ?? options.tenant;
  return createSignIn({
    cloud,
    cache: secretCache(secrets, sandbox ? 'msal/sandbox' : `msal/tenant/${cloud.id}`),
    openBrowser: (url) => options.browser.open(url),
    log,
    ...(clientId !== '' && { clientId }),
    ...(tenant !== undefined && { tenant }),
    ...(sandbox && { sandboxLogin: sandbox.login }),
  });
}

/** The access tokens of one account; one that needs a person can be cancelled while the browser is open. */
export function tokensOf(signIn: SignIn, account: Account, browser: BrowserWait): TokenSource {
  return {
    accessToken: (scopes, options) =>
      options.interactive
        ? browser.during(
            (signal) => signIn.accessToken(account, scopes, { ...options, signal }),
            options.signal,
          )
        : signIn.accessToken(account, scopes, options),
  };
}

/** Which cloud to sign in to. Machine-scoped, and the default in an untrusted workspace. */
export function cloudSetting(): Cloud['id'] {
  const set = vscode.workspace.getConfiguration('kiroConnect').get<string>('cloud');
  return set === 'usgov' || set === 'dod' || set === 'china' ? set : 'global';
}

function clientIdSetting(): string {
  return vscode.workspace.getConfiguration('kiroConnect').get<string>('clientId', '').trim();
}

type Cache = SignInOptions['cache'];

function secretCache(secrets: Secrets, key: string): Cache {
  return { load: () => secrets.get(key), save: (cache) => secrets.set(key, cache) };
}
