import { Hono } from 'hono';
import type { AppRoleAssignment } from '../state.ts';
import { readByKey, writeByKey } from './applications/find.ts';
import { answered, assign, assignmentOf, unassign } from './assignment.ts';
import { metadata } from './context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { readGroup, readUser } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notFound } from './errors.ts';
import { collection } from './odata/collection.ts';
import { entity } from './odata/entity.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, stringOf } from './requestBody.ts';

/**
 * Assignments to applications, seen from the application (`/servicePrincipals/{id}/appRoleAssignedTo`) and from people and
 * groups (`appRoleAssignments`) (Microsoft Graph: appRoleAssignment resource type).
 */
export function appRoleAssignmentRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const routes = new Hono<GraphEnv>();
  const key = (c: GraphContext): string => c.req.param('id') ?? '';
  /** An assignment that the path names and that hangs on the object before it. */
  const named = (c: GraphContext, end: 'principalId' | 'resourceId', owner: string): AppRoleAssignment => {
    const id = c.req.param('assignment') ?? '';
    const assignment = assignmentOf(id, state);
    if (assignment[end] !== owner) throw notFound(id);
    return assignment;
  };

  const sides = [
    {
      set: 'servicePrincipals',
      path: 'appRoleAssignedTo',
      end: 'resourceId',
      id: (c: GraphContext) => readByKey(state, 'servicePrincipals', key(c)).id,
      need: needs.readAssignments,
    },
    {
      set: 'groups',
      path: 'appRoleAssignments',
      end: 'principalId',
      id: (c: GraphContext) => readGroup(state, key(c)).id,
      need: needs.readOwnAssignments,
    },
    {
      set: 'users',
      path: 'appRoleAssignments',
      end: 'principalId',
      id: (c: GraphContext) => readUser(state, key(c)).id,
      need: needs.readOwnAssignments,
    },
  ] as const;

  for (const { set, path, end, id, need } of sides) {
    const base = `/${set}/:id/${path}`;
    const contextOf = (c: GraphContext): string => `${set}('${id(c)}')/${path}`;

    routes.get(base, allow(need), (c) => {
      const owner = id(c);
      const rows = state.replication.all('lists', 'appRoleAssignments').filter((one) => one[end] === owner);
      return collection(c, deps, rows.map(answered), {
        context: contextOf(c),
        type: entityTypes.appRoleAssignment,
        directory: true,
      });
    });

    routes.get(`${base}/:assignment`, allow(need), (c) =>
      entity(c, deps, answered(named(c, end, id(c))), {
        context: contextOf(c),
        type: entityTypes.appRoleAssignment,
      }),
    );

    routes.post(base, allow(needs.writeAssignments), async (c) => {
      const owner = id(c);
      const body = await bodyOf(c);
      if (stringOf(body, end).toLowerCase() !== owner)
        throw badRequest(`Invalid value specified for property '${end}' of resource 'AppRoleAssignment'.`);
      const resource = writeByKey(state, 'servicePrincipals', stringOf(body, 'resourceId'));
      const assignment = assign(body, resource, state);
      const context = metadata(deps, `${contextOf(c)}/$entity`);
      return c.json({ '@odata.context': context, ...answered(assignment) }, 201);
    });

    routes.delete(`${base}/:assignment`, allow(needs.writeAssignments), (c) => {
      unassign(named(c, end, id(c)).id, state);
      return c.body(null, 204);
    });
  }

  return routes;
}
