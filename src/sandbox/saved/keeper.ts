import { replaceFile } from './file.ts';

/** Keeps a state file up to date. */
export interface Keeper {
  /** Something may have changed: the file follows shortly. */
  touch(): void;
  /** Writes what there is now, and nothing after it. */
  end(): Promise<void>;
}

/** Changes within this many milliseconds are written together. */
const PAUSE = 200;
/** So many times a write gives way to changes that come while it is under way; then it holds the servers up instead. */
const PATIENCE = 20;

/**
 * Writes `pieces()` into the file after changes. What takes long to write is written a little at a time; when something
 * changes meanwhile, it begins again. A write that fails is told to `warn` and is tried again with the next change.
 */
export function createKeeper(options: {
  readonly file: string;
  readonly pieces: () => Iterable<string>;
  readonly warn: (sentence: string) => void;
}): Keeper {
  let changes = 0;
  /** How many of the changes are in the file. */
  let written = 0;
  let interrupted = 0;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  /** Writes follow each other: the newest state is the one that stays. */
  let writing: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const seen = changes;
    // At the end it is written in any case: a fast clock moves on without a change.
    if (seen === written && !ended) return;
    const whole = ended || interrupted >= PATIENCE;
    const pieces = options.pieces();
    try {
      const done = whole
        ? await replaceFile(options.file, [[...pieces].join('')])
        : await replaceFile(options.file, pieces, () => changes !== seen);
      interrupted = done ? 0 : interrupted + 1;
      if (done) written = seen;
      else if (!ended) wait();
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
  const wait = (): void => {
    timer ??= setTimeout(() => void save(), PAUSE).unref();
  };

  return {
    touch: () => {
      if (ended) return;
      changes++;
      wait();
    },
    end: () => {
      if (ended) return writing;
      ended = true;
      return save();
    },
  };
}
