import type { Tenant } from '../../state.ts';
import { grantAudit } from '../../tenant/consentAudit.ts';
import { modified } from '../../tenant/directoryAudits.ts';
import type { Activity, AuditTarget, ModifiedProperty } from '../../tenant/directoryAudits.ts';
import { isJson } from '../requestBody.ts';
import { textOf } from './auditedWrite.ts';
import type { AuditedWrite, AuditEntry } from './auditedWrite.ts';

type Json = Readonly<Record<string, unknown>>;

/** Assignments to applications, and consent on people's behalf (Microsoft Entra: audit activities, Core Directory). */
export const grantActivities: readonly AuditedWrite[] = [
  {
    methods: ['POST'],
    path: /^\/(?:servicePrincipals|groups|users)\/[^/]+\/appRole(?:AssignedTo|Assignments)$/,
    entries: ({ tenant, answer }) => [assignment(tenant, answer, 'Assign')],
  },
  {
    methods: ['DELETE'],
    path: /^\/(?:servicePrincipals|groups|users)\/[^/]+\/appRole(?:AssignedTo|Assignments)\/([^/]+)$/,
    before: (tenant, [id = '']) => tenant.appRoleAssignments.get(id),
    entries: ({ tenant, before }) => [assignment(tenant, before, 'Unassign')],
  },
  {
    methods: ['POST'],
    path: /^\/oauth2PermissionGrants$/,
    entries: ({ tenant, answer }) => [grantAudit(tenant, { before: undefined, after: answer })],
  },
  {
    methods: ['PATCH', 'DELETE'],
    path: /^\/oauth2PermissionGrants\/([^/]+)$/,
    before: (tenant, [id = '']) => tenant.grants.get(id),
    entries: ({ tenant, before, keys: [id = ''] }) => {
      const now = tenant.grants.get(id);
      return [grantAudit(tenant, { before, after: now && { ...now } })];
    },
  },
];

function assignment(tenant: Tenant, row: Json, operation: 'Assign' | 'Unassign'): AuditEntry {
  const given = operation === 'Assign';
  const resource = tenant.servicePrincipals.get(textOf(row['resourceId']));
  const roles: unknown = resource?.['appRoles'];
  const role = Array.isArray(roles)
    ? roles.filter(isJson).find(({ id }) => id === row['appRoleId'])
    : undefined;
  const user = tenant.users.get(textOf(row['principalId']));
  const modifiedProperties = [
    ...told(given, 'AppRole.Id', row['appRoleId']),
    ...told(given, 'AppRole.Value', role?.['value'] ?? ''),
    ...told(given, 'AppRole.DisplayName', role?.['displayName'] ?? ''),
    ...told(given, 'AppRoleAssignment.CreatedDateTime', row['createdDateTime']),
    ...told(given, `${kindOf(row)}.ObjectID`, row['principalId']),
    ...(user ? told(given, 'User.UPN', user.userPrincipalName) : []),
    ...(kindOf(row) === 'Group' ? told(given, 'Group.DisplayName', row['principalDisplayName']) : []),
  ];
  return {
    activity: { ...activityOf(row, given), service: 'Core Directory', operation },
    targets: [
      { ...principal(tenant, textOf(row['resourceId'])), modifiedProperties },
      {
        id: textOf(row['principalId']),
        displayName: textOf(row['principalDisplayName']),
        type: kindOf(row),
        ...(user ? { userPrincipalName: user.userPrincipalName } : {}),
      },
    ],
  };
}

function activityOf(row: Json, given: boolean): Pick<Activity, 'name' | 'category'> {
  const kind = kindOf(row);
  if (kind === 'Group')
    return {
      name: given ? 'Add app role assignment to group' : 'Remove app role assignment from group',
      category: 'GroupManagement',
    };
  // The activity reference lists only the removal; the name of its opposite is the one that exported logs show.
  if (kind === 'User')
    return {
      name: given ? 'Add app role assignment grant to user' : 'Remove app role assignment from user',
      category: 'UserManagement',
    };
  return {
    name: given
      ? 'Add app role assignment to service principal'
      : 'Remove app role assignment from service principal',
    category: 'ApplicationManagement',
  };
}

function kindOf(row: Json): 'User' | 'Group' | 'ServicePrincipal' {
  const type = row['principalType'];
  return type === 'User' || type === 'Group' ? type : 'ServicePrincipal';
}

function principal(tenant: Tenant, id: string): AuditTarget {
  const known = tenant.servicePrincipals.get(id);
  return { id, displayName: textOf(known?.['displayName']), type: 'ServicePrincipal' };
}

/** A value that came with the grant, or went with it. */
function told(given: boolean, name: string, value: unknown): ModifiedProperty[] {
  return given ? modified(name, null, value) : modified(name, value, null);
}
