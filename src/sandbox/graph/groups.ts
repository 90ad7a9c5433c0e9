import { Hono } from 'hono';
import type { GraphGroup } from '../state.ts';
import { metadata } from './context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import {
  groupEntity,
  memberEntity,
  memberProperties,
  transitiveMembers,
  userDefaults,
} from './directoryObjects.ts';
import { badRequest, notFound } from './errors.ts';
import { advancedNeeded, collection } from './odata/collection.ts';
import { rowsOf } from './odata/rows.ts';
import { select } from './odata/select.ts';
import { keyOf } from './path.ts';
import { allow, needs } from './permissions.ts';

/** `/groups` with members, direct and transitive (Microsoft Graph: group resource type). */
export function groupRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant } = deps.state;
  const routes = new Hono<GraphEnv>();
  const groupOf = (segment: string): GraphGroup => {
    const { value } = keyOf(segment);
    const group = tenant.groups.get(value);
    if (!group) throw notFound(value);
    return group;
  };

  routes.get('/groups', allow(needs.listGroups), (c) =>
    collection(c, deps, rowsOf(tenant.groups, groupEntity), { context: 'groups', directory: true }),
  );

  routes.get('/groups/$count', allow(needs.listGroups), (c) => count(c, tenant.groups.size));

  routes.get('/groups/:id', allow(needs.readGroups), (c) =>
    c.json({
      '@odata.context': metadata(deps, 'groups/$entity'),
      ...select(groupEntity(groupOf(c.req.param('id'))), c.req.query('$select'), undefined),
    }),
  );

  for (const kind of ['members', 'transitiveMembers'] as const) {
    const idsOf = (c: GraphContext): ReadonlySet<string> => {
      const group = groupOf(c.req.param('id') ?? '');
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
        directory: true,
        defaultSelect: memberDefaults,
      });
    });

    routes.get(`/groups/:id/${kind}/:segment`, allow(needs.readGroups), (c) => {
      const segment = c.req.param('segment');
      if (segment === '$count') return count(c, idsOf(c).size);
      const isUser = segment === 'microsoft.graph.user';
      if (!isUser && segment !== 'microsoft.graph.group')
        throw badRequest(`Resource not found for the segment '${segment}'.`);
      checkEventual(c);
      // After a cast the type is known, and is not told again.
      const wanted = isUser ? tenant.users : tenant.groups;
      const ids = new Set([...idsOf(c)].filter((id) => wanted.has(id)));
      const rows = rowsOf(ids, (id) => memberProperties(id, tenant, c.get('caller')), among(ids));
      const context = isUser ? 'users' : 'groups';
      return collection(c, deps, rows, {
        context,
        directory: true,
        ...(isUser ? { defaultSelect: userDefaults } : {}),
      });
    });
  }

  return routes;
}

const memberDefaults = [...userDefaults, 'description', 'securityEnabled', 'mailEnabled', 'groupTypes'];

/** A cast is an advanced query: it needs the header and `$count=true`. */
export function checkEventual(c: GraphContext): void {
  const eventual = c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
  if (!eventual || c.req.query('$count')?.toLowerCase() !== 'true') throw advancedNeeded();
}

/** `…/$count` answers plain text, and only with the header. */
export function count(c: GraphContext, number: number): Response {
  if (c.req.header('consistencylevel')?.toLowerCase() !== 'eventual')
    throw badRequest(
      "$count is not currently supported without the request header 'ConsistencyLevel: eventual'.",
      'Request_UnsupportedQuery',
    );
  return c.text(String(number));
}
