import { Hono } from 'hono';
import type { GraphGroup } from '../state.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import {
  memberDefaults,
  memberEntity,
  memberProperties,
  transitiveMembers,
  userDefaults,
} from './directoryObjects.ts';
import { readGroup } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import { badRequest, notEmulated, notFound } from './errors.ts';
import { checkEventual } from './groups.ts';
import { collection, count } from './odata/collection.ts';
import { rowsOf } from './odata/rows.ts';
import { keyOf } from './path.ts';
import { allow, needs } from './permissions.ts';
import { bodyOf, stringOf } from './requestBody.ts';

/** What can be a member of a group, and the set that a cast to it answers (Microsoft Graph: List group members). */
const memberTypes: ReadonlyMap<string, string> = new Map([
  ['user', 'users'],
  ['group', 'groups'],
  ['device', 'devices'],
  ['servicePrincipal', 'servicePrincipals'],
  ['orgContact', 'contacts'],
]);

/** `/groups/{id}/members` and `transitiveMembers`, casts, counts, and adding and removing members. */
export function memberRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();

  for (const kind of ['members', 'transitiveMembers'] as const) {
    const idsOf = (c: GraphContext): ReadonlySet<string> => {
      const { id } = readGroup(state, c.req.param('id') ?? '');
      const group = replication.one('lists', 'groups', id);
      if (!group) return new Set();
      return kind === 'members' ? group.members : transitiveMembers(group, tenant);
    };
    /** An index of the members by id; the directory knows the others. */
    const among = (ids: ReadonlySet<string>) => (property: string, value: string) =>
      property !== 'id' ? undefined : ids.has(value.toLowerCase()) ? [value.toLowerCase()] : [];

    routes.get(`/groups/:id/${kind}`, allow(needs.readGroups), (c) => {
      const ids = idsOf(c);
      const rows = rowsOf(ids, (id) => memberEntity(id, tenant, c.get('caller')), among(ids));
      return collection(c, deps, rows, {
        context: 'directoryObjects',
        type: entityTypes.directoryObject,
        directory: true,
        defaultSelect: memberDefaults,
      });
    });

    routes.get(`/groups/:id/${kind}/:segment`, allow(needs.readGroups), (c) => {
      const segment = c.req.param('segment');
      const [, cast] = /^microsoft\.graph\.(\w+)$/.exec(segment) ?? [];
      if (segment === '$count') {
        const ids = idsOf(c);
        const rows = rowsOf(ids, (id) => memberEntity(id, tenant, c.get('caller')), among(ids));
        return count(c, rows, entityTypes.directoryObject);
      }
      if (segment === '$ref') throw notEmulated(`the references of ${kind}`);
      if (cast === undefined || !memberTypes.has(cast))
        throw badRequest(`Resource not found for the segment '${segment}'.`);
      checkEventual(c);
      // The sandbox's groups hold people and groups only.
      if (cast !== 'user' && cast !== 'group')
        return collection(c, deps, [], { context: memberTypes.get(cast) ?? cast, directory: true });
      // After a cast the type is known, and is not told again.
      const wanted = cast === 'user' ? tenant.users : tenant.groups;
      const ids = new Set([...idsOf(c)].filter((id) => wanted.has(id)));
      const rows = rowsOf(ids, (id) => memberProperties(id, tenant, c.get('caller')), among(ids));
      return collection(c, deps, rows, {
        context: `${cast}s`,
        type: entityTypes[cast],
        directory: true,
        ...(cast === 'user' ? { defaultSelect: userDefaults } : {}),
      });
    });

    routes.get(`/groups/:id/${kind}/:cast/$count`, allow(needs.readGroups), (c) => {
      const wanted = { 'microsoft.graph.user': tenant.users, 'microsoft.graph.group': tenant.groups };
      const cast = c.req.param('cast');
      const known = Object.entries(wanted).find(([name]) => name === cast)?.[1];
      if (!known) throw badRequest(`Resource not found for the segment '${cast}'.`);
      const ids = new Set([...idsOf(c)].filter((id) => known.has(id)));
      const rows = rowsOf(ids, (id) => memberProperties(id, tenant, c.get('caller')), among(ids));
      return count(c, rows, cast === 'microsoft.graph.user' ? entityTypes.user : entityTypes.group);
    });
  }

  routes.post('/groups/:id/members/$ref', allow(needs.writeMembers), async (c) => {
    const group = writable(c.req.param('id'));
    const link = stringOf(await bodyOf(c), '@odata.id');
    const [, id] = /\/(?:directoryObjects|users|groups)[(/]'?([0-9a-f-]{36})'?\)?$/i.exec(link) ?? [];
    if (id === undefined)
      throw badRequest(`Invalid URL format specified in @odata.id: '${link}'.`, 'Request_BadRequest');
    const member = id.toLowerCase();
    if (!tenant.users.has(member) && !tenant.groups.has(member)) throw notFound(member);
    if (group.members.has(member))
      throw badRequest(
        "One or more added object references already exist for the following modified properties: 'members'.",
      );
    replication.before('groups', group.id);
    group.members.add(member);
    return c.body(null, 204);
  });

  routes.delete('/groups/:id/members/:member/$ref', allow(needs.writeMembers), (c) => {
    const group = writable(c.req.param('id'));
    const { value: member } = keyOf(c.req.param('member'));
    if (!group.members.has(member)) throw notFound(member);
    replication.before('groups', group.id);
    group.members.delete(member);
    return c.body(null, 204);
  });

  /** A dynamic group's members follow from its rule and can't be written. */
  function writable(segment: string): GraphGroup {
    const group = tenant.groups.get(readGroup(state, segment).id);
    if (!group) throw notFound(segment);
    if (group.groupTypes.includes('DynamicMembership'))
      throw badRequest(
        'Insufficient privileges to complete the operation. The members of a group with dynamic membership are computed from its rule.',
      );
    return group;
  }

  return routes;
}
