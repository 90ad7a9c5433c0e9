import type { GroupPlan } from '../groups.ts';
import type { Person } from '../people.ts';

/** A person who can sign in, by their short name. */
export interface AccountPlan {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
  /** Roles that the person can activate for a time. */
  readonly eligibleRoles?: readonly string[];
}

/** What a fresh tenant is made of. */
export interface Organization {
  readonly displayName: string;
  /** Part of every object id, so that no two organizations share one; Contoso's is empty. */
  readonly key: string;
  readonly domain: string;
  /** The one that the tenant was born with, for example `contoso.onmicrosoft.com`. */
  readonly initialDomain: string;
  readonly people: readonly Person[];
  readonly groups: readonly GroupPlan[];
  readonly accounts: readonly AccountPlan[];
}
