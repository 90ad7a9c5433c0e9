import { extname, isAbsolute } from 'node:path';
import { Hono } from 'hono';
import * as v from 'valibot';
import { ProvisioningError } from '../provisioning/types.ts';
import type { Provisioning } from '../provisioning/types.ts';
import type { RunningClock } from '../clock.ts';
import type { LoginMemory } from '../login/memory.ts';
import { signInControl } from '../login/signInControl.ts';
import type { SandboxState } from '../state.ts';
import type { DnsServer } from '../dns/server.ts';
import type { Controls } from './controls.ts';
import { addDnsRoutes } from './dns.ts';
import { dumpKiro, dumpState } from './dump.ts';
import { lagRoutes } from './lag.ts';

export interface ControlDeps {
  readonly state: SandboxState;
  readonly clock: RunningClock;
  readonly controls: Controls;
  readonly provisioning: Provisioning;
  readonly login: { readonly memory: LoginMemory };
  readonly dns: DnsServer;
  /** Writes the whole state as `--state` loads it, secrets too. */
  readonly saveAs: (file: string) => Promise<void>;
}

const whole = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)));
/** What of the provisioning service may be turned; see `provisioning/behaviour.ts`. */
const behaviour = v.strictObject({
  thresholds: v.optional(
    v.strictObject({
      fewest: whole,
      proportion: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      base: whole,
      total: whole,
    }),
  ),
  onDemandShape: v.optional(v.picklist(['A', 'B'])),
});
const milliseconds = v.pipe(v.number(), v.minValue(0));
const amount = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
/** What is left out is as documented again. */
const limits = v.strictObject({ resourceUnits: amount, writes: amount });
const file = v.pipe(
  v.string(),
  v.check((path) => isAbsolute(path) && extname(path) === '.json', 'an absolute path that ends in .json'),
);

/**
 * The sandbox's control server: the clock, faults, latency, the log of requests, and the state to look at or save. It is
 * for tests and people at the terminal: pages in a browser are refused.
 */
export function createControlApp(deps: ControlDeps): Hono {
  const { state, clock, controls } = deps;
  const app = new Hono();
  const moment = (): Record<string, unknown> => {
    const now = clock.now();
    return { now, iso: new Date(now).toISOString(), rate: clock.rate };
  };

  app.use(async (c, next) => {
    const host = (c.req.header('host') ?? '').replace(/:\d+$/, '');
    if (!['127.0.0.1', 'localhost', 'sandbox.localhost'].includes(host) || c.req.header('origin'))
      return c.json({ error: 'The control server answers programs on this machine only.' }, 403);
    const typed = /^application\/json\b/i.test(c.req.header('content-type') ?? '');
    if (c.req.method === 'POST' && !typed)
      return c.json({ error: 'Send JSON with Content-Type: application/json.' }, 415);
    return next();
  });
  app.onError((error, c) => {
    if (error instanceof ProvisioningError && error.status === 404)
      return c.json({ error: error.message }, 404);
    if (error instanceof v.ValiError || error instanceof SyntaxError)
      return c.json({ error: `The request can't be read: ${error.message}.` }, 400);
    return c.json({ error: `The sandbox failed: ${error.message}` }, 500);
  });
  app.notFound((c) => c.json({ error: `The control server has no ${c.req.method} ${c.req.path}.` }, 404));

  app.get('/state', (c) => c.json(dumpState(state)));
  app.post('/state/save', async (c) => {
    const body = v.parse(v.strictObject({ file }), await c.req.json());
    await deps.saveAs(body.file);
    return c.json({ file: body.file });
  });
  app.get('/kiro', (c) => c.json(dumpKiro(state)));
  addDnsRoutes(app, state, deps.dns);

  app.get('/clock', (c) => c.json(moment()));
  app.post('/clock', async (c) => {
    const { advance } = v.parse(v.strictObject({ advance: milliseconds }), await c.req.json());
    await clock.advance(advance);
    return c.json(moment());
  });
  app.post('/cycle', async (c) => {
    const { servicePrincipalId } = v.parse(
      v.strictObject({ servicePrincipalId: v.string() }),
      await c.req.json(),
    );
    await deps.provisioning.runCycle(servicePrincipalId);
    return c.json({ job: state.tenant.synchronization.get(servicePrincipalId)?.job?.status ?? null });
  });

  app.post('/provisioning', async (c) =>
    c.json(deps.provisioning.behaviour(v.parse(behaviour, await c.req.json()))),
  );
  app.get('/faults', (c) => c.json(controls.faults.list()));
  app.post('/faults', async (c) => c.json(controls.faults.add(await c.req.json()), 201));
  app.delete('/faults', (c) => {
    controls.faults.clear();
    return c.body(null, 204);
  });
  app.post('/latency', async (c) => {
    const body = v.parse(v.strictObject({ milliseconds }), await c.req.json());
    controls.latency = body.milliseconds;
    return c.json(body);
  });

  app.get('/throttle', (c) => c.json(controls.limits));
  app.post('/throttle', async (c) => {
    const { resourceUnits, writes } = v.parse(limits, await c.req.json());
    Object.assign(controls.limits, { resourceUnits, writes });
    return c.json(controls.limits);
  });
  app.route('/', signInControl({ state, memory: deps.login.memory }));
  app.route('/', lagRoutes(state.replication));

  app.get('/requests', (c) => {
    const server = c.req.query('server');
    return c.json(controls.requests().filter((one) => server === undefined || one.server === server));
  });
  app.delete('/requests', (c) => {
    controls.forget();
    return c.body(null, 204);
  });
  return app;
}
