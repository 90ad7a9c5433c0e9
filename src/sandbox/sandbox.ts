import { resolve } from 'node:path';
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
import { createContext } from './login/context.ts';
import { newLoginMemory } from './login/memory.ts';
import { createLoginApp } from './login/server.ts';
import { createKeys, exportKeys } from './login/tokens.ts';
import { behind, observed, telling } from './middleware.ts';
import type { SandboxOptions } from './options.ts';
import { createHarbour } from './ports.ts';
import type { Served } from './ports.ts';
import { tenantsOf } from './presets/presets.ts';
import { createProvisioning } from './provisioning/service.ts';
import { noLag } from './replication/lag.ts';
import { replaceFile } from './saved/file.ts';
import { moveScim } from './saved/moveScim.ts';
import { writeSaved } from './saved/savedState.ts';
import { openStateFile } from './saved/stateFile.ts';
import type { StateFile } from './saved/stateFile.ts';
import { createScimApp } from './scim/server.ts';
import type { SandboxState } from './state.ts';
import { dispatch, firstSegment, tenantOfToken } from './tenants/dispatch.ts';
import { createLoginGate } from './tenants/loginGate.ts';
import { freshStates, loadedStates } from './tenants/states.ts';
import type { App, Tenancy } from './tenants/tenancy.ts';

