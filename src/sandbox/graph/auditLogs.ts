import { Hono } from 'hono';
import type { GraphDeps, GraphEnv } from './context.ts';
import { GraphError } from './errors.ts';
import { collection } from './odata/collection.ts';
import { allow, needs } from './permissions.ts';
import { createThrottle } from './throttle.ts';

/** `/auditLogs/provisioning` (Microsoft Graph: List provisioningObjectSummary): needs P1, five requests in ten seconds. */
export function auditLogRoutes(deps: GraphDeps): Hono<GraphEnv> {
  const { tenant, clock } = deps.state;
  const throttle = createThrottle(clock, { requests: 5, seconds: 10 });
  const routes = new Hono<GraphEnv>();
  routes.get('/auditLogs/provisioning', allow(needs.readProvisioningLog), (c) => {
    if (!tenant.premium)
      throw new GraphError(
        403,
        'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
        "Neither tenant is B2C or tenant doesn't have premium license",
      );
    throttle();
    const newestFirst = [...tenant.provisioningLogs].reverse();
    return collection(c, deps, newestFirst, {
      context: 'auditLogs/provisioning',
      directory: false,
      caseSensitive: true,
    });
  });
  return routes;
}
