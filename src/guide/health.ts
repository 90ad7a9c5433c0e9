import { findings as judge } from './findings.ts';
import { offersOnDemand } from './onDemand.ts';
import type { Finding, FindingStatus, StepNumber } from './requirement.ts';
import type { Snapshot } from './snapshot.ts';
import { lacksApplication } from './steps/verdicts.ts';
import { text, type Text } from './text.ts';

/**
 * State of a step: that of its most pressing required finding, or `blocked` while an earlier step has to come first.
 * Warnings show in the label only.
 */
export type StepStatus = FindingStatus | 'blocked';

export interface StepHealth {
  readonly step: StepNumber;
  readonly title: Text;
  readonly status: StepStatus;
  /** State in a few words, for the tree row: `1 to do`, `after step 2`, `Kiro-Entra`. */
  readonly label: Text;
  readonly findings: readonly Finding[];
}

/** The one word of the status bar. `failing`: people are kept out; `todo`: something is unmet or manual. */
export type OverallHealth = 'healthy' | 'waiting' | 'todo' | 'failing' | 'unknown';

export interface Health {
  /** Epoch milliseconds of the snapshot. */
  readonly at: number;
  readonly overall: OverallHealth;
  /** Is it all right? If not, what is wrong, what to do, what is waited for: one sentence. */
  readonly headline: Text;
  readonly steps: readonly StepHealth[];
  /** Unmet and manual findings of severity `required` in steps that are not blocked: what can be done now. */
  readonly todo: number;
  /** The finding that the status bar's click leads to. */
  readonly next?: Finding;
  /** What `failing` keeps people from: signing in, or only arriving in Kiro, while who is there goes on. */
  readonly failing?: 'signIn' | 'provisioning';
  /** Somebody may be provisioned on demand now. Told here, so that no view has to load the steps to know. */
  readonly provisionNow?: true;
}

const steps: readonly StepNumber[] = [1, 2, 3, 4, 5];

const titles: Readonly<Record<StepNumber, Text>> = {
  1: text('Application'),
  2: text('Configuration'),
  3: text('Kiro profile'),
  4: text('Provisioning'),
  5: text('People'),
};

/** Most pressing first. */
const pressing: readonly FindingStatus[] = ['unmet', 'manual', 'unknown', 'waiting', 'met'];

/** What one look means as a whole: each step, and one sentence for all. */
export function health(snapshot: Snapshot): Health {
  const all = judge(snapshot);
  const judged = steps.map((step) =>
    stepHealth(
      step,
      all.filter((finding) => finding.step === step),
      blockedBy(step, all, snapshot),
    ),
  );
  const open = judged.filter((step) => step.status !== 'blocked').flatMap((step) => step.findings);
  const required = open.filter(isRequired);
  const todo = required.filter(isTodo);
  const affecting = required.filter(({ status, peopleAffected }) => status === 'unmet' && peopleAffected);
  // Whoever can't sign in comes before whoever has not arrived.
  const failing = affecting.find((finding) => failsIn(finding) === 'signIn') ?? affecting[0];
  const next =
    failing ??
    todo[0] ??
    required.find((finding) => finding.status === 'unknown') ??
    longestWait(required) ??
    open.find((finding) => finding.status !== 'met');
  const overall = overallOf(failing, todo, required);
  return {
    at: snapshot.at,
    overall,
    headline: headline(overall, todo.length, next),
    ...(failing && { failing: failsIn(failing) }),
    steps: judged,
    todo: todo.length,
    ...(next === undefined ? {} : { next }),
    ...(offersOnDemand(snapshot) && { provisionNow: true as const }),
  };
}

/** Steps 4 and 5 bring people to Kiro; the sign-in stands on those before. */
function failsIn({ step }: Finding): 'signIn' | 'provisioning' {
  return step >= 4 ? 'provisioning' : 'signIn';
}

function isRequired(finding: Finding): boolean {
  return finding.severity === 'required';
}

function isTodo(finding: Finding): boolean {
  return (finding.status === 'unmet' && finding.after === undefined) || finding.status === 'manual';
}

