import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode-server/browser.ts';
import { startServer } from '../vscode-server/server.ts';
import type { VsCodeServer } from '../vscode-server/server.ts';
import { runSuite } from '../vscode-server/suite.ts';
import type { Reading } from './probe.ts';

/** Medians over the rounds, in milliseconds; and the most that any round read from disk, in thousands of bytes. */
export interface Activation {
  readonly ms: number;
  readonly emptyMs: number;
  readonly kilobytes: number;
}

const run = promisify(execFile);
const vsce = join(import.meta.dirname, '..', '..', 'node_modules', '@vscode', 'vsce', 'vsce');
const rounds = 5;

/**
 * Times the activation of a packaged extension in a real extension host: on a copy whose manifest has no activation
 * events, no view open, after 4 s of idling, beside an empty extension in the same host. A host serves one round.
 */
export async function measureActivation(vsix: string): Promise<Activation> {
  const folder = await mkdtemp(join(tmpdir(), 'kiro-connect-bench-'));
  const readings = join(folder, 'readings');
  await mkdir(readings);
  await bundleProbe(join(folder, 'probe'));
  const server = await startServer({
    vsix: [vsix, await packageEmptyExtension(join(folder, 'empty'))],
    onInstalled: removeActivationEvents,
    development: true,
    env: { KIRO_CONNECT_BENCH: readings },
  });
  const browser = await launchBrowser();
  try {
    for (let round = 0; round < rounds; round++) await runRound(server, browser, folder);
    return summarise(await readAll(readings));
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runRound(server: VsCodeServer, browser: Browser, folder: string): Promise<void> {
  const lines: string[] = [];
  const code = await runSuite(server, browser, {
    folder: join(folder, 'readings'),
    extensions: [join(folder, 'probe')],
    tests: join(folder, 'probe', 'probe.cjs'),
    onLine: (line) => lines.push(line),
    limit: 60_000,
  });
  if (code !== 0) throw new Error(`The probe failed:\n${lines.slice(-20).join('\n')}`);
}

/** VS Code has unpacked the copy already; nothing has read it yet. */
async function removeActivationEvents(extensions: string): Promise<void> {
  const folder = (await readdir(extensions)).find((name) =>
    name.startsWith('kiro-connect.kiro-connect-entra-'),
  );
  if (folder === undefined) throw new Error('VS Code did not install the extension');
  const path = join(extensions, folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { activationEvents?: unknown };
  delete manifest.activationEvents;
  await writeFile(path, JSON.stringify(manifest));
}

async function packageEmptyExtension(folder: string): Promise<string> {
  await mkdir(folder);
  const manifest = {
    name: 'empty',
    publisher: 'kiro-connect',
    version: '0.0.1',
    engines: { vscode: '^1.106.0' },
    main: './extension.js',
    activationEvents: [],
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'README.md'), 'Empty.\n');
  await writeFile(join(folder, 'extension.js'), 'exports.activate = () => {};\n');
  const args = [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--skip-license',
    '--out',
    'empty.vsix',
  ];
  await run(process.execPath, [vsce, ...args], { cwd: folder });
  return join(folder, 'empty.vsix');
}

/** The host runs a suite only beside an extension under development: the probe is both. */
async function bundleProbe(folder: string): Promise<void> {
  await mkdir(folder);
  const manifest = {
    name: 'probe',
    publisher: 'kiro-connect',
    version: '0.0.1',
    engines: { vscode: '^1.106.0' },
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [join(import.meta.dirname, 'probe.ts')],
    outfile: join(folder, 'probe.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
}

async function readAll(folder: string): Promise<readonly Reading[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as Reading),
  );
}

function summarise(readings: readonly Reading[]): Activation {
  const median = (values: readonly number[]) =>
    [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
  const rounded = (ms: number) => Math.round(ms * 10) / 10;
  return {
    ms: rounded(median(readings.map(({ ms }) => ms))),
    emptyMs: rounded(median(readings.map(({ emptyMs }) => emptyMs))),
    kilobytes: Math.max(...readings.map(({ bytes }) => bytes)) / 1000,
  };
}
