import { entraCycle } from '../kiro.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { moment } from './job.ts';

/**
 * About when the job runs next, in epoch milliseconds: one cycle after it began last, or after it was started if it has
 * not run since.
 */
export function nextCycle({ job, journal }: Snapshot): number | undefined {
  const status = valueOf(job)?.status;
  const begun = [
    moment(status?.lastExecution?.timeBegan),
    moment(status?.lastSuccessfulExecution?.timeBegan),
    journal.startedAt,
  ].filter((at) => at !== undefined);
  return begun.length === 0 ? undefined : Math.max(...begun) + entraCycle;
}
