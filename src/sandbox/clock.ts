/** A clock that can run fast or be stepped, so that a 40-minute cycle need not be waited for. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Steps the clock; everything due until then is run in order before the promise resolves. */
  advance(milliseconds: number): Promise<void>;
  /** Runs `task` when the clock reaches `at`. Returns a function that takes it back. */
  at(at: number, task: () => void | Promise<void>): () => void;
}
