import type { MiddlewareHandler } from 'hono';
import { clouds } from '../clouds.ts';
import type { CloudName, Lacking } from '../clouds.ts';
import type { GraphEnv } from './context.ts';
import { badRequest } from './errors.ts';

const paths: Readonly<Record<Lacking, RegExp>> = {
  secrets: /\/synchronization\/secrets$/i,
  schema: /\/synchronization\/(?:jobs|templates)\/[^/]+\/schema(?:\/|$)/i,
  validateCredentials: /\/synchronization\/jobs\/(?:[^/]+\/)?validateCredentials$/i,
  provisionOnDemand: /\/synchronization\/jobs\/[^/]+\/provisionOnDemand$/i,
  provisioning: /^\/auditLogs\/provisioning(?:\/|$)/i,
};

/** Refuses what a cloud lacks in the words with which Graph meets any segment that its model does not know. */
export function onlyOffered(cloud: CloudName): MiddlewareHandler<GraphEnv> {
  const { lacks } = clouds[cloud];
  return async (c, next) => {
    const segment = lacks.find((name) => paths[name].test(c.req.path));
    if (segment !== undefined)
      throw badRequest(`Resource not found for the segment '${segment}'.`, 'BadRequest');
    await next();
  };
}
