/**
 * Builds, then packages one `kiro-connect-entra-VERSION.vsix` at the top, holding only what runs. Fails when something
 * else would be in it, or when it is too big.
 */
import { execFile } from 'node:child_process';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Bytes; the promise is "under 900 KB with the sandbox". */
const sizeBudget = 900_000;
const allowed =
  /^(package\.json|package\.nls(\.[\w-]+)?\.json|README\.md|CHANGELOG\.md|LICENSE|(dist|l10n|media|walkthroughs)\/.+)$/;

const root = join(import.meta.dirname, '..');
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

await run(process.execPath, [join(root, 'scripts', 'build.ts')], { cwd: root });
await checkFiles();
console.log(await packageVsix());

async function checkFiles(): Promise<void> {
  const { stdout } = await run(process.execPath, [vsce, 'ls', '--no-dependencies'], { cwd: root });
  const files = stdout.split('\n').filter((line) => line !== '');
  const strays = files.filter((file) => !allowed.test(file) || /\.(ts|map)$/.test(file));
  if (strays.length > 0) throw new Error(`Not for the package: ${strays.join(', ')}`);
  const missing = ['package.json', 'dist/extension.cjs', 'dist/sandbox.cjs'].filter(
    (file) => !files.includes(file),
  );
  if (missing.length > 0) throw new Error(`Missing from the package: ${missing.join(', ')}`);
}

async function packageVsix(): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const file = `${name ?? ''}-${version ?? ''}.vsix`;
  for (const old of await readdir(root)) if (old.endsWith('.vsix')) await rm(join(root, old));
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--out', file];
  await run(process.execPath, [vsce, ...args], { cwd: root });
  const { size } = await stat(join(root, file));
  if (size >= sizeBudget) throw new Error(`${file} has ${size} bytes, the budget is ${sizeBudget}.`);
  return `Packaged ${file}: ${(size / 1000).toFixed(0)} KB`;
}