function longestWait(findings: readonly Finding[]): Finding | undefined {
  return findings
    .filter((finding) => finding.status === 'waiting')
    .sort((one, other) => (other.waiting?.until ?? 0) - (one.waiting?.until ?? 0))[0];
}

function stepHealth(
  step: StepNumber,
  findings: readonly Finding[],
  blocked: StepNumber | undefined,
): StepHealth {
  const title = titles[step];
  if (blocked !== undefined) {
    return { step, title, status: 'blocked', label: text('after step {0}', blocked), findings };
  }
  const required = findings.filter(isRequired);
  const status =
    pressing.find((candidate) => required.some((finding) => finding.status === candidate)) ?? 'met';
  return { step, title, status, label: stepLabel(status, findings), findings };
}

function stepLabel(status: FindingStatus, findings: readonly Finding[]): Text {
  const required = findings.filter(isRequired);
  const first = required.find((finding) => finding.status === status);
  const warnings = findings.filter((finding) => !isRequired(finding) && isTodo(finding)).length;
  switch (status) {
    case 'unmet':
    case 'manual':
      return text('{0} to do', required.filter(isTodo).length);
    case 'waiting':
    case 'unknown':
      return first === undefined ? text('done') : text('{0}: {1}', first.title, first.label);
    case 'met': {
      const done = first?.step === 1 ? first.label : text('done');
      if (warnings === 0) return done;
      return warnings === 1 ? text('{0}, 1 warning', done) : text('{0}, {1} warnings', done, warnings);
    }
  }
}

/**
 * The earlier step that has to come first, as long as there is nothing in the tenant to judge a step by. What is there
 * is always judged: an adopted application that provisions already shows its true state.
 */
function blockedBy(step: StepNumber, all: readonly Finding[], snapshot: Snapshot): StepNumber | undefined {
  if (step === 1) return undefined;
  const unmet = (id: string): boolean =>
    all.some((finding) => finding.id === id && finding.status === 'unmet');
  if (lacksApplication(snapshot) || unmet('application.template')) return 1;
  const { assignments, job, kept } = snapshot;
  const jobThere = job.known && job.value !== undefined;
  if (step === 4) {
    return kept.ticks.profile === undefined && kept.scim === undefined && job.known && !jobThere
      ? 3
      : undefined;
  }
  if (step === 5) {
    const open = all.some((finding) => finding.step === 4 && isRequired(finding) && isTodo(finding));
    const nobody = assignments.known && assignments.value.length === 0;
    return open && nobody ? 4 : undefined;
  }
  return undefined;
}

function overallOf(
  failing: Finding | undefined,
  todo: readonly Finding[],
  required: readonly Finding[],
): OverallHealth {
  if (failing !== undefined) return 'failing';
  if (todo.length > 0) return 'todo';
  if (required.some((finding) => finding.status === 'unknown')) return 'unknown';
  return required.some((finding) => finding.status === 'waiting') ? 'waiting' : 'healthy';
}

function headline(overall: OverallHealth, todo: number, next: Finding | undefined): Text {
  if (next === undefined) return text('All right: everything the guide asks for is in place.');
  const remedy = next.remedy ?? next.evidence;
  switch (overall) {
    case 'failing':
      return failsIn(next) === 'signIn'
        ? text('People are kept out. {0} {1}', next.evidence, remedy)
        : text('Changes do not reach Kiro. {0} {1}', next.evidence, remedy);
    case 'todo':
      return todo === 1
        ? text('1 thing to do, in step {0}: {1}. {2}', next.step, next.title, remedy)
        : text('{0} things to do. Next, in step {1}: {2}. {3}', todo, next.step, next.title, remedy);
    case 'unknown':
      return text('It can’t be told whether all is right. {0}: {1}', next.title, remedy);
    case 'waiting': {
      const { waiting } = next;
      if (waiting === undefined) return text('Nothing to do now. {0}', next.evidence);
      return waiting.until === undefined
        ? text('Nothing to do now. Waiting for {0}.', waiting.for)
        : text('Nothing to do now. Waiting for {0}, until about {1}.', waiting.for, { at: waiting.until });
    }
    case 'healthy':
      return text('All right. To look at when there is time: {0}. {1}', next.title, remedy);
  }
}
