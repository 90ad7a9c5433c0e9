import { randomUUID } from 'node:crypto';
import { channel } from 'node:diagnostics_channel';
import { Hono } from 'hono';
import { ProvisioningError } from '../provisioning/types.ts';
import { endActivations } from '../tenant/roleActivations.ts';
import { applicationRoutes } from './applications/routes.ts';
import { passwordRoutes } from './applications/passwordRoutes.ts';
import { applicationTemplateRoutes } from './applications/templateRoutes.ts';
import { appRoleAssignmentRoutes } from './appRoleAssignments.ts';
import { audited } from './auditLogs/audited.ts';
import { auditLogRoutes } from './auditLogs/routes.ts';
import { authenticate } from './authenticate.ts';
import { batch } from './batch.ts';
import type { GraphDeps, GraphEnv } from './context.ts';
import { deltaRoutes } from './delta.ts';
import { directoryThrottle } from './directoryThrottle.ts';
import { deletedItemRoutes } from './deletedItems.ts';
import { errorBody, GraphError, notEmulated } from './errors.ts';
import { groupRoutes } from './groups.ts';
import { memberOfRoutes } from './memberOf.ts';
import { memberRoutes } from './members.ts';
import { oauth2PermissionGrantRoutes } from './oauth2PermissionGrants.ts';
import { organizationRoutes } from './organization.ts';
import { ownerRoutes } from './owners.ts';
import { onlyKnownOptions } from './odata/options.ts';
import { onlyOffered } from './offered.ts';
import { routePath } from './path.ts';
import { policyRoutes } from './policies/routes.ts';
import { roleRoutes } from './roles/routes.ts';
import { servicePrincipalRoutes } from './servicePrincipals.ts';
import { synchronizationRoutes } from './synchronization/routes.ts';
import { userRoutes } from './users.ts';
import { userWriteRoutes } from './userWrites.ts';

/** For tools in the same process: `{ method, path, response }` of each answer, the parts of a batch too. */
const answers = channel('sandbox:graph:answer');

/** Tells a part of a batch from a request of its own, inside the process only. */
const batched = new WeakSet<Request>();

/** Microsoft Graph of the sandbox tenant, under `/v1.0`. An operation it doesn't have answers 501 with a sentence. */
export function createGraphApp(deps: GraphDeps): Hono<GraphEnv> {
  const app = new Hono<GraphEnv>({ getPath: routePath });

  app.use(async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    c.set('clientRequestId', c.req.header('client-request-id') ?? requestId);
    await next();
    const url = new URL(c.req.url);
    c.header('request-id', requestId);
    c.header('client-request-id', c.get('clientRequestId'));
    c.header('x-ms-ags-diagnostic', '{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"1"}}');
    c.header('Cache-Control', 'no-cache');
    deps.onAnswer?.({
      method: c.req.method,
      path: `${url.pathname}${url.search}`,
      status: c.res.status,
      inBatch: batched.has(c.req.raw),
    });
  });
  if (deps.onRequest) app.use(deps.onRequest);
  // What a scripted fault says in Graph's place is no answer of Graph's.
  app.use(async (c, next) => {
    await next();
    if (!answers.hasSubscribers) return;
    const { pathname, search } = new URL(c.req.url);
    answers.publish({ method: c.req.method, path: `${pathname}${search}`, response: c.res.clone() });
  });
  app.use(async (_c, next) => {
    endActivations(deps.state);
    await next();
  });
  app.use(authenticate(deps));
  app.use(onlyOffered(deps.state.tenant.cloud));
  app.use(directoryThrottle(deps.state, deps.limits));
  app.use(onlyKnownOptions());
  app.use(audited(deps));

  app.post('/$batch', (c) => {
    if (batched.has(c.req.raw)) throw notEmulated('a batch inside a batch');
    return batch(c, async (request) => {
      batched.add(request);
      return app.fetch(request);
    });
  });
  for (const routes of [
    // First, since `delta` would be taken for a key.
    deltaRoutes,
    applicationTemplateRoutes,
    applicationRoutes,
    passwordRoutes,
    servicePrincipalRoutes,
    ownerRoutes,
    deletedItemRoutes,
    appRoleAssignmentRoutes,
    oauth2PermissionGrantRoutes,
    groupRoutes,
    memberRoutes,
    memberOfRoutes,
    userRoutes,
    userWriteRoutes,
    organizationRoutes,
    synchronizationRoutes,
    auditLogRoutes,
    policyRoutes,
    roleRoutes,
  ])
    app.route('/', routes(deps));

  app.notFound((c) => {
    const ids = { requestId: c.get('requestId'), clientRequestId: c.get('clientRequestId') };
    return c.json(errorBody(notEmulated(`${c.req.method} ${c.req.path}`), ids, deps.state.clock.now()), 501);
  });

  app.onError((error, c) => {
    const ids = { requestId: c.get('requestId'), clientRequestId: c.get('clientRequestId') };
    const now = deps.state.clock.now();
    if (error instanceof ProvisioningError) return c.json(errorBody(error, ids, now), asStatus(error.status));
    if (error instanceof GraphError) return c.json(errorBody(error, ids, now), error.status, error.headers);
    process.emitWarning(error);
    const broken = { code: 'InternalServerError', message: `The sandbox failed: ${error.message}` };
    return c.json(errorBody(broken, ids, now), 500);
  });
  return app;
}

function asStatus(status: number): 400 | 401 | 403 | 404 | 409 | 429 | 500 {
  const known = [400, 401, 403, 404, 409, 429] as const;
  return known.find((one) => one === status) ?? 500;
}
