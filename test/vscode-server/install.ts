import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which VS Code: the newest release, or the oldest one that `engines.vscode` admits. */
export type Release = 'newest' | 'oldest';

/** An installed server. */
export interface ServerInstallation {
  /** Holds `out/server-main.js`. */
  readonly folder: string;
  /** The Node.js that this release runs on. */
  readonly node: string;
}

/** What the tests see of VS Code's built-in extensions: themes, icons, and the viewers of what ours opens. */
const builtIn = [
  'diff',
  'json',
  'json-language-features',
  'markdown-basics',
  'markdown-language-features',
  'simple-browser',
  'theme-defaults',
  'theme-modern-icons',
  'theme-seti',
];

/**
 * Installs VS Code's server from npm into `test/vscode-server/RELEASE/node_modules`, by lock file, unless that is done
 * already (about 20 s). No install script of the package runs: it refuses root and other versions of Node.js.
 * Rejects when npm can't be reached.
 */
export async function installServer(release: Release): Promise<ServerInstallation> {
  const home = join(import.meta.dirname, release);
  const modules = join(home, 'node_modules');
  const folder = join(modules, 'code-server', 'lib', 'vscode');
  const ownNode = join(modules, 'node', 'bin', 'node');
  const stamp = join(modules, '.server-installed');
  const lock = await readFile(join(home, 'package-lock.json'), 'utf8');
  if (!existsSync(stamp) || (await readFile(stamp, 'utf8')) !== lock) {
    await npm(home, 'ci', '--ignore-scripts');
    if (lock.includes('"node_modules/node"')) await npm(home, 'rebuild', 'node');
    for (const inner of [folder, join(folder, 'extensions')]) {
      await takeFromRegistry(inner);
      await npm(inner, 'install', '--omit=dev', '--ignore-scripts');
    }
    await rm(join(folder, 'node_modules.asar'), { force: true });
    await symlink('node_modules', join(folder, 'node_modules.asar'));
    await removeBuiltIn(join(folder, 'extensions'));
    await writeFile(stamp, lock);
  }
  return { folder, node: existsSync(ownNode) ? ownNode : process.execPath };
}

interface Package {
  version?: string;
  resolved?: string;
  integrity?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** Some releases name a package by its Git address, which not every network reaches; npm has the same version. */
async function takeFromRegistry(folder: string): Promise<void> {
  const lockPath = join(folder, 'npm-shrinkwrap.json');
  const manifestPath = join(folder, 'package.json');
  const lock = JSON.parse(await readFile(lockPath, 'utf8')) as { packages: Record<string, Package> };
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Package;
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (entry.resolved?.startsWith('git') !== true || entry.version === undefined) continue;
    delete entry.resolved;
    delete entry.integrity;
    const name = path.replace(/^node_modules\//, '');
    for (const { dependencies = {}, devDependencies = {} } of [manifest, lock.packages[''] ?? {}]) {
      if (name in dependencies) dependencies[name] = entry.version;
      if (name in devDependencies) devDependencies[name] = entry.version;
    }
  }
  await writeFile(lockPath, JSON.stringify(lock));
  await writeFile(manifestPath, JSON.stringify(manifest));
}

/** Each one that is not there is one less to scan and start: it halves the time until the workbench stands. */
async function removeBuiltIn(extensions: string): Promise<void> {
  for (const entry of await readdir(extensions, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || builtIn.includes(entry.name)) continue;
    await rm(join(extensions, entry.name), { recursive: true });
  }
}

async function npm(folder: string, ...args: readonly string[]): Promise<void> {
  await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    shell: process.platform === 'win32',
    maxBuffer: 16_000_000,
  });
}
