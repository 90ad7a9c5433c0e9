import { replaceFile, replaceFileWhole } from './file.ts';

/** Keeps a state file up to date. */
export interface Keeper {
  /** Something may have changed: the file follows shortly. */
  touch(): void;
  /** Writes what there is now, and nothing after it. */
  end(): Promise<void>;
}

/** Changes within this many milliseconds are written together. */
const PAUSE = 200;
/** Up to so many characters a state is made in one go, and written only where it differs from what was written last. */
const SMALL = 2_000_000;

/**
 * Writes `pieces()` into the file after changes, a little at a time; when something changes meanwhile, it begins again. A
 * write that fails is told to `warn` and is tried again with the next change.
 */
export function createKeeper(options: {
  readonly file: string;
  readonly pieces: () => Iterable<string>;
  readonly warn: (sentence: string) => void;
}): Keeper {
  let changes = 0;
  /** How many of the changes are in the file. */
  let written = 0;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  let lastSmall: string | undefined;
  /** Writes follow each other: the newest state is the one that stays. */
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const seen = changes;
    // At the end it is written in any case: a fast clock moves on without a change.
    if (seen === written && !ended) return;
    try {
      const small = ifSmall(options.pieces());
      if (small !== undefined && small === lastSmall) return;
      lastSmall = undefined;
      if (small !== undefined) await replaceFileWhole(options.file, [small]);
      else if (ended) await replaceFileWhole(options.file, options.pieces());
      else await replaceFile(options.file, options.pieces, () => changes);
      written = seen;
      lastSmall = small;
    } catch (error) {
      options.warn(error instanceof Error ? error.message : String(error));
    }
  };
  const save = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    touch: () => {
      if (ended) return;
      changes++;
      timer ??= setTimeout(() => void save(), PAUSE).unref();
    },
    end: () => {
      if (ended) return writing;
      ended = true;
      return save();
    },
  };
}

/** The whole text, unless it is long. */
function ifSmall(pieces: Iterable<string>): string | undefined {
  let whole = '';
  for (const piece of pieces) {
    whole += piece;
    if (whole.length > SMALL) return undefined;
  }
  return whole;
}
