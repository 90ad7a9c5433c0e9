import type { SandboxState } from '../state.ts';
import type { RequestedClaims } from './claimsParameter.ts';
import type { Client, Platform } from './clients.ts';
import { Consents } from './consents.ts';
import { newLoginMemory } from './memory.ts';
import type { LoginMemory } from './memory.ts';
import type { Permission } from './permissionsAsked.ts';
import type { Resource } from './resources.ts';
import { BrowserSessions } from './sessions.ts';
import type { SignedIn } from './signedIn.ts';
import type { LoginKeys } from './tokens.ts';

/** Seconds and milliseconds here are the machine's: what a client waits for must not jump with the sandbox clock. */
export const CODE_LIFETIME_MS = 10 * 60_000;
export const DEVICE_CODE_LIFETIME_S = 900;

/** An authorization code that waits to be redeemed once. */
export interface AuthorizationCode extends SignedIn {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly platform: Platform;
  readonly scope: string;
  readonly codeChallenge: { readonly value: string; readonly hashed: boolean } | undefined;
  readonly nonce: string | undefined;
  readonly claims: RequestedClaims;
  readonly expiresAt: number;
  redeemed: boolean;
}

/** A device code and what became of it at the page. */
export interface DeviceCode {
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly claims: RequestedClaims;
  readonly expiresAt: number;
  outcome: SignedIn | 'pending' | 'declined';
}

/** What a person at the sign-in page is in the middle of. */
export interface Flow {
  readonly client: Client;
  /** What the token is for: the target of Conditional Access. */
  readonly resource: Resource;
  /** What the person is to consent to, by resource. */
  readonly permissions: readonly Permission[];
  /** `offline_access` was asked, which the consent page names. */
  readonly offline: boolean;
  readonly claims: RequestedClaims;
  /** Which browser this is; see {@link BrowserSessions}. */
  readonly browser: string;
  /** Ends the flow with a person, who consented to everything asked, or with a refusal. */
  readonly finish: Finish;
  readonly prompt: string;
  readonly loginHint: string;
  /** Only accounts of this domain are offered, where it is one. */
  readonly domainHint: string;
  /** Consent is asked on behalf of the whole tenant and from an administrator only. */
  readonly forTenant: boolean;
  readonly viaDeviceCode: boolean;
  signedIn: SignedIn | undefined;
}

/** A flow and the id under which its pages name it. */
export interface RunningFlow {
  readonly id: string;
  readonly flow: Flow;
}

/** Makes the answer that ends a flow. */
export type Finish = (outcome: SignedIn | { error: Error }) => Response | Promise<Response>;

/** Everything the routes of the login server share. */
export interface LoginContext {
  readonly state: SandboxState;
  readonly keys: LoginKeys;
  readonly memory: LoginMemory;
  readonly consents: Consents;
  readonly flows: Map<string, Flow>;
  readonly sessions: BrowserSessions;
  readonly codes: Map<string, AuthorizationCode>;
  readonly deviceCodes: Map<string, DeviceCode>;
}

/** Starts with no sign-in under way. */
export function createContext(
  state: SandboxState,
  keys: LoginKeys,
  memory: LoginMemory = newLoginMemory(),
): LoginContext {
  return {
    state,
    keys,
    memory,
    consents: new Consents(state.tenant, memory.firstParty),
    flows: new Map(),
    sessions: new BrowserSessions(memory),
    codes: new Map(),
    deviceCodes: new Map(),
  };
}
