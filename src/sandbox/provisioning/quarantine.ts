import { randomUUID } from 'node:crypto';
import type { Job } from '../state.ts';
import { record, text } from './json.ts';
import { execution, iso } from './status.ts';
import type { Counts } from './status.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/**
 * Tries after the first failure, each counted from it; then one every 24 hours. Graph's own sample of a job shows five
 * minutes to the next attempt; the longer waits of the documentation are taken (Microsoft Entra: quarantine status).
 */
const FIRST_TRIES = [6 * HOUR, 12 * HOUR];
/** A job that stays in quarantine this long is disabled. */
const QUARANTINE_ENDS = 28 * DAY;

/** Microsoft Graph: quarantineReason, as far as the service gives them. */
export type QuarantineReason =
  | 'EncounteredQuarantineException'
  | 'EncounteredEscrowProportionThreshold'
  | 'EncounteredBaseEscrowThreshold'
  | 'EncounteredTotalEscrowThreshold'
  | 'TooManyDeletes';

/**
 * Puts a job into quarantine, or leaves it there for another round. Returns the moment of the next try, or undefined when
 * the job has been in quarantine for four weeks and is disabled.
 */
export function markQuarantine(
  job: Job,
  fault: {
    readonly began: number;
    readonly now: number;
    readonly reason: QuarantineReason;
    readonly error: { readonly code: string; readonly message: string };
    readonly counts: Counts;
  },
): number | undefined {
  const { began, now, reason } = fault;
  const { status } = job;
  const before = record(status['quarantine']);
  const count = Number(before['seriesCount'] ?? 0) + 1;
  const seriesBegan = text(before['seriesBegan']) || iso(now);
  const next = nextTry(Date.parse(seriesBegan), now);
  const error = { ...fault.error, tenantActionable: true };
  if (job.schedule.state === 'Active') status['code'] = 'Quarantine';
  status['countSuccessiveCompleteFailures'] = count;
  status['lastExecution'] = execution(randomUUID(), {
    began,
    ended: now,
    counts: fault.counts,
    state: 'Failed',
    error,
  });
  status['quarantine'] = {
    currentBegan: iso(now),
    nextAttempt: iso(next),
    reason,
    seriesBegan,
    seriesCount: count,
    error,
  };
  if (now - Date.parse(seriesBegan) < QUARANTINE_ENDS) return next;
  job.schedule.state = 'Disabled';
  return undefined;
}

function nextTry(seriesBegan: number, now: number): number {
  const first = FIRST_TRIES.map((wait) => seriesBegan + wait).find((at) => at > now);
  if (first !== undefined) return first;
  return seriesBegan + (Math.floor((now - seriesBegan) / DAY) + 1) * DAY;
}
