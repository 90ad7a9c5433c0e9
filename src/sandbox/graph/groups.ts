import { Hono } from 'hono';
import type { GraphGroup } from '../state.ts';
import { metadata } from './context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { groupEntity, memberEntity, transitiveMembers, userDefaults } from './directoryObjects.ts';
import { badRequest, notFound } from './errors.ts';
import { advancedNeeded, collection } from './odata/collection.ts';
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

  routes.get('/groups', allow(needs.readGroups), (c) =>
    collection(c, deps, [...tenant.groups.values()].map(groupEntity), { context: 'groups', directory: true }),
  );

  routes.get('/groups/$count', allow(needs.readGroups), (c) => count(c, tenant.groups.size));

  routes.get('/groups/:id', allow(needs.readGroups), (c) =>
    c.json({
      '@odata.context': metadata(deps, 'groups/$entity'),
      ...select(groupEntity(groupOf(c.req.param('id'))), c.req.query('$select'), undefined),
    }),
  );

  const memberIds = (segment: string, kind: string): string[] => {
    const group = groupOf(segment);
    if (kind === 'members') return [...group.members];
    if (kind === 'transitiveMembers') return [...transitiveMembers(group, tenant)];
    throw badRequest(`Resource not found for the segment '${kind}'.`);
  };

  routes.get('/groups/:id/:kind{members|transitiveMembers}', allow(needs.readGroups), (c) => {
    const rows = memberIds(c.req.param('id'), c.req.param('kind')).map((id) =>
      memberEntity(id, tenant, c.get('caller')),
    );
    return collection(c, deps, rows, {
      context: 'directoryObjects',
      directory: true,
      defaultSelect: [...userDefaults, 'description', 'securityEnabled', 'mailEnabled', 'groupTypes'],
    });
  });

  routes.get('/groups/:id/:kind{members|transitiveMembers}/$count', allow(needs.readGroups), (c) =>
    count(c, memberIds(c.req.param('id'), c.req.param('kind')).length),
  );

  routes.get('/groups/:id/:kind{members|transitiveMembers}/:cast', allow(needs.readGroups), (c) => {
    const cast = c.req.param('cast');
    if (cast !== 'microsoft.graph.user' && cast !== 'microsoft.graph.group')
      throw badRequest(`Resource not found for the segment '${cast}'.`);
    checkEventual(c);
    const rows = memberIds(c.req.param('id'), c.req.param('kind'))
      .map((id) => memberEntity(id, tenant, c.get('caller')))
      .filter((row) => row['@odata.type'] === `#${cast}`);
    return collection(c, deps, rows, {
      context: cast.endsWith('user') ? 'users' : 'groups',
      directory: true,
      ...(cast.endsWith('user') ? { defaultSelect: userDefaults } : {}),
    });
  });

  return routes;
}

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
