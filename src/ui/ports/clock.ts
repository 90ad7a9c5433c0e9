import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../engine/ports.ts';

/** This machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await delay(milliseconds, undefined, signal ? { signal } : {});
  },
};
