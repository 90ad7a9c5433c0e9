import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { installServer } from './install.ts';
import type { Release, ServerInstallation } from './install.ts';
import { startKeyProxy } from './keyProxy.ts';

const run = promisify(execFile);

/** A running VS Code server; the workbench is the page at its address. */
export interface VsCodeServer {
  /** `http://127.0.0.1:PORT`. */
  readonly address: string;
  /** Folder of its data: settings, extensions, and what extensions keep. */
  readonly data: string;
  /** The address of the workbench with a folder open. */
  workbench(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** A `vscode-remote:` address of a file, as the development payload wants it. */
  remote(path: string): string;
  /** All that the server has printed. */
  log(): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly release?: Release;
  /** VS Code user settings on top of quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine that the server runs on: those of machine scope count there only. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Packaged extensions to install before the start. */
  readonly vsix?: readonly string[];
  /** Called with the folder of the installed extensions before the start. */
  readonly onInstalled?: (extensions: string) => Promise<void>;
  /** Reaches the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Any free one unless given. */
  readonly port?: number;
  /**
   * The page's payload may name extensions under development and a suite: the web client listens to it only with the
   * smoke test driver, which on the other hand hides every notification.
   */
  readonly development?: boolean;
}

const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'security.workspace.trust.enabled': false,
};

/** Installs what is missing, starts a server with empty user data of its own, and waits until it answers. */
export async function startServer(options: ServerOptions = {}): Promise<VsCodeServer> {
  const installation = await installServer(options.release ?? 'newest');
  const data = await mkdtemp(join(tmpdir(), 'kiro-connect-vscode-'));
  await mkdir(join(data, 'data', 'User'), { recursive: true });
  const settings = JSON.stringify({ ...quiet, ...options.settings }, undefined, 2);
  await writeFile(join(data, 'data', 'User', 'settings.json'), settings);
  await mkdir(join(data, 'data', 'Machine'));
  await writeFile(
    join(data, 'data', 'Machine', 'settings.json'),
    JSON.stringify(options.machineSettings ?? {}),
  );
  const base = [
    '--server-data-dir',
    data,
    '--extensions-dir',
    join(data, 'extensions'),
    '--accept-server-license-terms',
  ];
  for (const vsix of options.vsix ?? []) {
    await run(installation.node, [...serverMain(installation), ...base, '--install-extension', vsix], {
      env: environment({}),
    });
  }
  await options.onInstalled?.(join(data, 'extensions'));
  const lines: string[] = [];
  const driver = options.development === true ? ['--enable-smoke-test-driver'] : [];
  const child = launch(installation, [...base, ...driver], options.env ?? {});
  const port = await listening(child, lines);
  const proxy = await startKeyProxy(port, { port: options.port ?? 0 });
  const authority = new URL(proxy.address).host;
  const remote = (path: string) => `vscode-remote://${authority}${path}`;
  return {
    address: proxy.address,
    data,
    remote,
    workbench: (folder, payload = []) =>
      `${proxy.address}/?${new URLSearchParams({ folder, payload: JSON.stringify(payload) }).toString()}`,
    log: () => lines.join('\n'),
    stop: async () => {
      await proxy.stop();
      await end(child);
      await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function launch(
  installation: ServerInstallation,
  base: readonly string[],
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const args = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--without-connection-token',
    '--telemetry-level',
    'off',
  ];
  const child = spawn(installation.node, [...serverMain(installation), ...base, ...args], {
    env: environment(env),
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  process.once('exit', () => signal(child, 'SIGKILL'));
  return child;
}

function serverMain({ folder }: ServerInstallation): readonly string[] {
  return [join(folder, 'out', 'server-main.js')];
}

/** This process's environment without what would make the server believe that it runs inside another VS Code. */
function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name),
  );
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...extra };
}

async function listening(child: ChildProcess, lines: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue;
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
        if (port) resolve(Number(port));
      });
    }
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`VS Code's server ended with ${code ?? 'a signal'}:\n${lines.join('\n')}`)),
    );
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  signal(child, 'SIGTERM');
  const force = setTimeout(() => signal(child, 'SIGKILL'), 5000);
  await exited;
  clearTimeout(force);
  signal(child, 'SIGKILL');
}

/** To the server and all that it started, extension hosts too. */
function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, name);
  } catch {
    // It has ended already.
  }
}
