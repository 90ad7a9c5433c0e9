import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

const written = new Set<string>();

/** Writes one file of `dist/` and remembers it, so that {@link removeStale} keeps it. */
export async function writeDist(path: string, content: string | Uint8Array): Promise<void> {
  written.add(resolve(path));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** Removes what an earlier build left in `dist/`, once the new files are there: whoever reads meanwhile finds a whole set. */
export async function removeStale(): Promise<void> {
  for (const entry of await readdir('dist', { recursive: true, withFileTypes: true })) {
    const path = resolve(join(entry.parentPath, entry.name));
    if (entry.isFile() && !written.has(path)) await rm(path);
  }
}
