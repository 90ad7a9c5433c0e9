/**
 * Builds `dist/`: the extension, the sandbox and the panels, as far as their sources exist. `--watch` builds again on
 * every change, with source maps and without minifying.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import { removeStale } from './bundles/dist.ts';
import { extensionOptions, sandboxOptions } from './bundles/hostBundle.ts';
import { webviewOptions } from './bundles/webviewBundle.ts';

/** What is read from disk until `activate()` resolves, in bytes: the promise is "under 100 KB". */
const startUpBudget = 100_000;

const { watch } = parseArgs({ options: { watch: { type: 'boolean', default: false } } }).values;
process.chdir(join(import.meta.dirname, '..'));

const bundles = [
  existsSync('src/extension.ts') ? extensionOptions({ sourcemap: watch }) : undefined,
  existsSync('src/sandbox/cli.ts') ? sandboxOptions({ sourcemap: watch }) : undefined,
  webviewOptions({ sourcemap: watch }),
].filter((options) => options !== undefined);

await (watch ? watchAll(bundles) : buildAll(bundles));

async function watchAll(all: readonly BuildOptions[]): Promise<void> {
  for (const options of all) await (await context({ ...options, logLevel: 'info' })).watch();
}

async function buildAll(all: readonly BuildOptions[]): Promise<void> {
  const started = performance.now();
  await Promise.all(all.map((options) => build(options)));
  if (existsSync('dist')) await removeStale();
  if (existsSync('dist/extension.cjs')) keepStartUpBudget();
  console.log(`Built dist/ in ${Math.round(performance.now() - started)} ms`);
}

function keepStartUpBudget(): void {
  const bytes = statSync('dist/extension.cjs').size;
  console.log(`Start-up reads ${(bytes / 1000).toFixed(1)} KB`);
  if (bytes < startUpBudget) return;
  throw new Error(
    `Start-up reads ${bytes} bytes, the budget is ${startUpBudget}: enter a room by import() when it is first needed.`,
  );
}
