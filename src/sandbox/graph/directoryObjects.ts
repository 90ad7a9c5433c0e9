import type { GraphGroup, GraphUser, Tenant } from '../state.ts';
import { has } from './permissions.ts';
import type { Caller } from './context.ts';
import type { Entity } from './odata/collection.ts';

/** A user as Graph answers it. `User.ReadBasic.All` sees a few properties only; the others come as null. */
export function userEntity(user: GraphUser, tenant: Tenant, caller: Caller): Entity {
  const full =
    has(caller, 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All') ||
    caller.objectId === user.id;
  const more = <T>(value: T): T | null => (full ? value : null);
  return {
    id: user.id,
    businessPhones: user.businessPhones,
    displayName: user.displayName,
    givenName: user.givenName,
    jobTitle: user.jobTitle,
    mail: user.mail,
    mobilePhone: user.mobilePhone,
    officeLocation: user.officeLocation,
    preferredLanguage: user.preferredLanguage,
    surname: user.surname,
    userPrincipalName: user.userPrincipalName,
    accountEnabled: more(user.accountEnabled),
    assignedPlans: more(tenant.premium ? [premiumPlan] : []),
    city: more(user.city),
    country: more(user.country),
    department: more(user.department),
    employeeId: more(user.employeeId),
    mailNickname: more(user.mailNickname),
    onPremisesSyncEnabled: null,
    userType: more(user.userType),
  };
}

/** Properties of a user that are answered without `$select` (Microsoft Graph: List users). */
export const userDefaults = [
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
  'id',
];

const premiumPlan = {
  capabilityStatus: 'Enabled',
  service: 'AADPremiumService',
  servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
};

/** A group as Graph answers it. */
export function groupEntity(group: GraphGroup): Entity {
  return {
    id: group.id,
    deletedDateTime: null,
    classification: null,
    createdDateTime: '2026-01-12T09:00:00Z',
    description: group.description,
    displayName: group.displayName,
    groupTypes: group.groupTypes,
    isAssignableToRole: null,
    mail: group.mailEnabled ? `${group.mailNickname}@contoso.com` : null,
    mailEnabled: group.mailEnabled,
    mailNickname: group.mailNickname,
    membershipRule: group.membershipRule,
    membershipRuleProcessingState: group.membershipRule ? 'On' : null,
    onPremisesSyncEnabled: null,
    securityEnabled: group.securityEnabled,
    visibility: group.groupTypes.includes('Unified') ? 'Private' : null,
  };
}

/** A member of a group, typed: users and groups in one list. */
export function memberEntity(id: string, tenant: Tenant, caller: Caller): Entity {
  const type = tenant.users.has(id) ? '#microsoft.graph.user' : '#microsoft.graph.group';
  return { '@odata.type': type, ...memberProperties(id, tenant, caller) };
}

/** The same without its type. */
export function memberProperties(id: string, tenant: Tenant, caller: Caller): Entity {
  const user = tenant.users.get(id);
  if (user) {
    const entity = userEntity(user, tenant, caller);
    return seesUsers(caller) ? entity : hidden(entity);
  }
  const group = tenant.groups.get(id);
  return group ? groupEntity(group) : { id };
}

function seesUsers({ permissions }: Caller): boolean {
  for (const name of permissions) if (/^(User|Directory)\.Read(Basic|Write)?\b/.test(name)) return true;
  return false;
}

/** Without a permission on a member's type only type and id are answered, the rest as null. */
function hidden(entity: Entity): Entity {
  return Object.fromEntries(
    Object.entries(entity).map(([name, value]) => [name, name === 'id' ? value : null]),
  );
}

/** Ids of all members, nested groups opened, without repeats. */
export function transitiveMembers(group: GraphGroup, tenant: Tenant, seen = new Set<string>()): Set<string> {
  for (const id of group.members) {
    if (seen.has(id)) continue;
    seen.add(id);
    const nested = tenant.groups.get(id);
    if (nested) transitiveMembers(nested, tenant, seen);
  }
  return seen;
}
