import type { MiddlewareHandler } from 'hono';
import { roleTemplateIds } from '../login/roles.ts';
import { directoryRoles } from '../tenant/directoryRoles.ts';
import type { Caller, GraphEnv } from './context.ts';
import { denied, GraphError } from './errors.ts';

/** What an operation asks of its caller: one permission of each row, and one of the roles where people need one. */
export interface Need {
  readonly permissions: readonly (readonly string[])[];
  /** Directory role display names; absent: anybody in the tenant. */
  readonly roles?: readonly string[];
  /** Guests without a directory role are refused (Microsoft Entra: default user permissions). */
  readonly noGuests?: true;
  /** What a refusal looks like: the directory's 403, or the synchronization service's sparse 401. */
  readonly refusal?: 'directory' | 'synchronization' | 'reports';
}

const anyRole = directoryRoles.map(({ displayName }) => displayName);
const appAdmins = ['Global Administrator', 'Application Administrator', 'Cloud Application Administrator'];
const directoryRead = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const applicationRead = ['Application.Read.All', 'Application.ReadWrite.All', ...directoryRead];
const reportReaders = [
  'Global Administrator',
  'Global Reader',
  'Reports Reader',
  'Security Reader',
  'Security Operator',
  'Security Administrator',
];
const policyReaders = [
  'Global Administrator',
  'Global Reader',
  'Security Reader',
  'Security Administrator',
  'Conditional Access Administrator',
];
const roleRead = [
  'RoleManagement.Read.Directory',
  'RoleManagement.Read.All',
  'RoleManagement.ReadWrite.Directory',
  ...directoryRead,
];
const groupRead = ['Group.Read.All', 'Group.ReadWrite.All', ...directoryRead];

