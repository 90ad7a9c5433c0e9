import { Hono } from 'hono';
import type { GraphObject, Job } from '../../state.ts';
import { findByKey } from '../applications/find.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf, isJson } from '../requestBody.ts';
import { createThrottle } from '../throttle.ts';
import { credentialsToValidate } from './credentials.ts';
import { createJob, jobEntity, jobOf, synchronizationOf } from './jobs.ts';
import { onDemandParameters } from './onDemand.ts';
import { replacedSchema } from './schema.ts';

/** `…/synchronization/jobs`. A job's id holds dots, which are part of the path segment. */
export function jobRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { provisioning, state } = deps;
  const routes = new Hono<GraphEnv>();
  const base = '/servicePrincipals/:id/synchronization/jobs';
  const read = allow(needs.readSynchronization);
  const write = allow(needs.writeSynchronization);
  const throttle = createThrottle(state.clock, { requests: 5, seconds: 10 });
  const principal = (c: GraphContext): GraphObject =>
    findByKey(state.tenant.servicePrincipals, c.req.param('id') ?? '');
  const job = (c: GraphContext): Job =>
    jobOf(synchronizationOf(principal(c).id, state), c.req.param('job') ?? '');
  const contextOf = (c: GraphContext, rest: string): { '@odata.context': string } => ({
    '@odata.context': metadata(deps, `servicePrincipals('${principal(c).id}')/synchronization/jobs${rest}`),
  });

  routes.get(base, read, (c) => {
    const known = synchronizationOf(principal(c).id, state).job;
    return c.json({ ...contextOf(c, ''), value: known ? [jobEntity(known)] : [] });
  });
  routes.post(base, write, async (c) => {
    const context = { servicePrincipal: principal(c), state, status: provisioning.newStatus() };
    const fresh = createJob(await bodyOf(c), context);
    return c.json({ ...contextOf(c, '/$entity'), ...jobEntity(fresh) }, 201);
  });

  routes.post(`${base}/validateCredentials`, write, async (c) => {
    await provisioning.validateCredentials(principal(c).id, credentialsToValidate(await bodyOf(c)));
    return c.body(null, 204);
  });
  routes.post(`${base}/:job/validateCredentials`, write, async (c) => {
    job(c);
    await provisioning.validateCredentials(principal(c).id, credentialsToValidate(await bodyOf(c)));
    return c.body(null, 204);
  });

  routes.get(`${base}/:job`, read, (c) => c.json({ ...contextOf(c, '/$entity'), ...jobEntity(job(c)) }));
  routes.delete(`${base}/:job`, write, (c) => {
    job(c);
    provisioning.forget(principal(c).id);
    synchronizationOf(principal(c).id, state).job = undefined;
    return c.body(null, 204);
  });

  routes.get(`${base}/:job/schema`, read, (c) =>
    c.json({ ...contextOf(c, `('${job(c).id}')/schema/$entity`), ...job(c).schema }),
  );
  routes.put(`${base}/:job/schema`, write, async (c) => {
    const known = job(c);
    known.schema = replacedSchema(await bodyOf(c), known.id);
    provisioning.schemaChanged(principal(c).id);
    return c.body(null, 204);
  });

  routes.post(`${base}/:job/start`, write, (c) => {
    job(c);
    provisioning.start(principal(c).id);
    return c.body(null, 204);
  });
  routes.post(`${base}/:job/pause`, write, (c) => {
    job(c);
    provisioning.pause(principal(c).id);
    return c.body(null, 204);
  });
  routes.post(`${base}/:job/restart`, write, async (c) => {
    job(c);
    const { criteria } = await bodyOf(c, { optional: true });
    const resetScope = isJson(criteria) ? criteria['resetScope'] : undefined;
    provisioning.restart(principal(c).id, typeof resetScope === 'string' ? resetScope : undefined);
    return c.body(null, 204);
  });
  routes.post(`${base}/:job/provisionOnDemand`, write, async (c) => {
    const parameters = onDemandParameters(await bodyOf(c), job(c));
    throttle();
    const result = await provisioning.provisionOnDemand(principal(c).id, parameters);
    return c.json({
      '@odata.context': metadata(deps, 'microsoft.graph.stringKeyStringValuePair'),
      ...result,
    });
  });

  return routes;
}
