import { Hono } from 'hono';
import type { GraphObject, SandboxState } from '../../state.ts';
import { readByKey, writeByKey } from '../applications/find.ts';
import { servicePrincipalOf } from '../applications/servicePrincipalOf.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { badRequest, notFound } from '../errors.ts';
import { collection } from '../odata/collection.ts';
import { plainEntity } from '../odata/entity.ts';
import { checkOptions } from '../odata/options.ts';
import { allow, needs } from '../permissions.ts';
import { bodyOf } from '../requestBody.ts';
import { defaultSchema } from './defaultSchema.ts';
import { jobRoutes } from './jobRoutes.ts';
import { synchronizationOf } from './jobs.ts';
import { schemaAnswer, schemaRoutes } from './schemaRoutes.ts';
import { maskedSecrets, replacedSecrets } from './secrets.ts';
import { templateSchemaId, templatesKnown } from './templates.ts';

/** `/servicePrincipals/{id}/synchronization` (Microsoft Graph: synchronization resource type). */
export function synchronizationRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { state } = deps;
  const { tenant, replication } = state;
  const routes = new Hono<GraphEnv>();
  const base = '/servicePrincipals/:id/synchronization';
  const read = allow(needs.readSynchronization);
  const write = allow(needs.writeSynchronization);
  const principal = (c: GraphContext): GraphObject =>
    readByKey(state, 'servicePrincipals', c.req.param('id') ?? '');

  const templates = (c: GraphContext, servicePrincipal: GraphObject): Response =>
    collection(c, deps, templatesKnown(servicePrincipal, state), {
      context: `servicePrincipals('${servicePrincipal.id}')/synchronization/templates`,
      directory: false,
    });

  routes.get(`${base}/templates`, read, (c) => templates(c, principal(c)));
  const ofApplication = (c: GraphContext): GraphObject => {
    const application = readByKey(state, 'applications', c.req.param('id') ?? '');
    const servicePrincipal = servicePrincipalOf(application, tenant);
    if (!servicePrincipal || !replication.one('objects', 'servicePrincipals', servicePrincipal.id))
      throw notFound(application.id);
    return servicePrincipal;
  };
  const applications = '/applications/:id/synchronization';
  routes.get(`${applications}/templates`, read, (c) => templates(c, ofApplication(c)));
  routes.get(`${base}/templates/:template`, read, (c) => {
    const { id } = principal(c);
    const named = template(principal(c), c.req.param('template'), state);
    return plainEntity(c, deps, named, `servicePrincipals('${id}')/synchronization/templates`);
  });
  for (const [path, owner] of [
    [`${base}/templates/:template`, principal],
    [`${applications}/templates/:template`, ofApplication],
  ] as const) {
    const named = (c: GraphContext): GraphObject => template(owner(c), c.req.param('template') ?? '', state);
    routes.get(`${path}/schema`, read, (c) => {
      const { id } = named(c);
      const context = `servicePrincipals('${owner(c).id}')/synchronization/templates('${id}')/schema`;
      return schemaAnswer(c, deps, defaultSchema(templateSchemaId(id)), context);
    });
    routes.route('/', schemaRoutes(deps, path, named));
  }

  routes.get(`${base}/secrets`, read, (c) => {
    checkOptions(c.req.query(), []);
    const { id } = principal(c);
    const latest = synchronizationOf(id, state).secrets;
    const secrets = replication.part('objects', 'secrets', id, latest) ?? [];
    return c.json({
      '@odata.context': metadata(deps, 'Collection(microsoft.graph.synchronizationSecretKeyStringValuePair)'),
      value: maskedSecrets(secrets),
    });
  });
  routes.put(`${base}/secrets`, write, async (c) => {
    const { id } = writeByKey(state, 'servicePrincipals', c.req.param('id') ?? '');
    const secrets = replacedSecrets(await bodyOf(c));
    const synchronization = synchronizationOf(id, state);
    replication.beforePart('secrets', id, synchronization.secrets);
    synchronization.secrets = secrets;
    return c.body(null, 204);
  });
  routes.on(['POST', 'PATCH'], `${base}/secrets`, () => {
    throw badRequest('Specified HTTP method is not allowed for the request target.');
  });

  routes.route('/', jobRoutes(deps));
  return routes;
}

function template(servicePrincipal: GraphObject, id: string, state: SandboxState): GraphObject {
  const found = templatesKnown(servicePrincipal, state).find((one) => one.id === id);
  if (!found) throw notFound(id);
  return found;
}
