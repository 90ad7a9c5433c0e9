import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import type { DirectoryLimits } from '../graph/limits.ts';
import { createFaults } from './faults.ts';
import type { Faults } from './faults.ts';

/** One request that a server answered: never a header, a body or a token. */
export interface LoggedRequest {
  readonly at: string;
  readonly server: 'graph' | 'scim' | 'login';
  readonly method: string;
  /** Path, for Graph and SCIM with its query; the query of a sign-in is left out. */
  readonly path: string;
  readonly status: number;
  /** Whether it came as a part of a `$batch`. */
  readonly inBatch: boolean;
}

/** What the control server turns: faults, latency, and the log of requests. */
export interface Controls {
  readonly faults: Faults;
  /** Sizes of Microsoft Graph's throttling buckets other than the documented ones. */
  readonly limits: DirectoryLimits;
  /** Milliseconds, in real time, that every answer waits. */
  latency: number;
  log(request: Omit<LoggedRequest, 'at'>): void;
  requests(): readonly LoggedRequest[];
  forget(): void;
  /** Delays each request of a server by `latency`. */
  slow(): MiddlewareHandler;
}

const mostLogged = 10_000;

/** Controls with nothing armed. The log keeps the newest ten thousand requests. */
export function createControls(options: { latency: number }): Controls {
  let log: LoggedRequest[] = [];
  const controls: Controls = {
    faults: createFaults(),
    limits: {},
    latency: options.latency,
    log: (request) => {
      if (log.length >= mostLogged) log = log.slice(mostLogged / 2);
      log.push({ at: new Date().toISOString(), ...request });
    },
    requests: () => log,
    forget: () => {
      log = [];
    },
    slow: () => async (_c, next) => {
      if (controls.latency > 0) await delay(controls.latency);
      await next();
    },
  };
  return controls;
}
