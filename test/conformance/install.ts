import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** Apart from the tests, so that what they import is the project's own and not what a package here brings along. */
const home = join(import.meta.dirname, 'packages');
const modules = join(home, 'node_modules');

/**
 * Installs the clients and servers of other people from npm into `packages/node_modules`, by lock file, unless
 * that is done already (400 MB, about 70 s). No install script of a package runs. Rejects when npm can't be reached.
 */
export async function installPackages(): Promise<void> {
  const stamp = join(modules, '.installed');
  const lock = await readFile(join(home, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === lock) return;
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: home,
    shell: process.platform === 'win32',
    maxBuffer: 16_000_000,
  });
  await writeFile(stamp, lock);
}

/** Where an installed package has this file. */
export function packageFile(name: string, ...path: readonly string[]): string {
  return join(modules, ...name.split('/'), ...path);
}
