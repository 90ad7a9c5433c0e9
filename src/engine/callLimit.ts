import type { Clock } from './ports.ts';

/** Waits until a further call is allowed; rejects with the signal's reason. */
export type CallLimit = (signal?: AbortSignal) => Promise<void>;

/** Lets at most so many calls begin within so many milliseconds, whoever makes them. */
export function callLimit(clock: Clock, { calls, within }: { calls: number; within: number }): CallLimit {
  const begun: number[] = [];
  return async (signal) => {
    signal?.throwIfAborted();
    for (;;) {
      const oldest = begun.length < calls ? undefined : begun[0];
      if (oldest === undefined) break;
      // A clock that was set back must not make anybody wait longer than the limit itself.
      const wait = Math.min(oldest + within - clock.now(), within);
      if (wait > 0) await clock.sleep(wait, signal);
      begun.shift();
    }
    begun.push(clock.now());
  };
}
