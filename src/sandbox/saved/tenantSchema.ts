import * as v from 'valibot';
import { cloudNames } from '../clouds.ts';
import type { Tenant } from '../state.ts';
import { anyObject, graphObject, mapOf, maybe, setOfStrings, textOrNull } from './parts.ts';

const user = v.object({
  id: v.string(),
  displayName: v.string(),
  givenName: textOrNull,
  surname: textOrNull,
  userPrincipalName: v.string(),
  mail: textOrNull,
  mailNickname: v.string(),
  jobTitle: textOrNull,
  department: textOrNull,
  employeeId: textOrNull,
  mobilePhone: textOrNull,
  businessPhones: v.array(v.string()),
  officeLocation: textOrNull,
  city: textOrNull,
  country: textOrNull,
  preferredLanguage: textOrNull,
  accountEnabled: v.boolean(),
  userType: v.picklist(['Member', 'Guest']),
  managerId: textOrNull,
});

const group = v.object({
  id: v.string(),
  displayName: v.string(),
  description: textOrNull,
  securityEnabled: v.boolean(),
  mailEnabled: v.boolean(),
  mailNickname: v.string(),
  groupTypes: v.array(v.string()),
  membershipRule: textOrNull,
  members: setOfStrings,
});

const appRoleAssignment = v.object({
  id: v.string(),
  appRoleId: v.string(),
  principalId: v.string(),
  principalType: v.picklist(['User', 'Group']),
  principalDisplayName: v.string(),
  resourceId: v.string(),
  resourceDisplayName: v.string(),
  createdDateTime: v.string(),
});

const grant = v.object({
  id: v.string(),
  clientId: v.string(),
  consentType: v.picklist(['AllPrincipals', 'Principal']),
  principalId: textOrNull,
  resourceId: v.string(),
  scope: v.string(),
});

const job = v.object({
  id: v.string(),
  templateId: v.string(),
  schema: graphObject,
  schedule: v.object({
    expiration: v.null(),
    interval: v.string(),
    state: v.picklist(['Active', 'Disabled', 'Paused']),
  }),
  status: anyObject,
  links: mapOf(v.string()),
  nextCycleAt: maybe(v.number()),
  initialCycleDue: v.boolean(),
});

/** The directory, its applications and their provisioning jobs. */
export const tenantSchema: v.GenericSchema<unknown, Tenant> = v.object({
  id: v.pipe(v.string(), v.uuid()),
  // Files of before there was a choice have none.
  cloud: v.optional(v.picklist(cloudNames), 'global'),
  displayName: v.string(),
  defaultDomain: v.string(),
  verifiedDomains: v.array(v.string()),
  premium: v.boolean(),
  unlicensedGroups: v.picklist(['inert', 'refused']),
  accounts: v.array(
    v.object({
      userId: v.string(),
      userPrincipalName: v.string(),
      password: v.string(),
      roles: v.array(v.string()),
      eligibleRoles: v.array(v.string()),
      home: maybe(v.object({ tenantId: v.string(), userId: v.string() })),
    }),
  ),
  users: mapOf(user),
  groups: mapOf(group),
  applications: mapOf(graphObject),
  servicePrincipals: mapOf(graphObject),
  deletedItems: mapOf(graphObject),
  owners: mapOf(setOfStrings),
  appRoleAssignments: mapOf(appRoleAssignment),
  grants: mapOf(grant),
  synchronization: mapOf(
    v.object({
      servicePrincipalId: v.string(),
      secrets: v.array(v.object({ key: v.string(), value: v.string() })),
      job: maybe(job),
    }),
  ),
  provisioningLogs: v.array(graphObject),
  signIns: v.array(graphObject),
  directoryAudits: v.array(graphObject),
  conditionalAccessPolicies: mapOf(graphObject),
  authorizationPolicy: graphObject,
  roleActivations: v.array(
    v.object({
      id: v.string(),
      userId: v.string(),
      role: v.string(),
      startsAt: v.number(),
      endsAt: v.number(),
      justification: v.string(),
    }),
  ),
});
