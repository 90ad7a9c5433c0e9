import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import type { Controls } from './control/controls.ts';
import type { App } from './tenants/tenancy.ts';

/** Puts middleware before an app that knows nothing of it. */
export function behind(middleware: MiddlewareHandler[], app: App): Hono {
  const outer = new Hono();
  for (const handler of middleware) outer.use(handler);
  outer.all('*', (c) => app.fetch(c.req.raw, c.env));
  return outer;
}

/** An app whose requests are logged, delayed and may be made to fail. */
export function observed(server: 'scim' | 'login', app: App, controls: Controls): Hono {
  const log: MiddlewareHandler = async (c, next) => {
    await next();
    const { pathname, search } = new URL(c.req.url);
    const path = server === 'login' ? pathname : `${pathname}${search}`;
    controls.log({ server, method: c.req.method, path, status: c.res.status, inBatch: false });
  };
  return behind([log, controls.slow(), controls.faults.middleware(server)], app);
}

/** Tells of every request that may have changed something, once it is answered. */
export function telling(changed: () => void): MiddlewareHandler {
  return async (c, next) => {
    await next();
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') changed();
  };
}
