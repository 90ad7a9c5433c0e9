import type { Account } from '../state.ts';
import type { AadstsCode } from './errors.ts';
import type { Platform } from './clients.ts';
import type { Authentication } from './signedIn.ts';

/** What the login server remembers beyond a sign-in that is under way; it is part of a saved state. */
export interface LoginMemory {
  readonly refreshTokens: Map<string, RefreshToken>;
  /** Consent to Microsoft's own clients; see `Consents`. */
  readonly firstParty: Map<string, Set<string>>;
  /** Raised with each authentication and token: tells what came before what, however fast. */
  serial: number;
  /** Seconds that access tokens live; undefined: Entra's own choice. */
  tokenLifetimeSeconds: number | undefined;
  /** What was arranged for single accounts, by user object id. */
  readonly arranged: Map<string, Arranged>;
}

/** A refresh token. Redeeming one gives another and leaves the first as it is, as in Entra. */
export interface RefreshToken {
  readonly clientId: string;
  readonly platform: Platform;
  readonly account: Account;
  readonly scope: string;
  readonly authentication: Authentication;
  readonly serial: number;
  /** By the sandbox's clock (epoch milliseconds). */
  readonly issuedAt: number;
  /** Tokens that began with a device code stay marked (Conditional Access: authentication flows, protocol tracking). */
  readonly viaDeviceCode: boolean;
}

/** What the control server arranged for one account. */
export interface Arranged {
  readonly failures: Failure[];
  passwordExpired: boolean;
  /** Wrong passwords in a row; ten lock the account until an administrator or a right one on another day. */
  wrongPasswords: number;
  /** Sessions and tokens up to this serial were revoked, at this moment of the sandbox's clock. */
  revoked: { readonly serial: number; readonly at: number } | undefined;
  /** Refresh tokens up to this serial count as unused for too long. */
  expiredSerial: number;
  challenge: Challenge | undefined;
}

/** The next sign-ins of an account that meet an AADSTS code. */
export interface Failure {
  readonly code: AadstsCode;
  /** `page`: with a person present; `token`: at the token endpoint. */
  readonly on: 'page' | 'token' | 'any';
  /** How many more; 0 = all. */
  times: number;
}

/** A claims challenge that Microsoft Graph answers with. */
export interface Challenge {
  /**
   * `newerToken`: a token issued later will do, and the refresh token gives it. `stepUp`: authentication context c1,
   * which asks for multifactor authentication.
   */
  readonly kind: 'newerToken' | 'stepUp';
  /** Tokens up to this serial are refused. */
  readonly serial: number;
  /** The next call alone is refused. */
  readonly once: boolean;
  /** Machine's clock, epoch seconds: the `nbf` of the claims. */
  readonly notBefore: number;
}

/** Nobody signed in yet. */
export function newLoginMemory(): LoginMemory {
  return {
    refreshTokens: new Map(),
    firstParty: new Map(),
    serial: 0,
    tokenLifetimeSeconds: undefined,
    arranged: new Map(),
  };
}

/** Nothing out of the ordinary. */
export function nothingArranged(): Arranged {
  return {
    failures: [],
    passwordExpired: false,
    wrongPasswords: 0,
    revoked: undefined,
    expiredSerial: 0,
    challenge: undefined,
  };
}

/** What was arranged for an account, to be changed in place. */
export function arrangedFor(memory: LoginMemory, userId: string): Arranged {
  const known = memory.arranged.get(userId);
  if (known) return known;
  const fresh = nothingArranged();
  memory.arranged.set(userId, fresh);
  return fresh;
}

/** The next serial. */
export function nextSerial(memory: LoginMemory): number {
  memory.serial += 1;
  return memory.serial;
}

/** Takes the failure that an account is to meet now, if there is one. */
export function takeFailure(
  memory: LoginMemory,
  userId: string,
  where: 'page' | 'token',
): AadstsCode | undefined {
  const failures = memory.arranged.get(userId)?.failures ?? [];
  const failure = failures.find((one) => one.on === 'any' || one.on === where);
  if (!failure) return undefined;
  if (failure.times > 0) {
    failure.times -= 1;
    if (failure.times === 0) failures.splice(failures.indexOf(failure), 1);
  }
  return failure.code;
}

/** Whether what was issued under a serial has been revoked since. */
export function isRevoked(memory: LoginMemory, userId: string, serial: number): boolean {
  const revoked = memory.arranged.get(userId)?.revoked;
  return revoked !== undefined && serial <= revoked.serial;
}

/** Ends every session, refresh token and (for clients that understand challenges) access token of an account. */
export function revoke(memory: LoginMemory, userId: string, at: number): void {
  arrangedFor(memory, userId).revoked = { serial: memory.serial, at };
}
