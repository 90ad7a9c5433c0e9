import { explainProvisioningCode } from './diagnosis/provisioningCodes.ts';
import { quarantineLasts } from './kiro.ts';
import { serviceWords } from './serviceWords.ts';
import type { SynchronizationExecution, SynchronizationJob } from './snapshot.ts';
import { isQuarantined, moment } from './steps/job.ts';
import { text, type Text } from './text.ts';

/** How the provisioning job stands. `later`: its turn has not come; `failing`: nothing that changes reaches Kiro. */
export interface JobWords {
  readonly status: 'met' | 'waiting' | 'unmet' | 'failing' | 'later';
  /** In a few words. */
  readonly label: Text;
  /** What it means, as a sentence. */
  readonly sentence: Text;
  /** What Graph says of the last cycle and of a quarantine, where it says something. */
  readonly facts: readonly { readonly name: Text; readonly value: Text }[];
}

const day = 24 * 60 * 60_000;

/**
 * What Microsoft Graph's status of the job means at that moment. Graph shows `NotRun` with a failed execution of the error
 * `None` from the start until the first cycle is over, which is no failure.
 */
export function jobWords(job: SynchronizationJob | undefined, at: number): JobWords {
  if (!job) {
    return {
      status: 'later',
      label: text('no job yet'),
      sentence: text('The provisioning job is not created yet; step 4 makes it.'),
      facts: [],
    };
  }
  return { ...stateOf(job, at), facts: [...quarantineFacts(job, at), ...cycleFacts(job)] };
}

function stateOf(job: SynchronizationJob, at: number): Omit<JobWords, 'facts'> {
  const { code, lastExecution, countSuccessiveCompleteFailures: failures = 0 } = job.status;
  if (isQuarantined(job)) return inQuarantine(job, at);
  if (job.schedule.state !== 'Active' || code === 'Paused') {
    return { status: 'later', label: text('not started'), sentence: text('The job is not started.') };
  }
  const progress = progressOf(job);
  if (code === 'NotRun' || neverRan(lastExecution)) {
    return {
      status: 'waiting',
      label: progress ?? text('started, first cycle not over'),
      sentence: text(
        'The first cycle is under way. Until it is over, Entra shows it as not run and failed, which is no fault.',
      ),
    };
  }
  if (moment(lastExecution?.timeEnded) === undefined) {
    const sentence = text('A cycle is under way.');
    return { status: 'waiting', label: progress ?? text('a cycle is under way'), sentence };
  }
  if (lastExecution?.state === 'Failed') {
    return {
      status: 'failing',
      label: failures > 1 ? text('{0} cycles failed in a row', failures) : text('last cycle failed'),
      sentence: text('The last cycle failed as a whole; Entra tries again with the next one.'),
    };
  }
  const escrowed = lastExecution?.countEscrowed ?? 0;
  if (lastExecution?.state === 'EntryLevelErrors' || escrowed > 0) {
    return {
      status: 'unmet',
      label: escrowed > 0 ? text('running, {0} failed', escrowed) : text('running, some people failed'),
      sentence: text(
        'The job is running. Some people or groups failed; Entra tries each again, at growing intervals.',
      ),
    };
  }
  return {
    status: 'met',
    label: progress ?? text('running'),
    sentence: text('The job is started and not in quarantine.'),
  };
}

function inQuarantine(job: SynchronizationJob, at: number): Omit<JobWords, 'facts'> {
  const next = moment(job.status.quarantine?.nextAttempt);
  const label =
    next === undefined
      ? text('in quarantine')
      : next > at
        ? text('in quarantine, next try {0}', { at: next })
        : text('in quarantine, next try due now');
  const left = daysLeft(job, at);
  const reason = quarantineReason(job);
  return {
    status: 'failing',
    label,
    sentence:
      left === undefined
        ? reason
        : left === 0
          ? text('{0} Entra disables the job any time now: four weeks are over.', reason)
          : text('{0} Entra disables the job in {1} days.', reason, left),
  };
}

