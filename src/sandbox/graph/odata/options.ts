import type { MiddlewareHandler } from 'hono';
import type { GraphEnv } from '../context.ts';
import { badRequest, notEmulated } from '../errors.ts';

/** Every option that some address takes; each address refuses those that it doesn't. */
const somewhere = [
  '$filter',
  '$select',
  '$top',
  '$count',
  '$orderby',
  '$search',
  '$expand',
  '$skiptoken',
  '$deltatoken',
];

/**
 * Refuses query options that an address doesn't take: 400 for those with `$`, as Microsoft Graph, and 501 for others. Graph
 * takes some names without `$` and passes over the rest; an answer that is silently not what was asked for helps nobody.
 */
export function checkOptions(query: Readonly<Record<string, string>>, taken: readonly string[]): void {
  for (const name of Object.keys(query)) {
    if (taken.includes(name)) continue;
    if (!name.startsWith('$') || name === '$format') throw notEmulated(`the query option '${name}'`);
    throw badRequest(`The query parameter '${name}' is not supported.`, 'Request_UnsupportedQuery');
  }
}

/** Refuses what no address takes, and any option of a write. */
export function onlyKnownOptions(): MiddlewareHandler<GraphEnv> {
  return async (c, next) => {
    checkOptions(c.req.query(), c.req.method === 'GET' ? somewhere : []);
    await next();
  };
}
