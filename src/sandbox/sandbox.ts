import { resolve } from 'node:path';
import type { Hono } from 'hono';
import { createAuthority } from './certificates.ts';
import { createClock } from './clock.ts';
import type { RunningClock } from './clock.ts';
import { createControlApp } from './control/app.ts';
import { createControls } from './control/controls.ts';
import { createDohApp } from './dns/doh.ts';
import { startDnsServer } from './dns/server.ts';
import { createGraphApp } from './graph/app.ts';
import { createKiroApp } from './kiro/server.ts';
import { lineOf } from './line.ts';
import type { SandboxLine } from './line.ts';
import { listen } from './listen.ts';
import { newLoginMemory } from './login/context.ts';
import { createLoginApp } from './login/server.ts';
import { createKeys, exportKeys } from './login/tokens.ts';
import { behind, observed, telling } from './middleware.ts';
import type { SandboxOptions } from './options.ts';
import { applyPreset } from './presets/presets.ts';
import { createProvisioning } from './provisioning/service.ts';
import { moveScim } from './saved/moveScim.ts';
import { writeSaved } from './saved/savedState.ts';
import type { Ports, SavedState } from './saved/savedState.ts';
import { openStateFile } from './saved/stateFile.ts';
import type { StateFile } from './saved/stateFile.ts';
import { noLag } from './replication/lag.ts';
import { createReplication } from './replication/replication.ts';
import { createScimApp } from './scim/server.ts';
import type { SandboxState } from './state.ts';
import { createState } from './tenant/createState.ts';

/** A running sandbox tenant. */
export interface Sandbox {
  readonly line: SandboxLine;
  readonly state: SandboxState;
  readonly clock: RunningClock;
  /** Saves the state where one is kept, and ends every server and timer. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * Makes a tenant, or goes on with a saved one, and starts Microsoft Graph, the login server, SCIM, Kiro's console, the
 * control server and DNS. `warn` gets a sentence when a state can't be loaded or saved.
 */
export async function startSandbox(
  options: Partial<SandboxOptions> = {},
  warn: (sentence: string) => void = (sentence) => process.emitWarning(sentence),
): Promise<Sandbox> {
  const file = options.state === undefined ? undefined : await openStateFile(resolve(options.state), warn);
  const running: { close(): Promise<void> }[] = [];
  const clock = createClock({
    rate: options.clock ?? 1,
    ahead: file?.saved?.clockAhead ?? 0,
    onTurn: () => file?.touch(),
  });
  const close = async (): Promise<void> => {
    // What clients miss once the servers close must not be taken for the tenant's state.
    const saved = file?.finish();
    clock.stop();
    await Promise.all([saved, ...running.map((server) => server.close())]);
    await file?.release();
  };
  try {
    return { ...(await start({ options, clock, file, running })), clock, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function start(context: {
  readonly options: Partial<SandboxOptions>;
  readonly clock: RunningClock;
  readonly file: StateFile | undefined;
  readonly running: { close(): Promise<void> }[];
}): Promise<Pick<Sandbox, 'line' | 'state'>> {
  const { options, clock, file, running } = context;
  const saved = file?.saved;
  const state = saved
    ? loadedState(saved, clock)
    : createState({
        clock,
        extraUsers: options.users ?? 0,
        premium: options.premium ?? true,
        unlicensedGroups: options.unlicensedGroups ?? 'inert',
      });
  const keys = saved?.keys ?? (await createKeys());
  const login = saved?.login ?? newLoginMemory();
  const controls = createControls({ latency: options.latency ?? 0 });
  const preset = saved?.preset ?? options.preset ?? 'blank';
  const slow = controls.slow();
  const changes = telling(() => file?.touch());

  const authority = options.https ? await createAuthority() : undefined;
  if (authority) running.push({ close: () => authority.remove() });
  const certificate = authority ? { certificate: authority.server } : {};
  const ports = { graph: 0, login: 0, scim: 0, console: 0, control: 0, dns: 0 };
  const first = options.port ?? 0;
  const serve = async (name: keyof Ports, app: Hono): Promise<string> => {
    const listening = await at(wantedPort(name, first, saved?.ports), (port) =>
      listen(behind([changes], app), { port, ...certificate }),
    );
    running.push(listening);
    ports[name] = listening.port;
    return listening.origin;
  };

  state.origins.login = await serve('login', observed('login', createLoginApp(state, keys, login), controls));
  state.origins.scim = await serve('scim', observed('scim', createScimApp(state), controls));
  const dns = await at(wantedPort('dns', first, saved?.ports), (port) =>
    startDnsServer(state.dns, {
      host,
      port,
      resolverPort: first === 0 ? 0 : first + order.length,
      now: () => clock.now(),
    }),
  );
  running.push(dns);
  ports.dns = dns.port;
  const dohPort = first === 0 ? 0 : first + order.length + 1;
  const doh = await listen(createDohApp(dns), { port: dohPort, ...certificate });
  running.push(doh);
  if (saved) moveScim(state.tenant, saved.scimOrigin, state.origins.scim);
  // A cycle that is due runs at once: from here on it finds its endpoint.
  const provisioning = createProvisioning(state, saved?.memories);
  const graph = createGraphApp({
    state,
    keys,
    provisioning,
    limits: controls.limits,
    onRequest: controls.faults.middleware('graph'),
    onAnswer: (answer) => {
      controls.log({ server: 'graph', ...answer });
    },
  });
  state.origins.graph = await serve('graph', behind([slow], graph));
  // Some presets provision by the servers above; the console then finds a profile whose clocks it keeps.
  if (!saved) await applyPreset(preset, { state, provisioning });
  // What a preset made counts as made long ago.
  state.replication.lag = options.lag ?? noLag;
  state.origins.kiro = await serve('console', behind([slow], createKiroApp(state)));

  const key = await exportKeys(keys);
  const text = (): string => {
    const { tenant, kiro, dns: zones, origins } = state;
    const memories = provisioning.memories();
    const clockAhead = clock.ahead();
    return writeSaved(
      { preset, clockAhead, ports, scimOrigin: origins.scim, tenant, kiro, dns: zones, login, memories },
      key,
    );
  };
  state.origins.control = await serve(
    'control',
    createControlApp({ state, clock, controls, provisioning, dns, saved: text }),
  );
  file?.keep(text);
  const caFile = authority?.caFile;
  const line = await lineOf({ state, keys, preset, dns, dohOrigin: doh.origin, caFile });
  return { line, state };
}

function loadedState({ tenant, kiro, dns }: SavedState, clock: RunningClock): SandboxState {
  const replication = createReplication(tenant, clock, noLag);
  return {
    clock,
    tenant,
    replication,
    kiro,
    dns,
    origins: { graph: '', login: '', kiro: '', scim: '', control: '' },
  };
}

/** Servers in the order of their ports from `--port` on. */
const order: readonly (keyof Ports)[] = ['graph', 'login', 'scim', 'console', 'control', 'dns'];

/** A port that was asked for, or else the one of the last start, which is only a wish. */
function wantedPort(
  name: keyof Ports,
  first: number,
  last: Ports | undefined,
): { readonly port: number; readonly demanded: boolean } {
  if (first === 0) return { port: last?.[name] ?? 0, demanded: false };
  return { port: first + order.indexOf(name), demanded: true };
}

/** Where a wish can't be met, any port that is free. */
async function at<T>(
  wanted: { readonly port: number; readonly demanded: boolean },
  serve: (port: number) => Promise<T>,
): Promise<T> {
  if (wanted.demanded || wanted.port === 0) return serve(wanted.port);
  return serve(wanted.port).catch(() => serve(0));
}
