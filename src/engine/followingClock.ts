import * as v from 'valibot';
import type { Connection } from './connection.ts';
import type { Clock } from './ports.ts';

const answer = v.object({ now: v.number() });

/** A clock that can be told to look at another one. */
export interface FollowingClock extends Clock {
  /** Learns how far the connection's clock is ahead. Never rejects: without an answer it stays as it was. */
  follow(signal?: AbortSignal): Promise<void>;
}

/**
 * The clock of a connection: the system's own for a tenant; for a sandbox the sandbox's, which can be stepped, so that
 * both sides agree on what is due.
 */
export function clockOf(connection: Connection, system: Clock): FollowingClock {
  let ahead = 0;
  return {
    now: () => system.now() + ahead,
    sleep: (milliseconds, signal) => system.sleep(milliseconds, signal),
    async follow(signal) {
      if (connection.kind === 'tenant') return;
      try {
        const response = await fetch(`${connection.endpoints.control}/clock`, { signal: signal ?? null });
        const parsed = v.safeParse(answer, await response.json());
        if (parsed.success) ahead = parsed.output.now - system.now();
      } catch {
        // A sandbox that does not answer shows as unreachable in what is read next.
      }
    },
  };
}
