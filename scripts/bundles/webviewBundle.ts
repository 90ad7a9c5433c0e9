import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { writeDist } from './dist.ts';

const codicons = 'node_modules/@vscode/codicons/dist';

/**
 * The panels' browser code: each of `src/webview/{handOff,status}.ts` becomes `dist/webview/NAME.js`, a classic script;
 * both share `panel.css`, and `codicon.css` with its font, which holds only the icons that the sources name.
 * `undefined` while there is no panel.
 */
export function webviewOptions(options: { readonly sourcemap: boolean }): BuildOptions | undefined {
  const panels = ['handOff', 'status'].filter((name) => existsSync(`src/webview/${name}.ts`));
  if (panels.length === 0) return undefined;
  return {
    entryPoints: [
      ...panels.map((name) => ({ in: `src/webview/${name}.ts`, out: name })),
      'src/webview/panel.css',
    ],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'chrome134',
    outdir: 'dist/webview',
    tsconfig: 'src/webview/tsconfig.json',
    loader: { '.ttf': 'file' },
    minify: !options.sourcemap,
    sourcemap: options.sourcemap ? 'inline' : false,
    legalComments: 'none',
    write: false,
    logLevel: 'warning',
    plugins: [writeOutputs],
  };
}

const writeOutputs: Plugin = {
  name: 'write-outputs',
  setup(build) {
    build.onEnd(async ({ outputFiles, errors }) => {
      if (errors.length > 0) return;
      for (const file of outputFiles ?? []) await writeDist(file.path, file.contents);
      await writeCodicons();
    });
  },
};

async function writeCodicons(): Promise<void> {
  const css = await readFile(`${codicons}/codicon.css`, 'utf8');
  const names = await namedIcons(['src/webview', 'src/ui/panels']);
  const rules = css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/codicon\.ttf\?\w+/, 'codicon.ttf')
    .replace(/\.codicon-([\w-]+):before\s*\{[^}]*\}/g, (rule, name: string) => (names.has(name) ? rule : ''))
    .replace(/\s+/g, ' ');
  await writeDist('dist/webview/codicon.css', rules.trim());
  await writeDist('dist/webview/codicon.ttf', await readFile(`${codicons}/codicon.ttf`));
}

/** Every word of the sources that could be an icon's name: keeping one too many costs nothing. */
async function namedIcons(folders: readonly string[]): Promise<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    for (const entry of await readdir(folder, { recursive: true })) {
      if (!/\.(ts|css)$/.test(entry)) continue;
      const source = await readFile(join(folder, entry), 'utf8');
      for (const [word] of source.matchAll(/[a-z][a-z0-9]*(?:-[a-z0-9]+)*/g)) {
        names.add(word);
        names.add(word.replace(/^codicon-/, ''));
      }
    }
  }
  return names;
}
