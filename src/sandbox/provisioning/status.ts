import { randomUUID } from 'node:crypto';
import type { Job } from '../state.ts';
import { record, text } from './mapping.ts';

const NEVER = '0001-01-01T00:00:00Z';
const HOUR = 3_600_000;
/** Waits before the next try in quarantine; the last one repeats (Microsoft Entra: quarantine status). */
const QUARANTINE_WAITS = [6 * HOUR, 12 * HOUR, 24 * HOUR];
/** A job that stays in quarantine this long is disabled. */
const QUARANTINE_ENDS = 28 * 24 * HOUR;

/** Numbers of one execution (Microsoft Graph: synchronizationTaskExecution). */
export interface Counts {
  entitled: number;
  escrowed: number;
  exported: number;
  imported: number;
}

/** `status` of a job that was just made (Microsoft Graph: synchronizationStatus). */
export function newStatus(): Record<string, unknown> {
  return {
    countSuccessiveCompleteFailures: 0,
    escrowsPruned: false,
    code: 'Paused',
    lastExecution: null,
    lastSuccessfulExecution: null,
    lastSuccessfulExecutionWithExports: null,
    quarantine: null,
    steadyStateFirstAchievedTime: NEVER,
    steadyStateLastAchievedTime: NEVER,
    troubleshootingUrl: '',
    progress: [],
    synchronizedEntryCountByType: [],
  };
}

/** After start and before the first run, Graph shows a failed execution with the error `None`, which is no failure. */
export function markStarted(job: Job): void {
  const { status } = job;
  status['quarantine'] = null;
  if (
    status['lastExecution'] !== null &&
    text(record(status['lastExecution'])['activityIdentifier']) !== ''
  ) {
    status['code'] = 'Active';
    return;
  }
  status['code'] = 'NotRun';
  status['lastExecution'] = execution(
    '',
    0,
    0,
    { entitled: 0, escrowed: 0, exported: 0, imported: 0 },
    'Failed',
    {
      code: 'None',
      message: '',
      tenantActionable: false,
    },
  );
}

function execution(
  activityIdentifier: string,
  began: number,
  ended: number,
  counts: Counts,
  state: 'Succeeded' | 'Failed' | 'EntryLevelErrors',
  error: Record<string, unknown> | null,
): Record<string, unknown> {
  return {
    activityIdentifier,
    countEntitled: counts.entitled,
    countEntitledForProvisioning: counts.entitled,
    countEscrowed: counts.escrowed,
    countEscrowedRaw: counts.escrowed,
    countExported: counts.exported,
    countExports: counts.exported,
    countImported: counts.imported,
    countImportedDeltas: counts.imported,
    countImportedReferenceDeltas: 0,
    error,
    state,
    timeBegan: began === 0 ? NEVER : iso(began),
    timeEnded: ended === 0 ? NEVER : iso(ended),
  };
}

/** Notes a cycle that ran to its end. */
export function markRun(
  job: Job,
  run: { began: number; ended: number; counts: Counts; failures: number; users: number; groups: number },
): void {
  const { status } = job;
  const state = run.failures > 0 ? 'EntryLevelErrors' : 'Succeeded';
  const done = execution(randomUUID(), run.began, run.ended, run.counts, state, null);
  status['code'] = 'Active';
  status['quarantine'] = null;
  status['countSuccessiveCompleteFailures'] = 0;
  status['lastExecution'] = done;
  status['lastSuccessfulExecution'] = done;
  if (run.counts.exported > 0) status['lastSuccessfulExecutionWithExports'] = done;
  if (status['steadyStateFirstAchievedTime'] === NEVER)
    status['steadyStateFirstAchievedTime'] = iso(run.ended);
  status['steadyStateLastAchievedTime'] = iso(run.ended);
  status['progress'] = [];
  status['synchronizedEntryCountByType'] = [
    { key: 'User', value: run.users },
    { key: 'Group', value: run.groups },
  ];
}

/**
 * Puts a job into quarantine, or leaves it there for another round. Returns the moment of the next try, or undefined
 * when the job has been in quarantine for four weeks and is disabled.
 */
export function markQuarantine(
  job: Job,
  began: number,
  now: number,
  reason: 'EncounteredQuarantineException' | 'EncounteredEscrowProportionThreshold',
  error: { code: string; message: string },
): number | undefined {
  const { status } = job;
  const before = record(status['quarantine']);
  const count = Number(before['seriesCount'] ?? 0) + 1;
  const seriesBegan = text(before['seriesBegan']) || iso(now);
  const next = now + (QUARANTINE_WAITS[Math.min(count, QUARANTINE_WAITS.length) - 1] ?? 24 * HOUR);
  const fault = { ...error, tenantActionable: true };
  status['code'] = 'Quarantine';
  status['countSuccessiveCompleteFailures'] = count;
  status['lastExecution'] = execution(
    randomUUID(),
    began,
    now,
    { entitled: 0, escrowed: 0, exported: 0, imported: 0 },
    'Failed',
    fault,
  );
  status['quarantine'] = {
    currentBegan: iso(now),
    nextAttempt: iso(next),
    reason,
    seriesBegan,
    seriesCount: count,
    error: fault,
  };
  if (now - Date.parse(seriesBegan) < QUARANTINE_ENDS) return next;
  job.schedule.state = 'Disabled';
  return undefined;
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}
