/** An object that failed, and when it is tried again. */
export interface Escrow {
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly nextAt: number;
  /** Epoch milliseconds of the first failure. */
  readonly since: number;
  /** Only references of the object failed: members or the manager. */
  readonly reference: boolean;
}

/** What the service remembers of a job beside what Graph shows; part of a saved state. */
export interface Memory {
  /** A fingerprint of each object as it was last looked at: what differs changed since the watermark. */
  readonly exported: Map<string, string>;
  /** Source users that are in a group at the target, by source group. */
  readonly members: Map<string, Set<string>>;
  /** Objects that failed, by source id. */
  readonly escrows: Map<string, Escrow>;
  /** References that could not be sent because what they name failed: awaited source ids by source id. */
  readonly references: Map<string, Set<string>>;
  /** Links that belong to groups. */
  readonly groups: Set<string>;
  /** Users that vanished from the tenant, with the moment of that. */
  readonly deletedAt: Map<string, number>;
  initialDone: boolean;
  /** End of the last cycle that ran through, in epoch milliseconds. */
  watermark: number | undefined;
  /** SyncAll as the last initial cycle took it. */
  everyone: boolean;
  /** The next cycle may delete and disable as many as it wants: restart with ForceDeletes. */
  deletesAllowed: boolean;
}

export function newMemory(): Memory {
  return {
    exported: new Map(),
    members: new Map(),
    escrows: new Map(),
    references: new Map(),
    groups: new Set(),
    deletedAt: new Map(),
    initialDone: false,
    watermark: undefined,
    everyone: false,
    deletesAllowed: false,
  };
}

/** Drops everything that is remembered of one object. */
export function forgetObject(memory: Memory, sourceId: string): void {
  memory.exported.delete(sourceId);
  memory.escrows.delete(sourceId);
  memory.references.delete(sourceId);
  memory.members.delete(sourceId);
  memory.groups.delete(sourceId);
  memory.deletedAt.delete(sourceId);
}

const LONGEST_BACKOFF = 24 * 3_600_000;

/** Puts an object into escrow, or leaves it there for a longer time: waits double from one cycle to a day. */
export function escrow(
  memory: Memory,
  sourceId: string,
  options: { readonly now: number; readonly cycleMs: number; readonly reference: boolean },
): void {
  const { now, cycleMs, reference } = options;
  const before = memory.escrows.get(sourceId);
  const attempts = (before?.attempts ?? 0) + 1;
  const wait = Math.min(cycleMs * 2 ** (attempts - 1), LONGEST_BACKOFF);
  memory.escrows.set(sourceId, { attempts, nextAt: now + wait, since: before?.since ?? now, reference });
}
