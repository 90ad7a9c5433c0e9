import { Hono } from 'hono';
import type { AppRoleAssignment, GraphObject, SandboxState } from '../state.ts';
import { linkId } from '../tenant/ids.ts';
import { readByKey, writeByKey } from './applications/find.ts';
import { metadata } from './context.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, isJson, onlyKnown, stringOf } from './requestBody.ts';

const defaultAccess = '00000000-0000-0000-0000-000000000000';

/** `/servicePrincipals/{id}/appRoleAssignedTo` (Microsoft Graph: appRoleAssignment resource type). */
export function appRoleAssignedToRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, clock, replication } = state;
  const routes = new Hono<GraphEnv>();

  routes.get('/servicePrincipals/:id/appRoleAssignedTo', allow(needs.readAssignments), (c) => {
    const resource = readByKey(state, 'servicePrincipals', c.req.param('id'));
    const all = replication.all('lists', 'appRoleAssignments');
    const rows = all.filter((one) => one.resourceId === resource.id);
    return collection(c, deps, rows.map(answered), {
      context: `servicePrincipals('${resource.id}')/appRoleAssignedTo`,
      type: entityTypes.appRoleAssignment,
      directory: true,
    });
  });

  routes.get('/servicePrincipals/:id/appRoleAssignedTo/:assignment', allow(needs.readAssignments), (c) =>
    c.json(answered(assignmentOf(c.req.param('assignment'), state))),
  );

  routes.post('/servicePrincipals/:id/appRoleAssignedTo', allow(needs.writeAssignments), async (c) => {
    const resource = writeByKey(state, 'servicePrincipals', c.req.param('id'));
    const body = await bodyOf(c);
    onlyKnown(body, { writable: ['principalId', 'resourceId', 'appRoleId'] }, 'AppRoleAssignment');
    const principal = principalOf(stringOf(body, 'principalId').toLowerCase(), state);
    const appRoleId = stringOf(body, 'appRoleId').toLowerCase();
    if (stringOf(body, 'resourceId').toLowerCase() !== resource.id)
      throw badRequest("Invalid value specified for property 'resourceId' of resource 'AppRoleAssignment'.");
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
    const context = metadata(deps, `servicePrincipals('${resource.id}')/appRoleAssignedTo/$entity`);
    return c.json({ '@odata.context': context, ...answered(assignment) }, 201);
  });

  routes.delete(
    '/servicePrincipals/:id/appRoleAssignedTo/:assignment',
    allow(needs.writeAssignments),
    (c) => {
      const { id } = assignmentOf(c.req.param('assignment'), state);
      if (!tenant.appRoleAssignments.has(id)) throw notFound(id);
      replication.before('appRoleAssignments', id);
      tenant.appRoleAssignments.delete(id);
      return c.body(null, 204);
    },
  );

  return routes;
}

function answered(assignment: AppRoleAssignment): Record<string, unknown> {
  const { id, ...rest } = assignment;
  return { id, deletedDateTime: null, ...rest };
}

function assignmentOf(id: string, { replication }: SandboxState): AppRoleAssignment {
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
