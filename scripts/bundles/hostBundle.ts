import { transform } from 'esbuild';
import type { BuildOptions, OutputFile, Plugin } from 'esbuild';
import { basename, join } from 'node:path';
import { writeDist } from './dist.ts';
import { mergeStartUp } from './startUp.ts';

/** `import.meta.url` does not exist in CommonJS; sources that use it get the same address from the file's own name. */
const importMeta = {
  define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
  banner: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;',
};

/**
 * How the extension is bundled: `dist/extension.cjs` holds what start-up needs and every module that is reached by a
 * dynamic `import()` only stays in a file of its own, loaded when it is first entered. esbuild splits ES modules
 * alone, so the build makes those and {@link commonJs} turns each into CommonJS, which is what lets VS Code serve
 * `require('vscode')` in every one of them, and merges what start-up needs. A module is never in two files: state and
 * classes stay one.
 */
export function extensionOptions(options: { readonly sourcemap: boolean }): BuildOptions {
  return {
    ...nodeOptions(options),
    entryPoints: { extension: 'src/extension.ts' },
    format: 'esm',
    splitting: true,
    outExtension: { '.js': '.cjs' },
    chunkNames: '[name]-[hash]',
    plugins: [commonJs],
  };
}

/** The sandbox runs in a process of its own and loads all of itself at once: one file, `dist/sandbox.cjs`. */
export function sandboxOptions(options: { readonly sourcemap: boolean }): BuildOptions {
  return {
    ...nodeOptions(options),
    entryPoints: { sandbox: 'src/sandbox/cli.ts' },
    // Only --https makes certificates, which nobody asks of the packaged sandbox.
    external: ['vscode', 'selfsigned'],
    format: 'esm',
    outExtension: { '.js': '.cjs' },
    plugins: [commonJs],
  };
}

function nodeOptions({ sourcemap }: { readonly sourcemap: boolean }): BuildOptions {
  return {
    bundle: true,
    platform: 'node',
    target: 'node22',
    // The ES build of a library before its CommonJS one: only that one lets unused parts be left out.
    mainFields: ['module', 'main'],
    outdir: 'dist',
    external: ['vscode'],
    minify: !sourcemap,
    sourcemap: sourcemap ? 'inline' : false,
    legalComments: 'none',
    define: importMeta.define,
    metafile: true,
    write: false,
    logLevel: 'warning',
  };
}

const commonJs: Plugin = {
  name: 'common-js',
  setup(build) {
    build.onEnd(async ({ outputFiles, errors, metafile }) => {
      if (errors.length > 0) return;
      const { splitting, minify, outdir = '' } = build.initialOptions;
      const files = new Map(
        await Promise.all(
          (outputFiles ?? []).map(
            async (file) => [basename(file.path), await toCommonJs(file, build.initialOptions)] as const,
          ),
        ),
      );
      // A watched build stays in parts: merging would lose the source maps.
      const out = splitting === true && minify === true && metafile ? mergeStartUp(files, metafile) : files;
      await Promise.all([...out].map(([name, text]) => writeDist(join(outdir, name), text)));
    });
  },
};

async function toCommonJs(file: OutputFile, options: BuildOptions): Promise<string> {
  const { code } = await transform(file.text, {
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    minify: options.minify === true,
    sourcemap: options.sourcemap === 'inline' ? 'inline' : false,
    // `import()` becomes a lazy require(): the host answers `require('vscode')` of what it loads itself.
    supported: { 'dynamic-import': false },
    ...(file.text.includes('importMetaUrl') ? { banner: importMeta.banner } : {}),
    legalComments: 'none',
  });
  return withoutCopies(code);
}

/**
 * esbuild copies the namespace of an imported CommonJS module, hundreds of getters in the case of `vscode`, once for each
 * file that imports it. Nothing here imports a default of it, so the module itself serves as well.
 */
function withoutCopies(code: string): string {
  return code.replaceAll(/[\w$]+\((require\("vscode"\))(?:, ?1)?\)/g, '$1');
}
