import { Hono } from 'hono';
import type { Account } from '../../state.ts';
import { directoryRoles } from '../../tenant/directoryRoles.ts';
import type { DirectoryRole } from '../../tenant/directoryRoles.ts';
import { idFor } from '../../tenant/ids.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { badRequest, notFound } from '../errors.ts';
import { entityTypes } from '../entityTypes.ts';
import { collection } from '../odata/collection.ts';
import { plainEntity } from '../odata/entity.ts';
import type { Relation } from '../odata/expand.ts';
import type { Entity } from '../odata/rows.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf } from '../requestBody.ts';
import { requestActivation, requestEntity } from './activation.ts';

/** `/roleManagement/directory`: definitions, assignments, eligibility and activation of directory roles. */
export function roleRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant } = deps.state;
  const routes = new Hono<GraphEnv>();
  const base = '/roleManagement/directory';

  routes.get(`${base}/roleDefinitions`, allow(needs.readRoles), (c) =>
    collection(c, deps, directoryRoles.map(definition), {
      context: 'roleManagement/directory/roleDefinitions',
      directory: false,
    }),
  );
  routes.get(`${base}/roleDefinitions/:id`, allow(needs.readRoles), (c) => {
    const id = c.req.param('id');
    const role = directoryRoles.find(({ templateId }) => templateId === id.toLowerCase());
    if (!role) throw notFound(id);
    return plainEntity(c, deps, definition(role), 'roleManagement/directory/roleDefinitions');
  });

  routes.get(`${base}/roleAssignments`, allow(needs.readRoles), (c) =>
    collection(
      c,
      deps,
      tenant.accounts.flatMap((account) =>
        held(account.roles).map((role) => assignment(account, role, deps)),
      ),
      { context: 'roleManagement/directory/roleAssignments', directory: false },
    ),
  );

  routes.get(
    `${base}/roleEligibilityScheduleInstances/filterByCurrentUser/:on`,
    allow(needs.readEligibility),
    (c) => {
      demandPrincipal(c);
      const account = tenant.premium ? accountOf(c, deps) : undefined;
      const rows = account ? held(account.eligibleRoles).map((role) => eligibility(account, role)) : [];
      return collection(c, deps, rows, {
        context: 'Collection(unifiedRoleEligibilityScheduleInstance)',
        directory: false,
        relations: { roleDefinition: definitionRelation },
      });
    },
  );

  const requests = `${base}/roleAssignmentScheduleRequests`;
  routes.get(`${requests}/filterByCurrentUser/:on`, allow(needs.readActivations), (c) => {
    demandPrincipal(c);
    const own = tenant.roleActivations.filter(({ userId }) => userId === c.get('caller').objectId);
    return collection(c, deps, own.map(requestEntity), {
      context: 'Collection(unifiedRoleAssignmentScheduleRequest)',
      directory: false,
    });
  });
  routes.post(requests, allow(needs.activateRole), async (c) => {
    const request = requestActivation(await bodyOf(c), c.get('caller'), deps.state);
    const context = metadata(deps, 'roleManagement/directory/roleAssignmentScheduleRequests/$entity');
    return c.json({ '@odata.context': context, ...request }, 201);
  });

  return routes;
}

function definition(role: DirectoryRole): Entity {
  return {
    id: role.templateId,
    description: role.description,
    displayName: role.displayName,
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    templateId: role.templateId,
    version: '1',
    // What a role allows is not listed: the sandbox knows it by operation only.
    rolePermissions: [],
  };
}

/** From what names a role by `roleDefinitionId`. */
const definitionRelation: Relation = {
  type: entityTypes.unifiedRoleDefinition,
  of: ({ roleDefinitionId }) => {
    const role = directoryRoles.find(({ templateId }) => templateId === roleDefinitionId);
    return role ? definition(role) : null;
  },
};

function assignment(account: Account, role: DirectoryRole, deps: GraphDeps): Entity {
  return {
    id: idFor(`roleAssignment:${account.userId}:${role.templateId}`),
    principalId: account.userId,
    principalOrganizationId: deps.state.tenant.id,
    directoryScopeId: '/',
    appScopeId: null,
    roleDefinitionId: role.templateId,
  };
}

function eligibility(account: Account, role: DirectoryRole): Entity {
  const id = idFor(`eligibility:${account.userId}:${role.templateId}`);
  return {
    '@odata.type': '#microsoft.graph.unifiedRoleEligibilityScheduleInstance',
    id: `${id}-1-e`,
    principalId: account.userId,
    roleDefinitionId: role.templateId,
    directoryScopeId: '/',
    appScopeId: null,
    startDateTime: '2026-01-05T08:00:00Z',
    endDateTime: null,
    memberType: 'Direct',
    roleEligibilityScheduleId: id,
  };
}

function held(displayNames: readonly string[]): DirectoryRole[] {
  return directoryRoles.filter(({ displayName }) => displayNames.includes(displayName));
}

function accountOf(c: GraphContext, deps: GraphDeps): Account | undefined {
  const { objectId } = c.get('caller');
  return deps.state.tenant.accounts.find(({ userId }) => userId === objectId);
}

/** `filterByCurrentUser(on='principal')`: the only value that is documented. */
function demandPrincipal(c: GraphContext): void {
  if (c.req.param('on') !== "on='principal'")
    throw badRequest("Invalid value for the parameter 'on': only 'principal' is supported.", 'BadRequest');
}
