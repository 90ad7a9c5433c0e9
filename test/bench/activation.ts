import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode-server/browser.ts';
import { startServer, unpackVsix } from '../vscode-server/server.ts';
import type { VsCodeServer } from '../vscode-server/server.ts';
import type { Reading } from './probe.ts';

/** Medians over the rounds, in milliseconds; and the most that any round read from disk, in thousands of bytes. */
export interface Activation {
  readonly ms: number;
  readonly emptyMs: number;
  readonly kilobytes: number;
}

const rounds = 5;

/**
 * Times the activation of a packaged extension in a real extension host: on a copy whose manifest has no activation
 * events, no view open, after 4 s of idling, beside an empty extension in the same host. A host serves one round.
 */
export async function measureActivation(vsix: string): Promise<Activation> {
  const folder = await mkdtemp(join(tmpdir(), 'kiro-connect-bench-'));
  const readings = join(folder, 'readings');
  await mkdir(readings);
  await copyWithoutActivationEvents(vsix, join(folder, 'subject'));
  await writeEmptyExtension(join(folder, 'empty'));
  await bundleProbe(join(folder, 'probe.cjs'));
  const server = await startServer({ env: { KIRO_CONNECT_BENCH: readings } });
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
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    const ended = new Promise<number>((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    const timeout = page.waitForTimeout(60_000).then(() => 1);
    const workbench = server.workbench(join(folder, 'readings'), [
      ['extensionDevelopmentPath', server.remote(join(folder, 'subject'))],
      ['extensionDevelopmentPath', server.remote(join(folder, 'empty'))],
      ['extensionTestsPath', server.remote(join(folder, 'probe.cjs'))],
    ]);
    await page.goto(workbench);
    const code = await Promise.race([ended, timeout]);
    timeout.catch(() => undefined);
    if (code !== 0) throw new Error(`The probe failed:\n${messages.slice(-20).join('\n')}`);
  } finally {
    await context.close();
  }
}

async function copyWithoutActivationEvents(vsix: string, target: string): Promise<void> {
  await unpackVsix(vsix, target);
  const path = join(target, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { activationEvents?: unknown };
  delete manifest.activationEvents;
  await writeFile(path, JSON.stringify(manifest));
}

async function writeEmptyExtension(target: string): Promise<void> {
  await mkdir(target);
  const engines = { vscode: '^1.106.0' };
  const manifest = {
    name: 'empty',
    publisher: 'kiro-connect',
    version: '0.0.1',
    engines,
    main: './extension.js',
  };
  await writeFile(join(target, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(target, 'extension.js'), 'exports.activate = () => {};\n');
}

async function bundleProbe(outfile: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, 'probe.ts')],
    outfile,
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
