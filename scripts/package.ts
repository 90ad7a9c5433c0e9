/**
 * Builds, then packages one `kiro-connect-entra-VERSION.vsix` at the top, holding only what runs. Fails when something
 * else would be in it, or when it is too big.
 */
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { orExplain, runNode } from './runNode.ts';

/** Bytes; the promise is "under 900 KB with the sandbox". */
const sizeBudget = 900_000;
const allowed =
  /^(package\.json|package\.nls(\.[\w-]+)?\.json|README\.md|CHANGELOG\.md|LICENSE|(dist|l10n|media|syntaxes|walkthroughs)\/.+)$/;

const root = join(import.meta.dirname, '..');
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');

await orExplain(main());

async function main(): Promise<void> {
  process.stdout.write(await runNode('scripts/build.ts'));
  await checkFiles();
  console.log(await packageVsix());
}

async function checkFiles(): Promise<void> {
  const files = (await runNode(vsce, 'ls', '--no-dependencies')).split('\n').filter((line) => line !== '');
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
  // There is no repository yet that relative links of the README could be turned into addresses of.
  const unlinked = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  await runNode(vsce, 'package', '--no-dependencies', ...unlinked, '--out', file);
  for (const old of await readdir(root)) if (old.endsWith('.vsix') && old !== file) await rm(join(root, old));
  const { size } = await stat(join(root, file));
  if (size >= sizeBudget) throw new Error(`${file} has ${size} bytes, the budget is ${sizeBudget}.`);
  return `Packaged ${file}: ${(size / 1000).toFixed(0)} KB`;
}
