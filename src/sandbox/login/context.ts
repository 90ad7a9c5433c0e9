import type { Account, SandboxState } from '../state.ts';
import type { Client, Platform } from './clients.ts';
import { Consents } from './consents.ts';
import type { RequestedScopes } from './resources.ts';
import { BrowserSessions } from './sessions.ts';
import type { LoginKeys } from './tokens.ts';

/** Seconds and milliseconds here are the machine's: what a client waits for must not jump with the sandbox clock. */
export const CODE_LIFETIME_MS = 10 * 60_000;
export const DEVICE_CODE_LIFETIME_S = 900;

/** An authorization code that waits to be redeemed once. */
export interface AuthorizationCode {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly platform: Platform;
  readonly scope: string;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly account: Account;
  readonly expiresAt: number;
  redeemed: boolean;
}

export interface RefreshToken {
  readonly clientId: string;
  readonly account: Account;
  readonly scope: string;
}

/** A device code and what became of it at the page. */
export interface DeviceCode {
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  outcome: { account: Account } | 'pending' | 'declined';
}

/** What a person at the sign-in page is in the middle of. */
export interface Flow {
  readonly client: Client;
  readonly scopes: RequestedScopes;
  account: Account | undefined;
  /** Ends the flow with a person, who consented to everything asked, or with a refusal. */
  readonly finish: Finish;
  readonly prompt: string;
  readonly loginHint: string;
  /** Consent is asked on behalf of the whole tenant and from an administrator only. */
  readonly forTenant: boolean;
}

/** Makes the answer that ends a flow. */
export type Finish = (outcome: { account: Account } | { error: Error }) => Response | Promise<Response>;

/** Everything the routes of the login server share. */
export interface LoginContext {
  readonly state: SandboxState;
  readonly keys: LoginKeys;
  readonly consents: Consents;
  readonly flows: Map<string, Flow>;
  readonly sessions: BrowserSessions;
  readonly codes: Map<string, AuthorizationCode>;
  readonly refreshTokens: Map<string, RefreshToken>;
  readonly deviceCodes: Map<string, DeviceCode>;
}

/** What the login server remembers beyond a sign-in that is under way; it is part of a saved state. */
export interface LoginMemory {
  readonly refreshTokens: Map<string, RefreshToken>;
  /** Consent to Microsoft's own clients; see {@link Consents}. */
  readonly firstParty: Map<string, Set<string>>;
}

/** Nobody signed in yet. */
export function newLoginMemory(): LoginMemory {
  return { refreshTokens: new Map(), firstParty: new Map() };
}

/** Starts with no sign-in under way. */
export function createContext(state: SandboxState, keys: LoginKeys, memory: LoginMemory): LoginContext {
  return {
    state,
    keys,
    consents: new Consents(state.tenant, memory.firstParty),
    flows: new Map(),
    sessions: new BrowserSessions(),
    codes: new Map(),
    refreshTokens: memory.refreshTokens,
    deviceCodes: new Map(),
  };
}
