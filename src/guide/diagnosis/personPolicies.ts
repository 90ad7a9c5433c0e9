import type { AccessPolicy, PolicyPeople } from './accessPolicy.ts';
import type { PersonAccount, PersonMemberships } from './person.ts';

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
