import type * as graph from '@microsoft/microsoft-graph-types';
import type { GraphGroup, GraphUser, Tenant } from '../state.ts';
import { entityTypes } from './entityTypes.ts';
import type { EntityType } from './entityTypes.ts';
import { has } from './permissions.ts';
import type { Caller } from './context.ts';
import type { Entity } from './odata/rows.ts';

/** A user as Graph answers it. `User.ReadBasic.All` sees a few properties only; the others come as null. */
export function userEntity(user: GraphUser, tenant: Tenant, caller: Caller): Entity {
  const full =
    has(caller, 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All', 'Directory.ReadWrite.All') ||
    caller.objectId === user.id;
  const more = <T>(value: T): T | null => (full ? value : null);
  const guest = user.userType === 'Guest';
  return {
    ...unsetOfUser,
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
    createdDateTime: more(createdDateTime),
    creationType: more(guest ? 'Invitation' : null),
    department: more(user.department),
    employeeId: more(user.employeeId),
    externalUserState: more(guest ? 'Accepted' : null),
    mailNickname: more(user.mailNickname),
    userType: more(user.userType),
  } satisfies Told<graph.User>;
}

/** An entity whose properties Graph has; any of them may be null for who may not see it. */
type Told<T> = { readonly [K in keyof T]: T[K] | null };

/** Everybody and everything that a fresh tenant holds was made then. */
const createdDateTime = '2026-01-12T09:00:00Z';

/** What nobody in this tenant has set: `null`, and empty collections. */
const unsetOfUser = unset(entityTypes.user, [
  ...['assignedLicenses', 'identities', 'imAddresses', 'onPremisesProvisioningErrors', 'otherMails'],
  ...['provisionedPlans', 'proxyAddresses', 'serviceProvisioningErrors'],
]);
const unsetOfGroup = unset(entityTypes.group, [
  ...['assignedLabels', 'assignedLicenses', 'onPremisesProvisioningErrors', 'proxyAddresses'],
  'serviceProvisioningErrors',
]);

function unset(type: EntityType, collections: readonly string[]): Entity {
  return Object.fromEntries(
    [...type.properties].map((name) => [name, collections.includes(name) ? [] : null]),
  );
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
  assignedDateTime: '2026-01-05T08:00:00Z',
  capabilityStatus: 'Enabled',
  service: 'AADPremiumService',
  servicePlanId: '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
};

/** A group of the tenant as Graph answers it; mail comes to the tenant's default domain. */
export function groupEntity(group: GraphGroup, { verifiedDomains }: Tenant): Entity {
  return {
    ...unsetOfGroup,
    id: group.id,
    createdDateTime,
    description: group.description,
    displayName: group.displayName,
    groupTypes: group.groupTypes,
    mail: group.mailEnabled ? `${group.mailNickname}@${verifiedDomains[0]}` : null,
    mailEnabled: group.mailEnabled,
    mailNickname: group.mailNickname,
    membershipRule: group.membershipRule,
    membershipRuleProcessingState: group.membershipRule ? 'On' : null,
    renewedDateTime: createdDateTime,
    securityEnabled: group.securityEnabled,
    visibility: group.groupTypes.includes('Unified') ? 'Private' : null,
  } satisfies Told<graph.Group>;
}

/** Properties of a group that are answered without `$select` (Microsoft Graph: List groups). */
export const groupDefaults = [...entityTypes.group.properties].filter(
  (name) => !['assignedLabels', 'assignedLicenses', 'licenseProcessingState'].includes(name),
);

/** Properties of members that are answered without `$select`. */
export const memberDefaults = [
  ...userDefaults,
  'description',
  'securityEnabled',
  'mailEnabled',
  'groupTypes',
];

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
  return group ? groupEntity(group, tenant) : { id };
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
