import { entraCycle } from '../kiro.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { moment } from './job.ts';

/** A cycle may begin late, takes a few minutes, and its rows come into the log minutes after it. */
export const cycleGrace = 20 * 60_000;

/** When the job runs next. `due`: any minute now; `overdue`: later than a cycle ever begins. */
export interface NextCycle {
  /** Epoch milliseconds: about when it was or is to begin. */
  readonly at: number;
  readonly state: 'coming' | 'due' | 'overdue';
}

/**
 * The job's next cycle: one cycle after it began last, or after it was started if it has not run since. `undefined` where
 * nothing tells when that was.
 */
export function nextCycle({ job, journal, at: now }: Snapshot): NextCycle | undefined {
  const status = valueOf(job)?.status;
  const begun = [
    moment(status?.lastExecution?.timeBegan),
    moment(status?.lastSuccessfulExecution?.timeBegan),
    journal.startedAt,
  ].filter((at) => at !== undefined);
  if (begun.length === 0) return undefined;
  const at = Math.max(...begun) + entraCycle;
  return { at, state: cycleState(at, now) };
}

/** How a cycle that is to begin about then stands now. */
export function cycleState(at: number, now: number): NextCycle['state'] {
  if (now < at) return 'coming';
  return now <= at + cycleGrace ? 'due' : 'overdue';
}

/** Until when a cycle is worth waiting for: its beginning, and when that is past the end of its grace. */
export function waitUntil({ at, state }: NextCycle): number {
  return state === 'coming' ? at : at + cycleGrace;
}
