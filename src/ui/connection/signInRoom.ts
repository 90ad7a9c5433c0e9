import * as vscode from 'vscode';
import type { Log, TokenSource } from '../../engine/ports.ts';
import type { Cloud } from '../../entra/clouds.ts';
import type { Account, SignIn } from '../../entra/signIn/account.ts';
import type { Asking } from './asking.ts';
import type { TokenCache } from './tokenCache.ts';

/** Signing in to one cloud, or to a sandbox. MSAL is loaded when this is called, not before. */
export async function openSignIn(options: {
  readonly cloud: Cloud;
  readonly clientId: string;
  /** Any organization's account where it is absent. */
  readonly tenant?: string;
  readonly cache: TokenCache;
  readonly asking: Asking;
  readonly sandboxLogin?: string;
  readonly log: Log;
}): Promise<SignIn> {
  const { createSignIn } = await import('../../entra/signIn/signIn.ts');
  const { asking, ...rest } = options;
  return createSignIn({ ...rest, interaction: asking.interaction });
}

/** The access tokens of one account; one that needs a person can be cancelled while they are asked. */
export function tokensOf(signIn: SignIn, account: Account, asking: Asking | undefined): TokenSource {
  return {
    accessToken: (scopes, options) =>
      options.interactive && asking
        ? asking.during(
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

/** The organization's own client; `undefined` where none is set. Machine-scoped, and none in an untrusted workspace. */
export function clientIdSetting(): string | undefined {
  const set = vscode.workspace.getConfiguration('kiroConnect').get<string>('clientId', '').trim();
  return /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(set) ? set : undefined;
}

/** The public DNS resolvers to ask. Machine-scoped, and the well-known ones in an untrusted workspace. */
export function dnsResolversSetting(): readonly string[] {
  const set = vscode.workspace.getConfiguration('kiroConnect').get<unknown>('dns.resolvers');
  return Array.isArray(set) ? set.filter((one) => typeof one === 'string') : [];
}
