import type { App } from './tenancy.ts';

/**
 * One server for several tenants: `choose` names the app that answers a request, or undefined for the first of them,
 * which then refuses it in its own way.
 */
export function dispatch(
  apps: readonly App[],
  choose: (request: Request) => App | undefined,
): { fetch: (request: Request, env?: unknown) => Response | Promise<Response> } {
  return {
    fetch: (request, env) => {
      const app = choose(request) ?? apps[0];
      return app ? app.fetch(request, env) : new Response(null, { status: 404 });
    },
  };
}

/** The tenant that a request's access token is of, as the token says itself: whoever answers checks it. */
export function tenantOfToken(request: Request): string | undefined {
  const [, payload = ''] = (request.headers.get('authorization') ?? '').split('.');
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (typeof claims !== 'object' || claims === null || !('tid' in claims)) return undefined;
    return typeof claims.tid === 'string' ? claims.tid : undefined;
  } catch {
    return undefined;
  }
}

/** The first part of a request's path. */
export function firstSegment(request: Request): string {
  return new URL(request.url).pathname.split('/')[1] ?? '';
}
