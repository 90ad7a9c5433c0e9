import { Hono } from 'hono';
import * as v from 'valibot';
import { lagNamed } from '../replication/lag.ts';
import type { Lag } from '../replication/lag.ts';

const milliseconds = v.pipe(v.number(), v.minValue(0));

const named = v.strictObject({
  lag: v.pipe(
    v.union([v.string(), milliseconds]),
    v.transform((lag) => lagNamed(String(lag))),
    v.check((lag) => lag !== undefined, 'the lag is none, realistic, or milliseconds'),
  ),
});

const single = v.strictObject({
  objects: v.optional(milliseconds),
  lists: v.optional(milliseconds),
  templates: v.optional(milliseconds),
  targets: v.optional(milliseconds),
  logs: v.optional(milliseconds),
});

/**
 * `GET /lag`, and `POST /lag` with `{"lag": "none" | "realistic" | MS}`, or with milliseconds for some of the readers.
 * What reads have seen they go on seeing.
 */
export function lagRoutes(replication: { lag: Lag }): Hono {
  const routes = new Hono();
  routes.get('/lag', (c) => c.json(replication.lag));
  routes.post('/lag', async (c) => {
    const body: unknown = await c.req.json();
    const isNamed = typeof body === 'object' && body !== null && 'lag' in body;
    const change = isNamed ? v.parse(named, body).lag : given(body);
    replication.lag = { ...replication.lag, ...change };
    return c.json(replication.lag);
  });
  return routes;
}

function given(body: unknown): Partial<Lag> {
  const lag = v.parse(single, body);
  return Object.fromEntries(Object.entries(lag).filter(([, value]) => value !== undefined));
}
