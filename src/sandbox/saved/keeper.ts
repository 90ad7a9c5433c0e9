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

/**
 * Writes `text()` into the file when it differs from what was written last. A write that fails is told to `warn` and is
 * tried again with the next change.
 */
export function createKeeper(options: {
  readonly file: string;
  readonly text: () => string;
  readonly warn: (sentence: string) => void;
}): Keeper {
  let written: string | undefined;
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  /** Writes follow each other: the newest text is the one that stays. */
  let writing: Promise<void> = Promise.resolve();

  const save = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const text = options.text();
    writing = writing.then(async () => {
      if (text === written) return;
      try {
        await replaceFile(options.file, text);
        written = text;
      } catch (error) {
        options.warn(error instanceof Error ? error.message : String(error));
      }
    });
    return writing;
  };

  return {
    touch: () => {
      if (ended) return;
      timer ??= setTimeout(() => void save(), PAUSE).unref();
    },
    end: () => {
      if (ended) return writing;
      ended = true;
      return save();
    },
  };
}
