import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, KeyValue, Lines, Log, Secrets } from '../../src/engine/ports.ts';

/** The engine's surroundings without VS Code: everything lives in memory and ends with the process. */
export interface MemoryPorts {
  readonly secrets: Secrets;
  readonly keyValue: KeyValue;
  readonly lines: Lines;
  readonly log: Log;
}

/** Fresh and empty; `log` gets what the engine says. */
export function createMemoryPorts(log: (line: string) => void): MemoryPorts {
  const secrets = new Map<string, string>();
  const values = new Map<string, unknown>();
  const lines: string[] = [];
  return {
    secrets: {
      get: async (key) => secrets.get(key),
      set: async (key, value) => void secrets.set(key, value),
      delete: async (key) => void secrets.delete(key),
    },
    keyValue: {
      get: (key) => values.get(key),
      set: async (key, value) => void values.set(key, value),
    },
    lines: {
      append: async (line) => void lines.push(line),
      read: async () => [...lines],
    },
    log: { debug: log, info: log, warn: log, error: log },
  };
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) => delay(milliseconds, undefined, signal ? { signal } : {}),
};
