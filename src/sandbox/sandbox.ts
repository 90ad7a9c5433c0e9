import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { tokenOf } from './accessToken.ts';
import { createAuthority } from './certificates.ts';
import { createClock } from './clock.ts';
import type { RunningClock } from './clock.ts';
import { createControlApp } from './control/app.ts';
import { createControls } from './control/controls.ts';
import type { Controls } from './control/controls.ts';
import { startDnsServer } from './dns/server.ts';
import { createGraphApp } from './graph/app.ts';
import { listen } from './listen.ts';
import { createLoginApp } from './login/server.ts';
import { createKeys } from './login/tokens.ts';
import type { SandboxOptions } from './options.ts';
import { applyPreset } from './presets/presets.ts';
import type { PresetName } from './presets/presets.ts';
import { createProvisioning } from './provisioning/service.ts';
import { createScimApp } from './scim/server.ts';
import { createKiroApp } from './kiro/server.ts';
import type { SandboxState } from './state.ts';
import { createState } from './tenant/createState.ts';

/** What a sandbox tells about itself on its first line. No address ends in a slash. */
export interface SandboxLine {
  /** Ends in `/v1.0`. */
  readonly graph: string;
  /** The authority without tenant. */
  readonly login: string;
  /** Ends in `/scim/v2`. */
  readonly scim: string;
  readonly console: string;
  readonly control: string;
  readonly dns: { readonly host: string; readonly port: number };
  readonly tenantId: string;
  readonly accounts: readonly {
    readonly userPrincipalName: string;
    readonly password: string;
    readonly roles: readonly string[];
  }[];
  /** Delegated token of the Global Administrator for Microsoft Graph, valid a day. */
  readonly accessToken: string;
  readonly preset: PresetName;
  /** Certificate authority as PEM, with `--https`. */
  readonly caFile?: string;
}

/** A running sandbox tenant. */
export interface Sandbox {
  readonly line: SandboxLine;
  readonly state: SandboxState;
  readonly clock: RunningClock;
  /** Ends every server and timer. */
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Makes a tenant and starts Microsoft Graph, the login server, SCIM, Kiro's console, the control server and DNS. */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const clock = createClock({ rate: options.clock ?? 1 });
  const state = createState({
    clock,
    extraUsers: options.users ?? 0,
    premium: options.premium ?? true,
  });
  const keys = await createKeys();
  const controls = createControls({ latency: options.latency ?? 0 });
  const provisioning = createProvisioning(state);
  const graph = createGraphApp({
    state,
    keys,
    provisioning,
    onRequest: controls.faults.middleware('graph'),
    onAnswer: (answer) => {
      controls.log({ server: 'graph', ...answer });
    },
  });

  const preset = options.preset ?? 'blank';
  const first = options.port ?? 0;
  const at = (offset: number) => ({ port: first === 0 ? 0 : first + offset });
  const authority = options.https ? await createAuthority() : undefined;
  const running: { close(): Promise<void> }[] = [];
  const serve = async (app: Hono, offset: number): Promise<string> => {
    const listening = await listen(app, {
      ...at(offset),
      ...(authority ? { certificate: authority.server } : {}),
    });
    running.push(listening);
    return listening.origin;
  };
  try {
    const slow = controls.slow();
    state.origins.graph = await serve(behind([slow], graph), 0);
    state.origins.login = await serve(observed('login', createLoginApp(state, keys), controls), 1);
    state.origins.scim = await serve(observed('scim', createScimApp(state), controls), 2);
    const dns = await startDnsServer(state.dns, { host, ...at(5) });
    running.push(dns);
    // Some presets provision by the servers above; the console then finds a profile whose clocks it keeps.
    await applyPreset(preset, { state, provisioning });
    state.origins.kiro = await serve(behind([slow], createKiroApp(state)), 3);
    state.origins.control = await serve(createControlApp({ state, clock, controls, provisioning }), 4);
    return {
      line: {
        graph: `${state.origins.graph}/v1.0`,
        login: state.origins.login,
        scim: `${state.origins.scim}/${state.kiro.scimTenant}/scim/v2`,
        console: state.origins.kiro,
        control: state.origins.control,
        dns: { host, port: dns.port },
        tenantId: state.tenant.id,
        accounts: state.tenant.accounts.map(({ userPrincipalName, password, roles }) => ({
          userPrincipalName,
          password,
          roles,
        })),
        accessToken: await tokenOf('Global Administrator', { state, keys }),
        preset,
        ...(authority ? { caFile: authority.caFile } : {}),
      },
      state,
      clock,
      close: async () => {
        clock.stop();
        await Promise.all([authority?.remove(), ...running.map((server) => server.close())]);
      },
    };
  } catch (error) {
    clock.stop();
    await Promise.all([authority?.remove(), ...running.map((server) => server.close())]);
    throw error;
  }
}

/** Puts middleware before an app that knows nothing of it. */
function behind(middleware: MiddlewareHandler[], app: { fetch: Hono['fetch'] }): Hono {
  const outer = new Hono();
  for (const handler of middleware) outer.use(handler);
  outer.all('*', (c) => app.fetch(c.req.raw, c.env));
  return outer;
}

/** An app whose requests are logged, delayed and may be made to fail. */
function observed(server: 'scim' | 'login', app: Hono, controls: Controls): Hono {
  const log: MiddlewareHandler = async (c, next) => {
    await next();
    const { pathname, search } = new URL(c.req.url);
    const path = server === 'login' ? pathname : `${pathname}${search}`;
    controls.log({ server, method: c.req.method, path, status: c.res.status, inBatch: false });
  };
  return behind([log, controls.slow(), controls.faults.middleware(server)], app);
}
