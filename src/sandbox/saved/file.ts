import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readSaved } from './savedState.ts';
import type { SavedState } from './savedState.ts';

/** What stood in a state file: a state, nothing, or something that can't be used, with a sentence that says so. */
export type Loaded = { readonly saved: SavedState | undefined; readonly problem?: string };

/**
 * Loads a state file, whole or not at all. What can't be used is put aside under the name with `.unreadable` behind it,
 * for whoever named a wrong file. Rejects with a sentence when the file itself can't be read.
 */
export async function loadFile(file: string): Promise<Loaded> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Error(`The state file ${file} can't be read: ${codeOf(error)}.`);
  });
  if (text === undefined) return { saved: undefined };
  try {
    return { saved: await readSaved(text) };
  } catch {
    const aside = `${file}.unreadable`;
    await rename(file, aside);
    return {
      saved: undefined,
      problem: `The state in ${file} is damaged or of another version; it is now ${aside}, and the sandbox tenant starts fresh.`,
    };
  }
}

/** Text is written in parts of about this many characters, and other work comes in between. */
const PART = 1 << 18;
/** So many times a write gives way to changes that come while it is under way; then it holds other work up instead. */
const PATIENCE = 20;

/**
 * Replaces a file at once or not at all, readable for its owner alone: whoever reads finds the old text or the new one,
 * never a part. `pieces()` are asked for little by little; when `changes()` tells that they no longer belong together, it
 * begins again. Rejects with a sentence.
 */
export async function replaceFile(
  file: string,
  pieces: () => Iterable<string>,
  changes: () => number,
): Promise<void> {
  for (let attempt = 1; attempt <= PATIENCE; attempt++) {
    const seen = changes();
    if (await replace(file, pieces(), () => changes() !== seen)) return;
  }
  await replaceFileWhole(file, pieces());
}

/** The same in one go: no other work comes in between. */
export async function replaceFileWhole(file: string, pieces: Iterable<string>): Promise<void> {
  await replace(file, [[...pieces].join('')], () => false);
}

async function replace(file: string, pieces: Iterable<string>, overtaken: () => boolean): Promise<boolean> {
  const fresh = `${file}.${process.pid}.new`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(fresh, 'w', 0o600);
    let torn: boolean;
    try {
      let part = '';
      for (const piece of pieces) {
        part += piece;
        if (part.length < PART) continue;
        await handle.writeFile(part);
        part = '';
        if (overtaken()) break;
      }
      // Every piece is made by now: what changes from here on belongs to the next write.
      torn = overtaken();
      if (!torn) {
        await handle.writeFile(part);
        await handle.sync();
      }
    } finally {
      await handle.close();
    }
    if (torn) await rm(fresh, { force: true });
    else await rename(fresh, file);
    return !torn;
  } catch (error) {
    await rm(fresh, { force: true }).catch(() => undefined);
    throw new Error(`The state could not be saved in ${file}: ${codeOf(error)}.`);
  }
}

/** The system's name of an error, such as ENOSPC. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