/** A running sandbox. */
export interface Sandbox {
  readonly line: SandboxLine;
  /** The first tenant. */
  readonly state: SandboxState;
  /** Every tenant, the first one too. */
  readonly tenants: readonly Tenancy[];
  readonly clock: RunningClock;
  /** Saves the state where one is kept; what happens later is not kept. */
  save(): Promise<void>;
  /** Saves the state where one is kept, and ends every server and timer. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/**
 * Makes the tenants of a preset, or goes on with saved ones, and starts Microsoft Graph, the login server, SCIM, Kiro's
 * consoles, the control server and DNS. `warn` gets a sentence when a state can't be loaded or saved.
 */
export async function startSandbox(
  options: Partial<SandboxOptions> = {},
  warn: (sentence: string) => void = (sentence) => process.emitWarning(sentence),
): Promise<Sandbox> {
  const file = options.state === undefined ? undefined : await openStateFile(resolve(options.state), warn);
  const running: { close(): Promise<void> }[] = [];
  let changes = 0;
  const changed = (): void => {
    changes++;
    file?.touch();
  };
  const clock = createClock({
    rate: options.clock ?? 1,
    ahead: file?.saved?.clockAhead ?? 0,
    onTurn: () => changed(),
  });
  const save = async (): Promise<void> => file?.finish();
  const close = async (): Promise<void> => {
    // What clients miss once the servers close must not be taken for the tenant's state.
    const saved = save();
    clock.stop();
    await Promise.all([saved, ...running.map((server) => server.close())]);
    await file?.release();
  };
  try {
    return {
      ...(await start({ options, clock, file, running, changed, changes: () => changes })),
      clock,
      save,
      close,
    };
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
  /** Tells that something may have changed. */
  readonly changed: () => void;
  /** How often that was told. */
  readonly changes: () => number;
}): Promise<Pick<Sandbox, 'line' | 'state' | 'tenants'>> {
  const { options, clock, file, running, changed, changes } = context;
  const saved = file?.saved;
  const preset = saved?.preset ?? options.preset ?? 'blank';
  const plans = saved ? [] : tenantsOf(preset, options.users ?? 0);
  const { cloud = 'global', premium = true, unlicensedGroups = 'inert' } = options;
  const states = saved
    ? loadedStates(saved, clock)
    : freshStates(plans, { clock, cloud, premium, unlicensedGroups });
  const [state] = states;
  if (!state) throw new Error('A sandbox needs a tenant.');
  const keys = saved?.keys ?? (await createKeys());
  const controls = createControls({ latency: options.latency ?? 0 });
  const slow = controls.slow();

  const authority = options.https ? await createAuthority() : undefined;
  if (authority) running.push({ close: () => authority.remove() });
  const harbour = createHarbour({
    first: options.port ?? 0,
    last: saved?.ports,
    certificate: authority?.server,
    running,
  });
  const told = telling(changed);
  const serve = (name: Served, app: App): Promise<string> => harbour.serve(name, behind([told], app));

  const guarded = states.map((one, index) => {
    const login = createContext(one, keys, saved?.tenants[index]?.login ?? newLoginMemory());
    return { state: one, login, loginApp: createLoginApp(login), scimApp: createScimApp(one) };
  });
  const [alone] = guarded.length === 1 ? guarded : [];
  const gate = alone?.loginApp ?? createLoginGate(guarded);
  const loginOrigin = await serve('login', observed('login', gate, controls));
  const scim = dispatch(
    guarded.map(({ scimApp }) => scimApp),
    (request) => guarded.find((one) => one.state.kiro.scimTenant === firstSegment(request))?.scimApp,
  );
  const scimOrigin = await serve('scim', observed('scim', scim, controls));
  const dns = await harbour.place('dns', (port) =>
    startDnsServer(state.dns, {
      host,
      port,
      resolverPort: harbour.demanded('resolver'),
      now: () => clock.now(),
    }),
  );
  running.push(dns);
  const dohOrigin = await harbour.serve('doh', createDohApp(dns));
  for (const one of states) {
    Object.assign(one.origins, { login: loginOrigin, scim: scimOrigin });
    if (saved) moveScim(one.tenant, saved.scimOrigin, scimOrigin);
  }
  const tenants: Tenancy[] = guarded.map((one, index) => {
    // A cycle that is due runs at once: from here on it finds its endpoint.
    const provisioning = createProvisioning(one.state, saved?.tenants[index]?.memories);
    const graphApp = createGraphApp({
      state: one.state,
      keys,
      signIns: one.login.memory,
      provisioning,
      limits: controls.limits,
      onRequest: controls.faults.middleware('graph'),
      onAnswer: (answer) => {
        controls.log({ server: 'graph', ...answer });
      },
    });
    return { ...one, provisioning, graphApp };
  });
  const graph = dispatch(
    tenants.map(({ graphApp }) => graphApp),
    (request) => {
      const id = tenantOfToken(request);
      return tenants.find((one) => one.state.tenant.id === id)?.graphApp;
    },
  );
  const graphOrigin = await serve('graph', behind([slow], graph));
  for (const [index, tenancy] of tenants.entries()) {
    tenancy.state.origins.graph = graphOrigin;
    // Some presets provision by the servers above; the console then finds a profile whose clocks it keeps.
    await plans[index]?.setUp(tenancy);
    // What a preset made counts as made long ago.
    tenancy.state.replication.lag = options.lag ?? noLag;
    const console = behind([slow], createKiroApp(tenancy.state, tenancy.provisioning));
    tenancy.state.origins.kiro = await serve(index === 0 ? 'console' : index - 1, console);
  }

  const key = await exportKeys(keys);
  const pieces = (): Iterable<string> =>
    writeSaved(
      {
        preset,
        clockAhead: clock.ahead(),
        ports: harbour.ports(),
        scimOrigin,
        dns: state.dns,
        tenants: tenants.map(({ state: { tenant, kiro }, login, provisioning }) => ({
          tenant,
          kiro,
          login: login.memory,
          memories: provisioning.memories(),
        })),
      },
      key,
    );
  const saveAs = (name: string): Promise<void> => replaceFile(name, pieces, changes);
  const controlApps = tenants.map((one) => createControlApp({ ...one, clock, controls, dns, saveAs }));
  const control = dispatch(controlApps, (request) => {
    const id = new URL(request.url).searchParams.get('tenant');
    if (id === null) return undefined;
    const index = tenants.findIndex((one) => one.state.tenant.id === id);
    return controlApps[index] ?? noTenant;
  });
  const controlOrigin = await serve('control', control);
  for (const one of states) one.origins.control = controlOrigin;
  file?.keep(pieces);
  const caFile = authority?.caFile;
  return { line: await lineOf({ states, keys, preset, dns, dohOrigin, caFile }), state, tenants };
}

const noTenant: App = {
  fetch: () => Response.json({ error: 'The sandbox has no tenant of this id.' }, { status: 404 }),
};
