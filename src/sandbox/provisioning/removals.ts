import { followsNothing, isActive, isGroupInScope, isInScope } from './run.ts';
import type { Run } from './run.ts';

/** Entra deletes a user for good this long after it was deleted. */
export const DELETED_FOR_GOOD_MS = 30 * 24 * 3_600_000;

/** What is remembered of an object whose removal failed, in place of its fingerprint. */
export const REMOVAL = 'removal';

/** Something that a cycle is about to take away from the target. */
export interface Removal {
  readonly sourceId: string;
  readonly targetId: string;
  readonly kind: 'User' | 'Group';
  /** `disable`: still in scope and switched off; `leave`: out of scope; the others: gone from the tenant. */
  readonly what: 'disable' | 'leave' | 'disableDeleted' | 'delete';
}

/**
 * What the links of a job ask to be disabled or deleted in this cycle: people who are switched off, left the scope, or
 * vanished (disabled at once, deleted thirty days later), and groups that left or vanished. With SkipOutOfScopeDeletions
 * those who only left the scope stay as they are.
 */
export function removalsOf(run: Run): Removal[] {
  const { job, memory } = run;
  const removals: Removal[] = [];
  for (const [sourceId, targetId] of job.links) {
    const isGroup = memory.groups.has(sourceId) || run.state.tenant.groups.has(sourceId);
    const what = isGroup ? ofGroup(run, sourceId) : ofUser(run, sourceId);
    if (what && !waits(run, sourceId, what))
      removals.push({ sourceId, targetId, kind: isGroup ? 'Group' : 'User', what });
  }
  return removals;
}

/** A removal that failed waits like every escrow; what failed before the object was to go doesn't hold its removal back. */
function waits(run: Run, id: string, what: Removal['what']): boolean {
  const { memory, state } = run;
  if (what === 'disable' || memory.exported.get(id) !== REMOVAL) return false;
  return (memory.escrows.get(id)?.nextAt ?? 0) > state.clock.now();
}

function ofGroup(run: Run, id: string): Removal['what'] | undefined {
  if (!run.rule.group?.flows.has('delete')) return undefined;
  const group = run.state.tenant.groups.get(id);
  if (!group) return 'delete';
  return isGroupInScope(run, group) || run.skipOutOfScopeDeletions ? undefined : 'delete';
}

function ofUser(run: Run, id: string): Removal['what'] | undefined {
  const { memory, rule } = run;
  if (!rule.user) return undefined;
  const user = run.state.tenant.users.get(id);
  if (user && isInScope(run, user)) {
    if (isActive(run, user) || followsNothing(run)) return undefined;
    const fresh = !memory.exported.get(id)?.startsWith('off') || memory.escrows.has(id);
    return fresh && rule.user.flows.has('update') ? 'disable' : undefined;
  }
  if (user) return run.skipOutOfScopeDeletions ? undefined : 'leave';
  if (!rule.user.flows.has('delete')) return undefined;
  const deletedAt = memory.deletedAt.get(id);
  if (deletedAt === undefined) return 'disableDeleted';
  if (run.state.clock.now() - deletedAt >= DELETED_FOR_GOOD_MS) return 'delete';
  // What could not be disabled at once is tried again.
  return memory.escrows.has(id) ? 'disableDeleted' : undefined;
}
