import type { Outcome } from './outcome.ts';

/** What one cycle did, counted. */
export interface Tally {
  /** Objects that were looked at. */
  imported: number;
  /** Objects that were created, changed or taken away. */
  exported: number;
  /** Changes of references among them: memberships and managers. */
  references: number;
  /** Objects that failed. */
  failed: number;
}

export function newTally(): Tally {
  return { imported: 0, exported: 0, references: 0, failed: 0 };
}

/** Counts one outcome in. */
export function count(tally: Tally, outcome: Outcome): void {
  tally.imported++;
  if (outcome.status === 'failure') tally.failed++;
  if (outcome.status === 'success' && outcome.action !== 'other') tally.exported++;
  tally.references += outcome.changes.filter((one) => /^members$|:manager$/.test(one.displayName)).length;
}
