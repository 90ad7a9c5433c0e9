import type { Log } from './ports.ts';

/** A list of listeners; one that throws is logged and stops none of the others. */
export interface Listeners {
  readonly add: (listener: () => void) => () => void;
  readonly tell: () => void;
}

export function createListeners(log: Log): Listeners {
  const listeners = new Set<() => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell() {
      for (const listener of [...listeners]) {
        try {
          listener();
        } catch (error) {
          log.error(`A listener failed: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    },
  };
}
