import { Hono } from 'hono';
import type { GraphContext, GraphDeps, GraphEnv } from './context.ts';
import { groupDefaults, groupEntity } from './directoryObjects.ts';
import { readGroup } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import { advancedNeeded, collection, count } from './odata/collection.ts';
import { entity } from './odata/entity.ts';
import { rowsOf } from './odata/rows.ts';
import { allow, needs } from './permissions.ts';
import { groupRelations } from './relations.ts';

/** Reads of `/groups` (Microsoft Graph: group resource type). */
export function groupRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const routes = new Hono<GraphEnv>();
  const told = {
    context: 'groups',
    type: entityTypes.group,
    relations: groupRelations(state),
    defaultSelect: groupDefaults,
  };

  routes.get('/groups', allow(needs.listGroups), (c) =>
    collection(
      c,
      deps,
      rowsOf(state.replication.all('lists', 'groups'), (group) => groupEntity(group, state.tenant)),
      {
        ...told,
        directory: true,
      },
    ),
  );

  routes.get('/groups/$count', allow(needs.listGroups), (c) =>
    count(
      c,
      rowsOf(state.replication.all('lists', 'groups'), (group) => groupEntity(group, state.tenant)),
      entityTypes.group,
    ),
  );

  routes.get('/groups/:id', allow(needs.readGroups), (c) =>
    entity(c, deps, groupEntity(readGroup(state, c.req.param('id')), state.tenant), told),
  );

  return routes;
}

/** A cast is an advanced query: it needs the header and `$count=true`. */
export function checkEventual(c: GraphContext): void {
  const eventual = c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
  if (!eventual || c.req.query('$count')?.toLowerCase() !== 'true') throw advancedNeeded();
}
