/**
 * Builds, packages, and opens the real VS Code with the extension installed: the desktop application where `code` is
 * on the PATH, else VS Code in the browser. Both have user data of their own, so that no setting of this machine is
 * touched. `--browser` takes the browser even where `code` is there; `--print` shows what it would say, without waiting.
 */
import { execFile, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { startServer } from '../test/vscode-server/server.ts';
import { orExplain, runNode } from './runNode.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { print: { type: 'boolean' }, browser: { type: 'boolean' }, port: { type: 'string' } },
});

const firstSteps = [
  'What to do first:',
  '  1. Press F1 and run "Kiro Connect: Open the walkthrough".',
  '  2. Run "Kiro Connect: Start sandbox tenant" (or follow "try it in a sandbox tenant" in the walkthrough).',
  '  3. A sign-in page opens: choose Ada Lovelace and accept. Then take the five steps; nothing leaves this machine.',
].join('\n');

await orExplain(main());

async function main(): Promise<void> {
  console.log('Building and packaging…');
  await runNode('scripts/package.ts');
  const vsix = resolve(root, (await readdir(root)).find((name) => name.endsWith('.vsix')) ?? '');
  const code = values.browser === true ? undefined : findCode();
  await (code === undefined ? openInBrowser(vsix) : openDesktop(code, vsix));
}

async function openDesktop(executable: string, vsix: string): Promise<void> {
  const profile = join(root, 'out', 'vscode');
  await mkdir(profile, { recursive: true });
  const own = ['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')];
  const options = { shell: process.platform === 'win32' };
  await run(executable, [...own, '--install-extension', vsix, '--force'], options);
  if (values.print !== true) await run(executable, [...own, '--new-window'], options);
  console.log(`VS Code has the extension installed, with user data of its own in ${profile}.\n${firstSteps}`);
}

async function openInBrowser(vsix: string): Promise<void> {
  console.log(
    "No desktop VS Code on the PATH: starting VS Code's server (the first time it is installed from npm)…",
  );
  const settings = { 'security.workspace.trust.enabled': true, 'workbench.startupEditor': 'welcomePage' };
  const server = await startServer({ vsix: [vsix], settings, port: Number(values.port ?? 0) });
  const address = `${server.address}/?ew=true`;
  console.log(`\nVS Code is at ${address}\n${firstSteps}`);
  if (values.print === true) {
    await server.stop();
    return;
  }
  console.log('It runs until you press Ctrl+C.');
  openBrowser(address);
  const stop = () => void server.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

/** Where there is no desktop to open it on, the printed address has to do. */
function openBrowser(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', address]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '', address.replaceAll('&', '^&')]
        : ['xdg-open', address];
  const desktop = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (!desktop || process.env['CI']) return;
  spawn(command ?? '', args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

function findCode(): string | undefined {
  const names = process.platform === 'win32' ? ['code.cmd'] : ['code'];
  const candidates = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
