import type { Account } from '../state.ts';

/** How a person proved who they are. */
export interface Authentication {
  /** By the sandbox's clock (epoch milliseconds): what a sign-in frequency counts from. */
  readonly at: number;
  /** Place among everything that the tenant's login issued: what came before a revocation is over. */
  readonly serial: number;
  /** Multifactor authentication was done. */
  readonly mfa: boolean;
}

/** A person who signed in. */
export interface SignedIn {
  readonly account: Account;
  readonly authentication: Authentication;
}
