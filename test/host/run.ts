/**
 * Runs the suite of this folder inside VS Code's extension host through `@vscode/test-electron`: in the desktop build
 * when `VSCODE_DESKTOP` names its executable (or is `download`), else in VS Code's own server, which a stand-in starts
 * with the same arguments. `VSCODE_RELEASE=oldest` takes the oldest release that the manifest admits.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');
const out = join(root, 'out', 'host');

await bundleSuite();
// The stand-in is a script that `env node` starts: it needs this Node.js, not the machine's.
process.env['PATH'] = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
process.exitCode = (await runInHost()) ? 0 : 1;

/** Prints the suite's report, or all that the host said when it never came to one. */
async function runInHost(): Promise<boolean> {
  const profile = await mkdtemp(join(tmpdir(), 'kiro-connect-host-'));
  const print = process.stdout.write.bind(process.stdout);
  const log = createWriteStream(join(out, 'vscode.log'));
  process.stdout.write = (chunk) => log.write(chunk);
  const passed = await runTests({
    ...executable(),
    extensionDevelopmentPath: root,
    extensionTestsPath: join(out, 'suite.cjs'),
    launchArgs: [
      `--user-data-dir=${join(profile, 'data')}`,
      `--extensions-dir=${join(profile, 'extensions')}`,
    ],
  }).then(
    () => true,
    () => false,
  );
  process.stdout.write = print;
  await new Promise((resolve) => log.end(resolve));
  await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const report = join(out, 'report.txt');
  console.log(await readFile(existsSync(report) ? report : join(out, 'vscode.log'), 'utf8'));
  return passed && existsSync(report);
}

function executable(): { readonly vscodeExecutablePath?: string } {
  const desktop = process.env['VSCODE_DESKTOP'];
  if (desktop === 'download') return {};
  return { vscodeExecutablePath: desktop ?? join(root, 'test', 'vscode-server', 'electronStandIn.ts') };
}

/** The host loads CommonJS: one file for the suite, one for each test file. */
async function bundleSuite(): Promise<void> {
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const tests = (await readdir(import.meta.dirname)).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: ['suite.ts', ...tests].map((name) => join(import.meta.dirname, name)),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    outdir: out,
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
