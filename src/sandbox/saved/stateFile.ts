import { loadFile } from './file.ts';
import { createKeeper } from './keeper.ts';
import type { Keeper } from './keeper.ts';
import { lockFile } from './lock.ts';
import type { SavedState } from './savedState.ts';

/** A state file that this sandbox alone uses. */
export interface StateFile {
  /** What stood in it; undefined where the sandbox starts fresh. */
  readonly saved: SavedState | undefined;
  /** From here on the file follows what `pieces` gives. */
  keep(pieces: () => Iterable<string>): void;
  /** Something may have changed. */
  touch(): void;
  /** Writes the state as it is now; what happens later is not kept. */
  finish(): Promise<void>;
  /** Lets another sandbox have the file. */
  release(): Promise<void>;
}

/** Opens a state file, or one that is yet to be made. `warn` gets sentences; rejects with one. */
export async function openStateFile(file: string, warn: (sentence: string) => void): Promise<StateFile> {
  const lock = await lockFile(file);
  try {
    const { saved, problem } = await loadFile(file);
    if (problem !== undefined) warn(problem);
    let keeper: Keeper | undefined;
    return {
      saved,
      keep: (pieces) => {
        keeper = createKeeper({ file, pieces, warn });
        keeper.touch();
      },
      touch: () => keeper?.touch(),
      finish: async () => keeper?.end(),
      release: () => lock.release(),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
