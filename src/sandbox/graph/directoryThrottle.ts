import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../clock.ts';
import type { SandboxState } from '../state.ts';
import type { GraphEnv } from './context.ts';
import { GraphError } from './errors.ts';
import type { DirectoryLimits } from './limits.ts';
import { routePath } from './path.ts';
import { requestCost } from './requestCost.ts';

/** A bucket that fills itself continuously, and a request takes from. */
interface Bucket {
  /** What is in it before the request, after it would have taken. */
  take(cost: number, limit: Limit): { readonly left: number; readonly waitMs: number };
}

interface Limit {
  readonly amount: number;
  readonly milliseconds: number;
}

function createBucket(clock: Clock): Bucket {
  let used = 0;
  let at = clock.now();
  return {
    take: (cost, { amount, milliseconds }) => {
      const now = clock.now();
      used = Math.max(0, used - ((now - at) * amount) / milliseconds);
      at = now;
      const missing = used + cost - amount;
      if (missing > 0 && used > 0)
        return { left: amount - used, waitMs: (Math.min(missing, used) * milliseconds) / amount };
      used += cost;
      return { left: amount - used, waitMs: 0 };
    },
  };
}

/** Resource units by the number of people in the tenant: up to 50, up to 500, more. */
function resourceUnits(people: number): number {
  if (people < 50) return 3_500;
  return people <= 500 ? 5_000 : 8_000;
}

/**
 * Throttles what the directory answers by the buckets of Microsoft Graph's identity and access service: resource units
 * and writes of each application in the tenant, and writes of the tenant. Above that 429 with `Retry-After`. Each part
 * of a batch counts for itself.
 */
export function directoryThrottle(
  { tenant, clock }: SandboxState,
  limits: DirectoryLimits = {},
): MiddlewareHandler<GraphEnv> {
  const buckets = new Map<string, Bucket>();
  const bucketOf = (name: string): Bucket => {
    const known = buckets.get(name) ?? createBucket(clock);
    buckets.set(name, known);
    return known;
  };
  return async (c, next) => {
    const cost = requestCost(c.req.method, routePath(c.req.raw), new URL(c.req.url).searchParams);
    if (!cost) return next();
    const { clientId } = c.get('caller');
    const refuse = (scope: string, information: string, waitMs: number): never => {
      throw new GraphError(429, 'TooManyRequests', 'Too many requests. Try again later.', {
        'Retry-After': String(Math.max(1, Math.ceil(waitMs / 1000))),
        'x-ms-throttle-scope': scope,
        'x-ms-throttle-information': information,
      });
    };
    if (cost.isWrite) {
      const own = bucketOf(`writes of ${clientId}`).take(1, {
        amount: limits.writes ?? 3_000,
        milliseconds: 150_000,
      });
      if (own.waitMs > 0)
        refuse(`Tenant_Application/Write/${clientId}/${tenant.id}`, 'WriteLimitExceeded', own.waitMs);
      const all = bucketOf('writes').take(1, { amount: 18_000, milliseconds: 300_000 });
      if (all.waitMs > 0) refuse(`Tenant/Write/${clientId}/${tenant.id}`, 'WriteLimitExceeded', all.waitMs);
    }
    const amount = limits.resourceUnits ?? resourceUnits(tenant.users.size);
    const units = bucketOf(`units of ${clientId}`).take(cost.resourceUnits, { amount, milliseconds: 10_000 });
    if (units.waitMs > 0)
      refuse(
        `Tenant_Application/ReadWrite/${clientId}/${tenant.id}`,
        'ResourceUnitLimitExceeded',
        units.waitMs,
      );
    await next();
    c.header('x-ms-resource-unit', String(cost.resourceUnits));
    const part = 1 - units.left / amount;
    if (part > 0.8) c.header('x-ms-throttle-limit-percentage', part.toFixed(2));
    return undefined;
  };
}
