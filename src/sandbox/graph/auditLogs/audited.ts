import type { MiddlewareHandler } from 'hono';
import { recordAudit } from '../../tenant/directoryAudits.ts';
import type { GraphContext, GraphDeps, GraphEnv } from '../context.ts';
import { isJson } from '../requestBody.ts';
import { applicationActivities } from './applicationActivities.ts';
import { configurationActivities } from './configurationActivities.ts';
import { directoryActivities } from './directoryActivities.ts';
import { grantActivities } from './grantActivities.ts';

const writes = [
  ...applicationActivities,
  ...grantActivities,
  ...directoryActivities,
  ...configurationActivities,
];

/**
 * Writes the audit log: each write that succeeded leaves its rows, joined by the correlation id, which is the client's
 * `client-request-id` where it sent one.
 */
export function audited(deps: GraphDeps): MiddlewareHandler<GraphEnv> {
  const { state } = deps;
  return async (c, next) => {
    const { method, path } = c.req;
    const write = writes.find((one) => one.methods.includes(method) && one.path.test(path));
    if (!write) return next();
    const keys = (write.path.exec(path) ?? []).slice(1);
    const before = structuredClone(write.before?.(state.tenant, keys));
    await next();
    if (!c.res.ok) return undefined;
    const written = { tenant: state.tenant, method, keys, before: { ...before }, answer: await answerOf(c) };
    const { objectId, isApp, clientId } = c.get('caller');
    const userAgent = c.req.header('user-agent');
    for (const entry of write.entries(written))
      recordAudit(state, {
        ...entry,
        initiator: isApp ? { appId: clientId, servicePrincipalId: objectId } : { userId: objectId },
        correlationId: c.get('clientRequestId'),
        details: userAgent === undefined ? [] : [{ key: 'User-Agent', value: userAgent }],
      });
    return undefined;
  };
}

async function answerOf(c: GraphContext): Promise<Record<string, unknown>> {
  if (!(c.res.headers.get('content-type') ?? '').includes('json')) return {};
  const body: unknown = await c.res.clone().json();
  return isJson(body) ? body : {};
}