/** Why Entra put the job into quarantine, as a sentence. */
export function quarantineReason({ status }: SynchronizationJob): Text {
  const code = status.quarantine?.error?.code ?? status.quarantine?.reason ?? 'Unknown';
  const known = explainProvisioningCode(code) ?? explainProvisioningCode(status.quarantine?.reason ?? '');
  return known === undefined
    ? text('Entra put the job into quarantine ({0}).', code)
    : // Its code, longer than a line, stands among the facts.
      text('Entra put the job into quarantine. {0}', known.cause);
}

/** Whole days until Entra disables a job in quarantine, counted from the first of an unbroken series. */
export function daysLeft({ status }: SynchronizationJob, at: number): number | undefined {
  const since = moment(status.quarantine?.seriesBegan) ?? moment(status.quarantine?.currentBegan);
  return since === undefined ? undefined : Math.max(0, Math.ceil((since + quarantineLasts - at) / day));
}

/** What of a cycle is done, where Graph tells; `undefined` before it began and after it ended. */
export function progressOf({ status }: SynchronizationJob): Text | undefined {
  const open = status.progress?.find(
    ({ completedUnits, totalUnits }) => totalUnits > 0 && completedUnits < totalUnits,
  );
  return open && text('{0} of {1} done', open.completedUnits, open.totalUnits);
}

function quarantineFacts(job: SynchronizationJob, at: number): JobWords['facts'] {
  const { quarantine } = job.status;
  if (!isQuarantined(job) || !quarantine) return [];
  const since = moment(quarantine.seriesBegan) ?? moment(quarantine.currentBegan);
  const left = daysLeft(job, at);
  const cause = [quarantine.reason, quarantine.error?.code ?? '']
    .map((code) => explainProvisioningCode(code)?.cause)
    .find((one) => one !== undefined);
  return [
    ...(cause ? [{ name: text('Cause'), value: cause }] : []),
    ...(since === undefined
      ? []
      : [{ name: text('In quarantine since'), value: text('{0}', { at: since }) }]),
    ...(left === undefined ? [] : [{ name: text('Days until Entra disables it'), value: text('{0}', left) }]),
  ];
}

function cycleFacts(job: SynchronizationJob): JobWords['facts'] {
  const { lastExecution, quarantine } = job.status;
  const cycle = neverRan(lastExecution) ? undefined : cycleWords(lastExecution);
  const error = errorWords(quarantine?.error ?? lastExecution?.error);
  const escrowed = lastExecution?.countEscrowed ?? 0;
  return [
    ...(cycle ? [{ name: text('Last cycle'), value: cycle }] : []),
    ...(escrowed > 0
      ? [{ name: text('Waiting to be tried again'), value: text('{0} people or groups', escrowed) }]
      : []),
    ...(error ? [{ name: text('Error'), value: error }] : []),
  ];
}

function cycleWords(execution: SynchronizationExecution | null): Text | undefined {
  const at = moment(execution?.timeEnded) ?? moment(execution?.timeBegan);
  if (!execution || at === undefined) return undefined;
  const { countExported, countEntitled, countImported } = execution;
  if (countExported === undefined) return text('{0}', { at });
  if (countEntitled === undefined || countImported === undefined)
    return text('{0}, {1} exported', { at }, countExported);
  return text(
    '{0}: {1} looked at, {2} in scope, {3} exported',
    { at },
    countImported,
    countEntitled,
    countExported,
  );
}

/** After a start and before the first run, an execution stands there that never was. */
function neverRan(execution: SynchronizationExecution | null): boolean {
  return moment(execution?.timeBegan) === undefined && moment(execution?.timeEnded) === undefined;
}

/** Microsoft Graph writes the code `None` where nothing is wrong. */
function errorWords(error: SynchronizationExecution['error'] | undefined): Text | undefined {
  if (!error || error.code === 'None') return undefined;
  const said = serviceWords(error.message ?? '');
  return said === '' ? text('{0}', error.code) : text('{0} ({1})', said, error.code);
}
