import { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { errorBody } from '../scim/errors.ts';

const schema = v.strictObject({
  server: v.picklist(['graph', 'scim', 'login']),
  method: v.optional(v.pipe(v.string(), v.toUpperCase())),
  /** Regular expression, asked of path and query. */
  path: v.pipe(
    v.string(),
    v.check((text) => isExpression(text), 'not a regular expression'),
  ),
  /** Which matching request is the first to fail, counted from 1. */
  nth: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), 1),
  /** How many fail from there on; 0 = all. */
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 1),
  /** `before`: the request does nothing. `after`: it takes effect, then its answer is lost. */
  when: v.optional(v.picklist(['before', 'after']), 'before'),
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  headers: v.optional(v.record(v.string(), v.string()), {}),
  /** Answered as JSON. */
  body: v.optional(v.unknown()),
  /** Microsoft Graph's or OAuth's error code, put into the error when no body is given. */
  code: v.optional(v.string()),
  /** Closes the connection without an answer. */
  drop: v.optional(v.boolean(), false),
  /** Waits in real time: before the request takes effect or after it, as `when` says. */
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0)), 0),
  /** Answers JSON that breaks off. */
  malformed: v.optional(v.boolean(), false),
});

/** A scripted fault, as `POST /faults` takes it. */
export type Fault = v.InferOutput<typeof schema>;
export type FaultServer = Fault['server'];

interface Armed {
  readonly fault: Fault;
  readonly path: RegExp;
  seen: number;
}

/** The faults that are armed, and the middleware that makes them happen. */
export interface Faults {
  /** Reads and arms a fault; throws with a sentence when it can't be read. */
  add(fault: unknown): Fault;
  clear(): void;
  list(): readonly { readonly fault: Fault; readonly seen: number }[];
  middleware(server: FaultServer): MiddlewareHandler;
}

/** No fault armed. */
export function createFaults(): Faults {
  let armed: Armed[] = [];
  const hit = (server: FaultServer, method: string, path: string): Fault | undefined => {
    let found: Fault | undefined;
    for (const one of armed) {
      const { fault } = one;
      if (fault.server !== server || (fault.method ?? method) !== method || !one.path.test(path)) continue;
      one.seen++;
      const over = fault.times > 0 && one.seen >= fault.nth + fault.times;
      if (one.seen >= fault.nth && !over) found ??= fault;
    }
    return found;
  };
  return {
    add: (given) => {
      const fault = v.parse(schema, given);
      armed.push({ fault, path: new RegExp(fault.path), seen: 0 });
      return fault;
    },
    clear: () => {
      armed = [];
    },
    list: () => armed.map(({ fault, seen }) => ({ fault, seen })),
    middleware: (server) => async (c, next) => {
      const { pathname, search } = new URL(c.req.url);
      const fault = hit(server, c.req.method, `${pathname}${search}`);
      if (!fault) return next();
      const onlySlow = !fault.drop && !fault.malformed && fault.status === undefined;
      if (fault.when === 'before') await delay(fault.delayMs);
      if (fault.when === 'after' || onlySlow) await next();
      if (fault.when === 'after') await delay(fault.delayMs);
      if (!onlySlow) c.res = answerOf(fault, () => dropConnection(c.env));
      return undefined;
    },
  };
}

function answerOf(fault: Fault, drop: () => void): Response {
  if (fault.drop) {
    drop();
    return new Response(null, { status: 504 });
  }
  const type = fault.server === 'scim' ? 'application/scim+json' : 'application/json';
  const headers = new Headers({ 'Content-Type': type, ...fault.headers });
  const status = fault.status ?? 200;
  if (fault.malformed) return new Response('{"value":[{"id":"', { status, headers });
  if (status === 204) return new Response(null, { status, headers: fault.headers });
  return new Response(JSON.stringify(fault.body ?? bodyOf(fault, status)), { status, headers });
}

const sentence = 'A fault that the control server was told to make.';

/** An error as the faulted server writes its own: Graph's envelope, AWS's shape of a SCIM error, or OAuth's. */
function bodyOf(fault: Fault, status: number): Record<string, unknown> {
  switch (fault.server) {
    case 'graph':
      return { error: { code: fault.code ?? 'UnknownError', message: sentence } };
    case 'scim':
      return errorBody({ status, message: sentence }, Date.now());
    case 'login':
      return { error: fault.code ?? 'temporarily_unavailable', error_description: sentence };
  }
}

/** A part of a batch has no connection of its own: it gets the 504 that stands behind this. */
function dropConnection(env: unknown): void {
  if (typeof env !== 'object' || env === null || !('incoming' in env)) return;
  const { incoming } = env;
  if (incoming instanceof IncomingMessage) incoming.socket.destroy();
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
