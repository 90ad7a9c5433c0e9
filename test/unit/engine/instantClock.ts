import type { Clock } from '../../../src/engine/ports.ts';

/** A clock on which every wait is over at once, and has taken its time all the same. */
export function instantClock(): Clock {
  let passed = 0;
  return {
    now: () => Date.now() + passed,
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      passed += milliseconds;
    },
  };
}
