import type { PersonAccount, PersonMemberships } from './person.ts';

/** A Conditional Access policy, as far as it says who is kept out (Microsoft Graph: conditionalAccessPolicy). */
export interface AccessPolicy {
  readonly displayName: string;
  /** `enabled`, `disabled` or `enabledForReportingButNotEnforced`. */
  readonly state: string;
  readonly includeApplications: readonly string[];
  readonly excludeApplications: readonly string[];
  readonly include: PolicyPeople;
  readonly exclude: PolicyPeople;
  /** Names of Microsoft Graph, for example `browser`; empty: not told. */
  readonly clientAppTypes: readonly string[];
  /** Applies to sign-ins by device code alone or the like, which Kiro does not use. */
  readonly flowsOnly: boolean;
  /** Depends on place, platform, device, risk or a filter: whether it applies shows only at the sign-in. */
  readonly conditional: boolean;
  /** What it asks for, by Microsoft Graph's names: `block`, `mfa`, `compliantDevice` and so on. */
  readonly controls: readonly string[];
}

export interface PolicyPeople {
  /** Object ids, `All`, `None` or `GuestsOrExternalUsers`. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
  /** Role template ids. */
  readonly roles: readonly string[];
  /** Guests or members of other tenants are named apart. */
  readonly guests: boolean;
}

export type Hit = 'hits' | 'maybe' | 'misses';

/** How the client types that Kiro signs in with are called. */
const kiroClients = ['all', 'browser', 'mobileAppsAndDesktopClients'];

/** Whether a policy applies when this person signs in to the application. Exclusions go before inclusions. */
export function policyHits(
  policy: AccessPolicy,
  appId: string,
  account: PersonAccount,
  memberships: PersonMemberships | undefined,
): Hit {
  if (policy.state !== 'enabled' || policy.flowsOnly) return 'misses';
  const applications = policy.includeApplications;
  if (!applications.includes('All') && !applications.includes(appId)) return 'misses';
  if (policy.excludeApplications.includes(appId)) return 'misses';
  const { clientAppTypes } = policy;
  if (clientAppTypes.length > 0 && !clientAppTypes.some((type) => kiroClients.includes(type)))
    return 'misses';
  const excluded = among(policy.exclude, account, memberships);
  if (excluded === 'hits') return 'misses';
  const included = among(policy.include, account, memberships);
  if (included === 'misses') return 'misses';
  return included === 'maybe' || excluded === 'maybe' || policy.conditional ? 'maybe' : 'hits';
}

function among(
  people: PolicyPeople,
  account: PersonAccount,
  memberships: PersonMemberships | undefined,
): Hit {
  if (people.users.includes('All') || people.users.includes(account.id)) return 'hits';
  if (account.guest && (people.guests || people.users.includes('GuestsOrExternalUsers'))) return 'hits';
  if (people.groups.length === 0 && people.roles.length === 0) return 'misses';
  if (memberships === undefined) return 'maybe';
  const inGroup = people.groups.some((id) => memberships.groupIds.includes(id));
  const inRole = people.roles.some((id) => memberships.roleTemplateIds.includes(id));
  return inGroup || inRole ? 'hits' : 'misses';
}
