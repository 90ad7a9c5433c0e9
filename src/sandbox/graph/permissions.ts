import type { MiddlewareHandler } from 'hono';
import { roleTemplateIds } from '../login/roles.ts';
import type { Caller, GraphEnv } from './context.ts';
import { denied, GraphError } from './errors.ts';

/** What an operation asks of its caller: one permission of each row, and one of the roles where people need one. */
export interface Need {
  readonly permissions: readonly (readonly string[])[];
  /** Directory role display names; absent: any member of the tenant. */
  readonly roles?: readonly string[];
  /** What a refusal looks like: the directory's 403, or the synchronization service's sparse 401. */
  readonly refusal?: 'directory' | 'synchronization' | 'reports';
}

const appAdmins = ['Global Administrator', 'Application Administrator', 'Cloud Application Administrator'];
const directoryRead = ['Directory.Read.All', 'Directory.ReadWrite.All'];
const applicationRead = ['Application.Read.All', 'Application.ReadWrite.All', ...directoryRead];
const groupRead = ['Group.Read.All', 'Group.ReadWrite.All', ...directoryRead];

/** Permissions by operation (Microsoft Graph: permissions reference, and each operation's own page). */
export const needs = {
  readApplications: { permissions: [applicationRead] },
  writeApplications: {
    permissions: [['Application.ReadWrite.All', 'Directory.ReadWrite.All']],
    roles: appAdmins,
  },
  readAssignments: { permissions: [applicationRead] },
  writeAssignments: {
    permissions: [['AppRoleAssignment.ReadWrite.All'], applicationRead],
    roles: [...appAdmins, 'Privileged Role Administrator', 'User Administrator'],
  },
  readGrants: {
    permissions: [
      ['DelegatedPermissionGrant.Read.All', 'DelegatedPermissionGrant.ReadWrite.All', ...directoryRead],
    ],
  },
  writeGrants: {
    permissions: [['DelegatedPermissionGrant.ReadWrite.All', 'Directory.ReadWrite.All']],
    roles: [...appAdmins, 'Privileged Role Administrator'],
  },
  readGroups: { permissions: [['GroupMember.Read.All', 'GroupMember.ReadWrite.All', ...groupRead]] },
  readUsers: {
    permissions: [['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', ...directoryRead]],
  },
  readMe: { permissions: [['User.Read', 'User.ReadWrite', 'User.Read.All', ...directoryRead]] },
  readOrganization: { permissions: [['Organization.Read.All', 'User.Read', ...directoryRead]] },
  readSkus: {
    permissions: [['Organization.Read.All', 'LicenseAssignment.Read.All', ...directoryRead]],
  },
  readDomains: { permissions: [['Domain.Read.All', 'Domain.ReadWrite.All', ...directoryRead]] },
  readEligibility: {
    permissions: [
      [
        'RoleEligibilitySchedule.Read.Directory',
        'RoleEligibilitySchedule.ReadWrite.Directory',
        'RoleManagement.Read.Directory',
        'RoleManagement.Read.All',
      ],
    ],
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
    roles: [...appAdmins, 'Reports Reader', 'Security Reader', 'Global Reader'],
    refusal: 'reports',
  },
} satisfies Record<string, Need>;

/** Whether a caller has a permission, for answers that hold less without it. */
export function has(caller: Caller, ...permissions: string[]): boolean {
  return permissions.some((permission) => caller.permissions.has(permission));
}

/** Lets a request through only when its token carries what the operation needs. */
export function allow(need: Need): MiddlewareHandler<GraphEnv> {
  return async (c, next) => {
    const caller = c.get('caller');
    if (!need.permissions.every((row) => has(caller, ...row))) throw refusal(need, 'permission');
    if (need.roles && !caller.isApp) {
      const wanted = roleTemplateIds(need.roles);
      if (!caller.roleTemplateIds.some((role) => wanted.includes(role))) throw refusal(need, 'role');
    }
    await next();
  };
}

function refusal(need: Need, missing: 'permission' | 'role'): GraphError {
  if (need.refusal === 'synchronization') return new GraphError(401, 'Unauthorized', '');
  if (need.refusal === 'reports' && missing === 'permission')
    return new GraphError(
      403,
      'Authentication_MSGraphPermissionMissing',
      'The principal does not have required Microsoft Graph permission(s): AuditLog.Read.All or ProvisioningLog.Read.All to call this API.',
    );
  return denied();
}
