import type { ProvisioningEvent } from '../../engine/session.ts';
import { explainProvisioningCode } from '../../guide/diagnosis/provisioningCodes.ts';
import { explainScimDetail } from '../../guide/diagnosis/scimFaults.ts';
import { jobWords } from '../../guide/jobWords.ts';
import type { Finding, PortalPage } from '../../guide/requirement.ts';
import { serviceWords } from '../../guide/serviceWords.ts';
import type { SynchronizationJob } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { Action, EventRow, Run, State, Status, StatusModel } from '../../webview/models.ts';
import { commandIds } from '../commandIds.ts';
import { cycleState } from '../../guide/steps/nextCycle.ts';
import { presentCycle } from './stages.ts';
import type { PanelView } from './view.ts';

/** The provisioning log as far as it was read; asked for only while the panel can be seen. */
export type EventsView =
  | { readonly kind: 'loading' }
  | { readonly kind: 'known'; readonly events: readonly ProvisioningEvent[] }
  /** Why it could not be read, as a sentence. */
  | { readonly kind: 'unknown'; readonly sentence: string };

const shownEvents = 8;
/** Entra skips who is in Kiro already as wanted: nothing is wrong with it. */
const nothingToChange = 'RedundantExport';
/** Events further apart than this belong to different runs: Entra's log names no run. */
const runGap = 5 * 60_000;
const shownRuns = 12;

/** The job in words, its last runs and events, each with cause and cure. */
export function provisioningSection(view: PanelView, log: EventsView): StatusModel['provisioning'] {
  const { words } = view;
  const events = log.kind === 'known' ? log.events : [];
  const finding = jobFinding(view);
  return {
    title: words(text('Provisioning')),
    state: jobState(view),
    ...(finding?.remedy ? { remedy: words(text('{0}: {1}', finding.title, finding.remedy)) } : {}),
    facts: jobFacts(view),
    runsTitle: words(text('Last runs in the log')),
    runs: runsOf(events, view),
    legend: {
      ok: words(text('pushed')),
      failed: words(text('failed')),
      skipped: words(text('skipped')),
    },
    eventsTitle: words(text('Last events')),
    events: events.slice(0, shownEvents).map((event) => eventRow(event, view)),
    ...(events.length === 0 ? { noEvents: noEvents(view, log) } : {}),
    ...(log.kind === 'loading' ? { loading: true } : {}),
    actions: portalLinks(view),
  };
}

/** A sandbox has no admin center. */
function portalLinks({ connection, words }: PanelView): Action[] {
  if (connection?.kind === 'sandbox') return [];
  const link = (label: Text, page: PortalPage): Action => ({
    label: words(label),
    command: commandIds.openPortal,
    args: [page],
  });
  return [
    link(text('Open provisioning in Entra'), 'provisioning'),
    link(text('Open the provisioning logs'), 'provisioningLogs'),
  ];
}

function noEvents({ words }: PanelView, log: EventsView): string {
  if (log.kind === 'unknown') return log.sentence;
  return words(
    log.kind === 'loading'
      ? text('Reading the provisioning log.')
      : text('Nothing yet: Entra writes a line for each person and group that it pushes.'),
  );
}

/** The most pressing finding about the job itself. */
function jobFinding({ observation }: PanelView): Finding | undefined {
  const step = observation?.health.steps.find((candidate) => candidate.step === 4);
  return step?.findings.find(({ status, severity }) => status === 'unmet' && severity === 'required');
}

function jobState(view: PanelView): State {
  const { observation, words } = view;
  const say = (status: Status, said: Text): State => ({ status, words: words(said) });
  const observed = observation?.snapshot.job;
  if (!observed) return say('unknown', text('not read'));
  if (!observed.known) return { status: 'unknown', words: words(observed.detail) };
  const job = observed.value;
  const { status, label } = jobWords(job, view.now);
  return say(status, label);
}

function jobFacts({ observation, now, words }: PanelView): StatusModel['provisioning']['facts'] {
  const job = observation?.snapshot.job.known === true ? observation.snapshot.job.value : undefined;
  if (!job) return [];
  const next = nextWords(job, now);
  const facts = [...jobWords(job, now).facts, ...(next ? [{ name: text('Next cycle'), value: next }] : [])];
  return facts.map(({ name, value }) => ({ name: words(name), value: words(value) }));
}

function nextWords(job: SynchronizationJob, now: number): Text | undefined {
  const cycle = job.schedule.state === 'Active' && !job.status.quarantine ? presentCycle(job) : undefined;
  if (!cycle) return undefined;
  switch (cycleState(cycle.until, now)) {
    case 'coming':
      return text('about {0}', { at: cycle.until });
    case 'due':
      return text('due now');
    case 'overdue':
      return text('overdue since {0}', { at: cycle.until });
  }
}

/** Cause and cure by the guide's table of codes; Kiro's own words in the reason are the nearer cause. */
function diagnose({ errorCode, reason }: ProvisioningEvent): { cause: Text; cure: Text } | undefined {
  const code = explainProvisioningCode(errorCode ?? '');
  return code && { cause: explainScimDetail(reason ?? '') ?? code.cause, cure: code.cure };
}

function eventRow(event: ProvisioningEvent, { words }: PanelView): EventRow {
  const statuses = { success: 'met', failure: 'failing', skipped: 'later', warning: 'unmet' } as const;
  const outcome = {
    success: text('done'),
    failure: text('failed'),
    skipped: text('skipped'),
    warning: text('with a warning'),
  }[event.status];
  const said = event.action === 'other' ? outcome : text('{0}: {1}', event.action, outcome);
  const diagnosis = event.status === 'success' ? undefined : diagnose(event);
  const reason = event.status === 'success' ? '' : serviceWords(event.reason ?? '');
  const cause = diagnosis ? words(diagnosis.cause) : reason === '' ? undefined : reason;
  return {
    id: event.id,
    at: event.at,
    time: words(text('{0}', { at: event.at })),
    state: { status: statuses[event.status], words: words(said) },
    subject: event.subject,
    ...(cause === undefined ? {} : { cause }),
    ...(diagnosis && event.errorCode !== nothingToChange ? { cure: words(diagnosis.cure) } : {}),
    ...(event.errorCode === undefined ? {} : { code: event.errorCode }),
  };
}

/** Runs made out in the log, oldest first: events that follow each other closely are one. */
export function runsOf(events: readonly ProvisioningEvent[], { words }: PanelView): Run[] {
  const runs: { at: number; last: number; ok: number; failed: number; skipped: number }[] = [];
  for (const event of [...events].sort((one, other) => one.at - other.at)) {
    let run = runs.at(-1);
    if (!run || event.at - run.last > runGap) {
      run = { at: event.at, last: event.at, ok: 0, failed: 0, skipped: 0 };
      runs.push(run);
    }
    run.last = event.at;
    run[event.status === 'success' ? 'ok' : event.status === 'skipped' ? 'skipped' : 'failed'] += 1;
  }
  return runs.slice(-shownRuns).map(({ at, ok, failed, skipped }) => ({
    at,
    ok,
    failed,
    skipped,
    words: words(text('{0}: {1} pushed, {2} failed, {3} skipped', { at }, ok, failed, skipped)),
  }));
}
