import { Hono } from 'hono';
import type { GraphDeps, GraphEnv } from '../context.ts';
import { metadata } from '../context.ts';
import { entityTypes } from '../entityTypes.ts';
import { collection, count } from '../odata/collection.ts';
import { entity } from '../odata/entity.ts';
import { allow, needs } from '../permissions.ts';
import { applicationRelations } from '../relations.ts';
import { bodyOf, stringOf } from '../requestBody.ts';
import { answered } from './answered.ts';
import { readByKey, writeByKey } from './find.ts';
import { newApplication } from './newApplication.ts';
import { deleteApplication } from './remove.ts';
import { storeApplication } from './store.ts';
import { updated } from './update.ts';

/** `/applications` (Microsoft Graph: application resource type). */
export function applicationRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, clock, replication } = state;
  const routes = new Hono<GraphEnv>();
  const told = {
    context: 'applications',
    type: entityTypes.application,
    relations: applicationRelations(state),
  };

  routes.get('/applications', allow(needs.readApplications), (c) =>
    collection(c, deps, replication.all('lists', 'applications').map(answered), { ...told, directory: true }),
  );

  routes.get('/applications/$count', allow(needs.readApplications), (c) =>
    count(c, replication.all('lists', 'applications').map(answered), entityTypes.application),
  );

  routes.get('/applications/:id', allow(needs.readApplications), (c) =>
    entity(c, deps, answered(readByKey(state, 'applications', c.req.param('id'))), told),
  );

  routes.post('/applications', allow(needs.writeApplications), async (c) => {
    const body = await bodyOf(c);
    const fresh = newApplication({ displayName: stringOf(body, 'displayName'), now: clock.now() });
    const application = updated(fresh, body, tenant);
    storeApplication(application, state);
    return c.json({ '@odata.context': metadata(deps, 'applications/$entity'), ...application }, 201);
  });

  routes.patch('/applications/:id', allow(needs.writeApplications), async (c) => {
    const application = writeByKey(state, 'applications', c.req.param('id'));
    storeApplication(updated(application, await bodyOf(c), tenant), state);
    return c.body(null, 204);
  });

  routes.delete('/applications/:id', allow(needs.writeApplications), (c) => {
    deleteApplication(writeByKey(state, 'applications', c.req.param('id')), deps);
    return c.body(null, 204);
  });

  return routes;
}
