import { Hono } from 'hono';
import type { GraphUser } from '../state.ts';
import { findUserByName } from '../tenant/findUser.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { memberEntity, userDefaults, userEntity } from './directoryObjects.ts';
import { readUser } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notFound } from './errors.ts';
import { collection, count } from './odata/collection.ts';
import type { Entity } from './odata/rows.ts';
import { entity } from './odata/entity.ts';
import { rowsOf } from './odata/rows.ts';
import { allow, needs } from './permissions.ts';
import { userRelations } from './relations.ts';

/** Reads of `/users` and `/me` (Microsoft Graph: user resource type). */
export function userRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();
  const told = {
    context: 'users',
    type: entityTypes.user,
    relations: userRelations(state),
    defaultSelect: userDefaults,
  };
  const find = (property: string, value: string): GraphUser[] | undefined => {
    if (property !== 'id' && property !== 'userPrincipalName') return undefined;
    const id = property === 'id' ? value.toLowerCase() : findUserByName(tenant, value)?.id;
    const user = id === undefined ? undefined : replication.one('lists', 'users', id);
    return user ? [user] : [];
  };
  const row = (c: GraphContext, user: GraphUser): Entity => userEntity(user, tenant, c.get('caller'));

  routes.get('/users', allow(needs.listUsers), (c) =>
    collection(
      c,
      deps,
      rowsOf(replication.all('lists', 'users'), (user) => row(c, user), find),
      { ...told, directory: true },
    ),
  );

  routes.get('/users/$count', allow(needs.listUsers), (c) =>
    count(
      c,
      rowsOf(replication.all('lists', 'users'), (user) => row(c, user), find),
      entityTypes.user,
    ),
  );

  routes.get('/users/:id', allow(needs.readUsers), (c) =>
    entity(c, deps, row(c, readUser(state, c.req.param('id'))), told),
  );

  routes.get('/users/:id/manager', allow(needs.readUsers), (c) => {
    const { managerId } = readUser(state, c.req.param('id'));
    if (managerId === null) throw notFound('manager');
    const manager = memberEntity(managerId, tenant, c.get('caller'));
    return entity(c, deps, manager, { ...told, context: 'directoryObjects', relations: {} });
  });

  routes.get('/users/:id/directReports', allow(needs.readUsers), (c) => {
    const { id } = readUser(state, c.req.param('id'));
    const rows = replication.all('lists', 'users').filter((user) => user.managerId === id);
    return collection(
      c,
      deps,
      rowsOf(rows, (user) => memberEntity(user.id, tenant, c.get('caller'))),
      { ...told, context: 'directoryObjects', relations: {}, directory: true },
    );
  });

  routes.get('/me', allow(needs.readMe), (c) => {
    const caller = c.get('caller');
    if (caller.isApp) throw badRequest('/me request is only valid with delegated authentication flow.');
    return entity(c, deps, row(c, readUser(state, caller.objectId)), told);
  });

  return routes;
}
