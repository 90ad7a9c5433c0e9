import { randomUUID } from 'node:crypto';
import type { Job } from '../state.ts';
import { record, text } from './json.ts';

/** Time between two cycles, `PT40M`; it cannot be configured in Entra. */
export const CYCLE_MS = 40 * 60_000;
const NEVER = '0001-01-01T00:00:00Z';

/** Numbers of one execution (Microsoft Graph: synchronizationTaskExecution). */
export interface Counts {
  readonly entitled: number;
  readonly entitledForProvisioning: number;
  readonly escrowed: number;
  readonly escrowedRaw: number;
  readonly exported: number;
  readonly exports: number;
  readonly imported: number;
  readonly references: number;
}

export const noCounts: Counts = {
  entitled: 0,
  entitledForProvisioning: 0,
  escrowed: 0,
  escrowedRaw: 0,
  exported: 0,
  exports: 0,
  imported: 0,
  references: 0,
};

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
  status['countSuccessiveCompleteFailures'] = 0;
  if (text(record(status['lastExecution'])['activityIdentifier']) !== '') {
    status['code'] = 'Active';
    return;
  }
  status['code'] = 'NotRun';
  status['lastExecution'] = execution('', {
    began: undefined,
    ended: undefined,
    counts: noCounts,
    state: 'Failed',
    error: { code: 'None', message: '', tenantActionable: false },
  });
}

/** One execution as Graph shows it (Microsoft Graph: synchronizationTaskExecution). */
export function execution(
  activityIdentifier: string,
  run: {
    readonly began: number | undefined;
    readonly ended: number | undefined;
    readonly counts: Counts;
    readonly state: 'Succeeded' | 'Failed' | 'EntryLevelErrors';
    readonly error: Record<string, unknown> | null;
  },
): Record<string, unknown> {
  const { counts } = run;
  return {
    activityIdentifier,
    countEntitled: counts.entitled,
    countEntitledForProvisioning: counts.entitledForProvisioning,
    countEscrowed: counts.escrowed,
    countEscrowedRaw: counts.escrowedRaw,
    countExported: counts.exported,
    countExports: counts.exports,
    countImported: counts.imported,
    countImportedDeltas: counts.imported,
    countImportedReferenceDeltas: counts.references,
    error: run.error,
    state: run.state,
    timeBegan: run.began === undefined ? NEVER : iso(run.began),
    timeEnded: run.ended === undefined ? NEVER : iso(run.ended),
  };
}

/**
 * Notes a cycle that ran to its end. A job that was paused meanwhile stays paused. The last successful execution is one
 * without any error; the one with exports may have had some.
 */
export function markRun(
  job: Job,
  run: { readonly began: number; readonly ended: number; readonly counts: Counts; readonly failures: number },
): void {
  const { status } = job;
  const { began, ended, counts } = run;
  const state = run.failures > 0 ? 'EntryLevelErrors' : 'Succeeded';
  const done = execution(randomUUID(), { began, ended, counts, state, error: null });
  if (job.schedule.state === 'Active') status['code'] = 'Active';
  status['quarantine'] = null;
  status['countSuccessiveCompleteFailures'] = 0;
  status['lastExecution'] = done;
  if (run.failures === 0) status['lastSuccessfulExecution'] = done;
  if (counts.exported > 0) status['lastSuccessfulExecutionWithExports'] = done;
  if (status['steadyStateFirstAchievedTime'] === NEVER) status['steadyStateFirstAchievedTime'] = iso(ended);
  status['steadyStateLastAchievedTime'] = iso(ended);
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}
