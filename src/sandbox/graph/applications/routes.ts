import { Hono } from 'hono';
import type { GraphDeps, GraphEnv } from '../context.ts';
import { metadata } from '../context.ts';
import { collection } from '../odata/collection.ts';
import { select } from '../odata/select.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf, stringOf } from '../requestBody.ts';
import { findByKey } from './find.ts';
import { newApplication } from './newApplication.ts';
import { deleteServicePrincipal } from './remove.ts';
import { mirrored, servicePrincipalOf } from './servicePrincipalOf.ts';
import { updated } from './update.ts';

/** `/applications` (Microsoft Graph: application resource type). */
export function applicationRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant, clock } = deps.state;
  const routes = new Hono<GraphEnv>();

  routes.get('/applications', allow(needs.readApplications), (c) =>
    collection(c, deps, [...tenant.applications.values()], { context: 'applications', directory: true }),
  );

  routes.get('/applications/:id', allow(needs.readApplications), (c) => {
    const application = findByKey(tenant.applications, c.req.param('id'));
    return c.json({
      '@odata.context': metadata(deps, 'applications/$entity'),
      ...select(application, c.req.query('$select'), undefined),
    });
  });

  routes.post('/applications', allow(needs.writeApplications), async (c) => {
    const body = await bodyOf(c);
    const fresh = newApplication({ displayName: stringOf(body, 'displayName'), now: clock.now() });
    const application = updated(fresh, body, tenant);
    tenant.applications.set(application.id, application);
    return c.json({ '@odata.context': metadata(deps, 'applications/$entity'), ...application }, 201);
  });

  routes.patch('/applications/:id', allow(needs.writeApplications), async (c) => {
    const application = findByKey(tenant.applications, c.req.param('id'));
    const next = updated(application, await bodyOf(c), tenant);
    tenant.applications.set(next.id, next);
    const servicePrincipal = servicePrincipalOf(next, tenant);
    if (servicePrincipal) Object.assign(servicePrincipal, mirrored(next));
    return c.body(null, 204);
  });

  routes.delete('/applications/:id', allow(needs.writeApplications), (c) => {
    const application = findByKey(tenant.applications, c.req.param('id'));
    const servicePrincipal = servicePrincipalOf(application, tenant);
    if (servicePrincipal) deleteServicePrincipal(servicePrincipal.id, deps);
    tenant.applications.delete(application.id);
    return c.body(null, 204);
  });

  return routes;
}
