import type { AccountInfo, AuthenticationResult } from '@azure/msal-node';
import type { Cloud } from '../clouds.ts';
import { SignInError } from './signInError.ts';

/** Client ID of Microsoft Graph Command Line Tools, a public client that any tenant has or can consent to. */
export const graphCommandLineTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** An account in one tenant. */
export interface Account {
  /** MSAL's home account id: stable for a person, whatever tenant. */
  readonly id: string;
  readonly tenantId: string;
  /** The user principal name. */
  readonly username: string;
  readonly name?: string;
}

export interface SignInOptions {
  readonly cloud: Cloud;
  /** A public client with the redirect URI `http://localhost`; {@link graphCommandLineTools} if absent. */
  readonly clientId?: string;
  /** Tenant ID, or any organization's account if absent. */
  readonly tenant?: string;
  readonly cache: TokenCacheEntry;
  /** How a person is asked. */
  readonly interaction: Interaction;
  /** For a sandbox: the authority without tenant, as `http://127.0.0.1:PORT`. */
  readonly sandboxLogin?: string;
  readonly log?: { debug(message: string): void };
}

/**
 * MSAL's cache of one account in secret storage. While it is held nobody else, another window included, loads or saves it;
 * an entry that is gone means signed out.
 */
export interface TokenCacheEntry {
  hold(): Promise<() => Promise<void>>;
  load(): Promise<string | undefined>;
  save(cache: string): Promise<void>;
}

export type Interaction =
  | {
      /** Authorization code with PKCE, answered on a loopback port. */
      readonly kind: 'browser';
      readonly open: (url: string) => Promise<void>;
      /** A free port to which the browser can come back, where not every one will do. */
      readonly port?: () => Promise<number>;
    }
  | {
      /** For where no browser can reach this computer; Conditional Access often blocks it. */
      readonly kind: 'deviceCode';
      readonly show: (code: DeviceCode) => void;
    };

export interface DeviceCode {
  readonly userCode: string;
  readonly verificationUri: string;
  /** Seconds. */
  readonly expiresIn: number;
}

/** Signs admins in with MSAL. Every method rejects with a {@link SignInError}; scopes are Graph's without prefix. */
export interface SignIn {
  /** Asks a person, in the way that was chosen. */
  signIn(
    scopes: readonly string[],
    options?: { readonly loginHint?: string; readonly prompt?: string; readonly signal?: AbortSignal },
  ): Promise<Account>;
  /** From the cache or by the refresh token; asks a person only if that is needed and `interactive` is set. */
  accessToken(account: Account, scopes: readonly string[], options: AccessTokenOptions): Promise<string>;
  /** Accounts of the cache. */
  accounts(): Promise<readonly Account[]>;
  /** Forgets the account's tokens on this computer. */
  signOut(account: Account): Promise<void>;
}

export interface AccessTokenOptions {
  readonly interactive: boolean;
  /** Claims challenge, decoded. */
  readonly claims?: string;
  /** Not from the cache: by the refresh token, with the roles that are active now. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}

/** The account that a sign-in gave. */
export function accountOf({ account }: AuthenticationResult): Account {
  if (account) return toAccount(account);
  throw new SignInError('service', 'The sign-in gave no account.');
}

/** An account of MSAL in our terms. */
export function toAccount({ homeAccountId, tenantId, username, name }: AccountInfo): Account {
  return { id: homeAccountId, tenantId, username, ...(name !== undefined && { name }) };
}

/** The account, if it is one of the tenant asked for. */
export function ofTenant(account: Account, tenant: string | undefined): Account {
  if (tenant === undefined || account.tenantId === tenant || !/^[\da-f-]{36}$/i.test(tenant)) return account;
  throw new SignInError('wrong-tenant', `${account.username} is not an account of this tenant.`);
}
