import type { AppRoleAssignment, GraphObject, SandboxState } from '../state.ts';
import { linkId } from '../tenant/ids.ts';
import { badRequest, notFound } from './errors.ts';
import { isJson, onlyKnown, stringOf } from './requestBody.ts';
import type { Json } from './requestBody.ts';

const defaultAccess = '00000000-0000-0000-0000-000000000000';

/**
 * Assigns a person or group to the application of a service principal, as the body says, and returns the assignment
 * (Microsoft Graph: Grant an appRoleAssignment). Throws the refusal.
 */
export function assign(body: Json, resource: GraphObject, state: SandboxState): AppRoleAssignment {
  const { tenant, clock, replication } = state;
  onlyKnown(body, { writable: ['principalId', 'resourceId', 'appRoleId'] }, 'AppRoleAssignment');
  const principal = principalOf(stringOf(body, 'principalId').toLowerCase(), state);
  const appRoleId = stringOf(body, 'appRoleId').toLowerCase();
  checkRole(resource, appRoleId);
  checkTargets(resource.id, principal, state);
  for (const other of tenant.appRoleAssignments.values())
    if (
      other.resourceId === resource.id &&
      other.principalId === principal.id &&
      other.appRoleId === appRoleId
    )
      throw badRequest('Permission being assigned already exists on the object');
  const assignment: AppRoleAssignment = {
    id: linkId(),
    appRoleId,
    principalId: principal.id,
    principalType: principal.type,
    principalDisplayName: principal.displayName,
    resourceId: resource.id,
    resourceDisplayName: String(resource['displayName']),
    createdDateTime: new Date(clock.now()).toISOString(),
  };
  replication.before('appRoleAssignments', assignment.id);
  tenant.appRoleAssignments.set(assignment.id, assignment);
  return assignment;
}

/** Takes an assignment away; 404 when it is gone already. */
export function unassign(id: string, { tenant, replication }: SandboxState): void {
  if (!tenant.appRoleAssignments.has(id)) throw notFound(id);
  replication.before('appRoleAssignments', id);
  tenant.appRoleAssignments.delete(id);
}

/** An assignment as Graph answers it. */
export function answered(assignment: AppRoleAssignment): Record<string, unknown> {
  const { id, ...rest } = assignment;
  return { id, deletedDateTime: null, ...rest };
}

/** The assignment with an id, as reads see it; 404 when there is none. */
export function assignmentOf(id: string, { replication }: SandboxState): AppRoleAssignment {
  const assignment = replication.one('objects', 'appRoleAssignments', id);
  if (!assignment) throw notFound(id);
  return assignment;
}

interface Principal {
  readonly id: string;
  readonly type: 'User' | 'Group';
  readonly displayName: string;
}

function principalOf(id: string, { tenant }: SandboxState): Principal {
  const user = tenant.users.get(id);
  if (user) return { id, type: 'User', displayName: user.displayName };
  const group = tenant.groups.get(id);
  if (!group) throw notFound(id);
  // The documents say only that such a group can't be assigned: the sentence is the sandbox's own.
  if (!group.securityEnabled)
    throw badRequest(`The group '${group.displayName}' is not security-enabled and can't be assigned.`);
  if (!tenant.premium && tenant.unlicensedGroups === 'refused')
    throw badRequest(
      `The group '${group.displayName}' can't be assigned: assigning groups needs Microsoft Entra ID P1.`,
    );
  return { id, type: 'Group', displayName: group.displayName };
}

/** What is too new to be known where assignments are made is no valid reference there. */
function checkTargets(resourceId: string, principal: Principal, { replication }: SandboxState): void {
  const kind = principal.type === 'User' ? 'users' : 'groups';
  const known =
    replication.one('targets', 'servicePrincipals', resourceId) !== undefined &&
    replication.one('targets', kind, principal.id) !== undefined;
  if (!known) throw badRequest('Not a valid reference update.');
}

/** The resource must have the role, enabled and meant for people; "default access" only where it has no roles. */
function checkRole(resource: GraphObject, appRoleId: string): void {
  const list = resource['appRoles'];
  const roles = Array.isArray(list) ? list.filter(isJson) : [];
  const usable = roles.filter(({ isEnabled, allowedMemberTypes: types }) => {
    return isEnabled === true && Array.isArray(types) && types.includes('User');
  });
  if (appRoleId === defaultAccess ? usable.length === 0 : usable.some((role) => role['id'] === appRoleId))
    return;
  throw badRequest(`Permission being assigned was not found on application '${String(resource['appId'])}'.`);
}