/** Permissions by operation (Microsoft Graph: permissions reference, and each operation's own page). */
export const needs = {
  readApplications: { permissions: [applicationRead] },
  writeApplications: {
    permissions: [['Application.ReadWrite.All', 'Directory.ReadWrite.All']],
    roles: appAdmins,
  },
  readAssignments: { permissions: [applicationRead] },
  /** From the side of people and groups. */
  readOwnAssignments: {
    permissions: [['AppRoleAssignment.ReadWrite.All', ...directoryRead]],
    roles: [
      ...appAdmins,
      'Global Reader',
      'Directory Readers',
      'Directory Writers',
      'Privileged Role Administrator',
      'User Administrator',
    ],
  },
  writeAssignments: {
    permissions: [['AppRoleAssignment.ReadWrite.All'], applicationRead],
    roles: [...appAdmins, 'Privileged Role Administrator', 'User Administrator', 'Directory Writers'],
  },
  readGrants: {
    permissions: [
      ['DelegatedPermissionGrant.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', ...directoryRead],
    ],
    roles: [
      ...appAdmins,
      'Global Reader',
      'Directory Readers',
      'Directory Writers',
      'Privileged Role Administrator',
      'User Administrator',
    ],
  },
  writeGrants: {
    permissions: [['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All']],
    roles: [...appAdmins, 'Directory Writers', 'Privileged Role Administrator', 'User Administrator'],
  },
  readGroups: { permissions: [['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...groupRead]] },
  listGroups: {
    permissions: [['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...groupRead]],
    noGuests: true,
  },
  readUsers: {
    permissions: [['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directoryRead]],
  },
  listUsers: {
    permissions: [['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directoryRead]],
    noGuests: true,
  },
  writeUsers: {
    permissions: [['User.ReadWrite.All', 'Directory.ReadWrite.All']],
    roles: ['Global Administrator', 'User Administrator', 'Directory Writers'],
  },
  readMemberOf: {
    permissions: [['User.Read.All', 'User.ReadWrite.All', 'GroupMember.Read.All', ...groupRead]],
  },
  writeMembers: {
    permissions: [['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All']],
    roles: ['Global Administrator', 'User Administrator', 'Directory Writers'],
  },
  readMe: { permissions: [['User.Read', 'User.ReadWrite', 'User.Read.All', ...directoryRead]] },
  readOrganization: { permissions: [['Organization.Read.All', 'User.Read', ...directoryRead]] },
  readSkus: {
    permissions: [['Organization.Read.All', 'LicenseAssignment.Read.All', ...directoryRead]],
    noGuests: true,
  },
  readDomains: { permissions: [['Domain.Read.All', 'Domain.ReadWrite.All', ...directoryRead]] },
  readEligibility: {
    permissions: [
      [
        'RoleEligibilitySchedule.Read.Directory',
        'RoleEligibilitySchedule.ReadWrite.Directory',
        'RoleManagement.Read.Directory',
        'RoleManagement.Read.All',
        'RoleManagement.ReadWrite.Directory',
      ],
    ],
  },
  readRoles: { permissions: [roleRead], noGuests: true },
  activateRole: {
    permissions: [['RoleAssignmentSchedule.ReadWrite.Directory', 'RoleManagement.ReadWrite.Directory']],
  },
  readActivations: {
    permissions: [
      [
        'RoleAssignmentSchedule.Read.Directory',
        'RoleAssignmentSchedule.ReadWrite.Directory',
        'RoleManagement.Read.Directory',
        'RoleManagement.Read.All',
        'RoleManagement.ReadWrite.Directory',
      ],
    ],
  },
  readConditionalAccess: {
    permissions: [['Policy.Read.ConditionalAccess', 'Policy.Read.All', 'Policy.ReadWrite.ConditionalAccess']],
    roles: policyReaders,
  },
  writeConditionalAccess: {
    permissions: [['Policy.Read.All'], ['Policy.ReadWrite.ConditionalAccess'], applicationRead],
    roles: ['Global Administrator', 'Security Administrator', 'Conditional Access Administrator'],
  },
  readAuthorizationPolicy: {
    permissions: [['Policy.Read.All', 'Policy.ReadWrite.Authorization']],
    noGuests: true,
  },
  writeAuthorizationPolicy: {
    permissions: [['Policy.ReadWrite.Authorization']],
    roles: ['Global Administrator', 'Privileged Role Administrator'],
  },
  readSynchronization: {
    permissions: [['Synchronization.Read.All', 'Synchronization.ReadWrite.All']],
    roles: appAdmins,
    refusal: 'synchronization',
  },
  writeSynchronization: {
    permissions: [['Synchronization.ReadWrite.All']],
    roles: appAdmins,
    refusal: 'synchronization',
  },
  readProvisioningLog: {
    permissions: [['ProvisioningLog.Read.All', 'AuditLog.Read.All']],
    roles: [...appAdmins, ...reportReaders],
    refusal: 'reports',
  },
  readSignIns: {
    permissions: [['AuditLog.Read.All']],
    roles: [...appAdmins, ...reportReaders],
    refusal: 'reports',
  },
  readAudits: {
    permissions: [['AuditLog.Read.All']],
    roles: [...appAdmins, ...reportReaders],
    refusal: 'reports',
  },
} satisfies Record<string, Need>;

/** Whether a caller has a permission, for answers that hold less without it. */
export function has(caller: Caller, ...permissions: string[]): boolean {
  return permissions.some((permission) => caller.permissions.has(permission));
}

/** Whether a person holds one of these directory roles, as their token says. */
export function holdsRole(caller: Caller, displayNames: readonly string[]): boolean {
  const wanted = roleTemplateIds(displayNames);
  return caller.roleTemplateIds.some((role) => wanted.includes(role));
}

/** Lets a request through only when its token carries what the operation needs. */
export function allow(need: Need): MiddlewareHandler<GraphEnv> {
  return async (c, next) => {
    const caller = c.get('caller');
    if (!need.permissions.every((row) => has(caller, ...row))) throw refusal(need, 'permission');
    if (need.roles && !caller.isApp && !holdsRole(caller, need.roles)) throw refusal(need, 'role');
    if (need.noGuests && caller.isGuest && !holdsRole(caller, anyRole)) throw refusal(need, 'role');
    await next();
  };
}

function refusal(need: Need, missing: 'permission' | 'role'): GraphError {
  if (need.refusal === 'synchronization') return new GraphError(401, 'Unauthorized', '');
  if (need.refusal === 'reports' && missing === 'permission')
    return new GraphError(
      403,
      'Authentication_MSGraphPermissionMissing',
      `The principal does not have required Microsoft Graph permission(s): ${need.permissions.flat().join(' or ')} to call this API. For more information about Microsoft Graph permissions, please visit https://learn.microsoft.com/graph/permissions-overview.`,
    );
  return denied();
}
