import { Hono } from 'hono';
import type { Job } from '../../state.ts';
import { readByKey, writeByKey } from '../applications/find.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { GraphError, notFound } from '../errors.ts';
import { collection } from '../odata/collection.ts';
import { plainEntity } from '../odata/entity.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf, isJson } from '../requestBody.ts';
import { createThrottle } from '../throttle.ts';
import { credentialsToValidate } from './credentials.ts';
import { createJob, jobEntity, jobOf, readJob, seenJob, synchronizationOf } from './jobs.ts';
import { onDemandParameters } from './onDemand.ts';
import { defaultSchema } from './defaultSchema.ts';
import { replacedSchema } from './schema.ts';
import { schemaAnswer, schemaRoutes } from './schemaRoutes.ts';

/** `…/synchronization/jobs`. A job's id holds dots, which are part of the path segment. */
export function jobRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { provisioning, state } = deps;
  const { replication } = state;
  const routes = new Hono<GraphEnv>();
  const base = '/servicePrincipals/:id/synchronization/jobs';
  const read = allow(needs.readSynchronization);
  const write = allow(needs.writeSynchronization);
  const throttle = createThrottle(state.clock, { requests: 5, seconds: 10 });
  const idOf = (c: GraphContext): string => readByKey(state, 'servicePrincipals', c.req.param('id') ?? '').id;
  const writtenId = (c: GraphContext): string =>
    writeByKey(state, 'servicePrincipals', c.req.param('id') ?? '').id;
  /** The job that a write names: there, and known to be there. */
  const job = (c: GraphContext): Job => {
    const id = writtenId(c);
    const known = jobOf(synchronizationOf(id, state), c.req.param('job') ?? '');
    if (!seenJob('objects', id, state)) throw notFound(known.id);
    return known;
  };
  const noteJob = (id: string): void => {
    const now = synchronizationOf(id, state).job;
    replication.beforePart('job', id, now && jobEntity(now));
  };
  const turn = (c: GraphContext, act: (servicePrincipalId: string) => void): Response => {
    job(c);
    noteJob(writtenId(c));
    act(writtenId(c));
    return c.body(null, 204);
  };
  const path = (c: GraphContext): string => `servicePrincipals('${idOf(c)}')/synchronization/jobs`;

  routes.get(base, read, (c) => {
    const known = seenJob('lists', idOf(c), state);
    return collection(c, deps, known ? [known] : [], { context: path(c), directory: false });
  });
  routes.post(base, write, async (c) => {
    const servicePrincipal = writeByKey(state, 'servicePrincipals', c.req.param('id') ?? '');
    // The service doesn't know the principal yet and takes the caller for a stranger, as clients report.
    if (!replication.one('templates', 'servicePrincipals', servicePrincipal.id))
      throw new GraphError(401, 'Unauthorized', '');
    const body = await bodyOf(c);
    const before = synchronizationOf(servicePrincipal.id, state).job;
    const fresh = createJob(body, { servicePrincipal, state, status: provisioning.newStatus() });
    replication.beforePart('job', servicePrincipal.id, before && jobEntity(before));
    return c.json({ '@odata.context': metadata(deps, `${path(c)}/$entity`), ...jobEntity(fresh) }, 201);
  });

  routes.post(`${base}/validateCredentials`, write, async (c) => {
    await provisioning.validateCredentials(writtenId(c), credentialsToValidate(await bodyOf(c)));
    return c.body(null, 204);
  });
  routes.post(`${base}/:job/validateCredentials`, write, async (c) => {
    job(c);
    await provisioning.validateCredentials(writtenId(c), credentialsToValidate(await bodyOf(c)));
    return c.body(null, 204);
  });

  routes.get(`${base}/:job`, read, (c) =>
    plainEntity(c, deps, readJob(idOf(c), c.req.param('job'), state), path(c)),
  );
  routes.delete(`${base}/:job`, write, (c) =>
    turn(c, (id) => {
      provisioning.forget(id);
      synchronizationOf(id, state).job = undefined;
    }),
  );

  routes.get(`${base}/:job/schema`, read, (c) => {
    const id = idOf(c);
    readJob(id, c.req.param('job'), state);
    const schema = replication.part('objects', 'schema', id, synchronizationOf(id, state).job?.schema);
    return schemaAnswer(c, deps, { ...schema }, `${path(c)}('${c.req.param('job')}')/schema`);
  });
  const replaceSchema = (c: GraphContext, schema: Job['schema']): Response => {
    const known = job(c);
    const id = writtenId(c);
    replication.beforePart('schema', id, known.schema);
    known.schema = schema;
    provisioning.schemaChanged(id);
    return c.body(null, 204);
  };
  routes.put(`${base}/:job/schema`, write, async (c) =>
    replaceSchema(c, replacedSchema(await bodyOf(c), job(c).id)),
  );
  // The template's own mappings come back (Microsoft Graph: Delete synchronizationSchema).
  routes.delete(`${base}/:job/schema`, write, (c) => replaceSchema(c, defaultSchema(job(c).id)));
  routes.route('/', schemaRoutes(deps, `${base}/:job`, job));

  routes.post(`${base}/:job/start`, write, (c) => turn(c, (id) => provisioning.start(id)));
  routes.post(`${base}/:job/pause`, write, (c) => turn(c, (id) => provisioning.pause(id)));
  routes.post(`${base}/:job/restart`, write, async (c) => {
    job(c);
    const { criteria } = await bodyOf(c, { optional: true });
    const resetScope = isJson(criteria) ? criteria['resetScope'] : undefined;
    return turn(c, (id) => provisioning.restart(id, typeof resetScope === 'string' ? resetScope : undefined));
  });
  routes.post(`${base}/:job/provisionOnDemand`, write, async (c) => {
    const parameters = onDemandParameters(await bodyOf(c), job(c));
    throttle();
    const result = await provisioning.provisionOnDemand(writtenId(c), parameters);
    return c.json({
      '@odata.context': metadata(deps, 'microsoft.graph.stringKeyStringValuePair'),
      ...result,
    });
  });

  return routes;
}
