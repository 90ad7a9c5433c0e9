import { Hono } from 'hono';
import type { GraphUser } from '../state.ts';
import { roleTemplateIds } from '../login/roles.ts';
import { findUser, findUserByName } from '../tenant/findUser.ts';
import { idFor } from '../tenant/ids.ts';
import { metadata } from './context.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { groupEntity, transitiveMembers, userDefaults, userEntity } from './directoryObjects.ts';
import { badRequest, notFound } from './errors.ts';
import { checkEventual, count } from './groups.ts';
import { collection } from './odata/collection.ts';
import type { Entity } from './odata/collection.ts';
import { rowsOf } from './odata/rows.ts';
import { select } from './odata/select.ts';
import { allow, has, needs } from './permissions.ts';

/** `/users` and `/me` (Microsoft Graph: user resource type). */
export function userRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant } = deps.state;
  const routes = new Hono<GraphEnv>();
  const byKey = (key: string): GraphUser => {
    const user = findUser(tenant, key);
    if (!user) throw notFound(key);
    return user;
  };
  const find = (property: string, value: string): GraphUser[] | undefined => {
    if (property !== 'id' && property !== 'userPrincipalName') return undefined;
    const user = property === 'id' ? tenant.users.get(value.toLowerCase()) : findUserByName(tenant, value);
    return user ? [user] : [];
  };

  routes.get('/users', allow(needs.listUsers), (c) => {
    const rows = rowsOf(tenant.users, (user) => userEntity(user, tenant, c.get('caller')), find);
    return collection(c, deps, rows, { context: 'users', directory: true, defaultSelect: userDefaults });
  });

  routes.get('/users/$count', allow(needs.listUsers), (c) => count(c, tenant.users.size));

  routes.get('/users/:id', allow(needs.readUsers), (c) => {
    const user = userEntity(byKey(c.req.param('id')), tenant, c.get('caller'));
    return c.json({
      '@odata.context': metadata(deps, 'users/$entity'),
      ...select(user, c.req.query('$select'), userDefaults),
    });
  });

  routes.get('/users/:id/manager', allow(needs.readUsers), (c) => {
    const { managerId } = byKey(c.req.param('id'));
    if (managerId === null) throw notFound('manager');
    const manager = userEntity(byKey(managerId), tenant, c.get('caller'));
    return c.json({ '@odata.type': '#microsoft.graph.user', ...select(manager, undefined, userDefaults) });
  });

  routes.get('/me', allow(needs.readMe), (c) => {
    const caller = c.get('caller');
    if (caller.isApp) throw badRequest('/me request is only valid with delegated authentication flow.');
    const user = userEntity(byKey(caller.objectId), tenant, caller);
    return c.json({
      '@odata.context': metadata(deps, 'users/$entity'),
      ...select(user, c.req.query('$select'), userDefaults),
    });
  });

  const roles = (objectId: string, named: boolean): Entity[] =>
    (tenant.accounts.find((account) => account.userId === objectId)?.roles ?? []).map((role) => ({
      id: idFor(`directoryRole:${role}`),
      deletedDateTime: null,
      description: named ? role : null,
      displayName: named ? role : null,
      roleTemplateId: named ? (roleTemplateIds([role])[0] ?? null) : null,
    }));

  for (const path of ['/me/transitiveMemberOf', '/me/memberOf'])
    routes.get(`${path}/microsoft.graph.directoryRole`, allow(needs.readMe), (c) => {
      checkEventual(c);
      const caller = c.get('caller');
      const named = has(
        caller,
        'Directory.Read.All',
        'Directory.ReadWrite.All',
        'RoleManagement.Read.Directory',
      );
      return collection(c, deps, roles(caller.objectId, named), {
        context: 'directoryRoles',
        directory: true,
      });
    });

  routes.get('/me/transitiveMemberOf', allow(needs.readMe), (c) => {
    const caller = c.get('caller');
    const groups = [...tenant.groups.values()].filter((group) =>
      transitiveMembers(group, tenant).has(caller.objectId),
    );
    const rows = [
      ...groups.map((group) => ({ '@odata.type': '#microsoft.graph.group', ...groupEntity(group) })),
      ...roles(caller.objectId, true).map((role) => ({
        '@odata.type': '#microsoft.graph.directoryRole',
        ...role,
      })),
    ];
    return collection(c, deps, rows, { context: 'directoryObjects', directory: true });
  });

  return routes;
}
