import { basename } from 'node:path';
import type { Metafile } from 'esbuild';

const entry = 'extension.cjs';

/**
 * Puts the entry and every file that it imports other than dynamically into one: each file costs the host a search and a
 * compilation of its own, which is most of what a start takes. `files` are CommonJS by base name; the answer holds the
 * merged entry and the rooms, which ask the entry for what they share with it, so a module is still never loaded twice.
 */
export function mergeStartUp(
  files: ReadonlyMap<string, string>,
  metafile: Metafile,
): ReadonlyMap<string, string> {
  const merged = startUpFiles(metafile).map((path) => basename(path));
  const factories = merged.map((name) => {
    const text = files.get(name);
    if (text === undefined) throw new Error(`The build has no ${name}`);
    return `${JSON.stringify(name)}(module,exports){${rewire(text, merged, 'startUp')}\n}`;
  });
  const rooms = [...files].filter(([name]) => !merged.includes(name));
  return new Map([
    [entry, `const files={${factories.join(',')}};\n${loader}`],
    ...rooms.map(([name, text]): [string, string] => [
      name,
      rewire(text, merged, `require("./${entry}").startUp`),
    ]),
  ]);
}

/** Loads the merged files as `require` would: each once, when it is first asked for. The entry exports `startUp` as well. */
const loader = `const loaded={};
function startUp(name){let one=loaded[name];if(!one){one=loaded[name]={exports:{}};files[name](one,one.exports)}return one.exports}
Object.assign(module.exports,startUp(${JSON.stringify(entry)}),{startUp});
`;

function rewire(text: string, merged: readonly string[], load: string): string {
  return text.replaceAll(/require\("\.\/([\w.-]+\.cjs)"\)/g, (call, name: string) =>
    merged.includes(name) ? `${load}(${JSON.stringify(name)})` : call,
  );
}

/** The files that are read before `activate()` runs: the entry and all that it imports other than dynamically. */
function startUpFiles(metafile: Metafile): readonly string[] {
  const found = new Set<string>([`dist/${entry}`]);
  for (const name of found) {
    for (const { path, kind, external } of metafile.outputs[name]?.imports ?? []) {
      if (external !== true && kind !== 'dynamic-import') found.add(path);
    }
  }
  return [...found];
}
