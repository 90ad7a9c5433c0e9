import { mkdir, open, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A holder that crashed is taken for gone after this many milliseconds; who holds it needs a few. */
const staleAfter = 10_000;
const tryAgainAfter = 25;

/**
 * One at a time, in this window and in every other: made by creating a file that must not exist yet. `hold` resolves with
 * what lets go of it.
 */
export class FileLock {
  readonly #file: string;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  hold(): Promise<() => Promise<void>> {
    let free: () => void = () => undefined;
    const freed = new Promise<void>((resolve) => (free = resolve));
    const turn = this.#queue.then(() => this.#acquire());
    this.#queue = turn.then(
      () => freed,
      () => undefined,
    );
    return turn.then(() => async () => {
      await rm(this.#file, { force: true });
      free();
    });
  }

  async #acquire(): Promise<void> {
    await mkdir(dirname(this.#file), { recursive: true });
    for (;;) {
      try {
        await (await open(this.#file, 'wx')).close();
        return;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const made = await stat(this.#file).catch(() => undefined);
      if (made && Date.now() - made.mtimeMs > staleAfter) await rm(this.#file, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, tryAgainAfter));
    }
  }
}
