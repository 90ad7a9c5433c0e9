import type { StepNumber, Verdict } from '../requirement.ts';
import type {
  Application,
  Observed,
  ServicePrincipal,
  Snapshot,
  Unknown,
  UnknownReason,
} from '../snapshot.ts';
import { text, type Text } from '../text.ts';

type Details = Omit<Verdict, 'status' | 'label' | 'evidence'>;

export function met(label: Text, evidence: Text, details: Details = {}): Verdict {
  return { status: 'met', label, evidence, ...details };
}

export function unmet(label: Text, evidence: Text, details: Details & { readonly remedy: Text }): Verdict {
  return { status: 'unmet', label, evidence, ...details };
}

export function manual(label: Text, evidence: Text, details: Details & { readonly remedy: Text }): Verdict {
  return { status: 'manual', label, evidence, ...details };
}

export function waiting(
  label: Text,
  evidence: Text,
  details: Details & { readonly waiting: NonNullable<Verdict['waiting']> },
): Verdict {
  return { status: 'waiting', label, evidence, ...details };
}

export function notKnown(unknown: Unknown): Verdict {
  return {
    status: 'unknown',
    label: reasonLabel(unknown.reason),
    evidence: text('This could not be looked at.'),
    remedy: unknown.detail,
  };
}

function reasonLabel(reason: UnknownReason): Text {
  switch (reason) {
    case 'not-read':
      return text('not looked at');
    case 'signed-out':
      return text('signed out');
    case 'permission':
      return text('no permission');
    case 'licence':
      return text('no licence');
    case 'network':
      return text('not reachable');
    case 'throttled':
      return text('asked to wait');
    case 'not-in-cloud':
      return text('not in this cloud');
    case 'malformed':
      return text('answer not understood');
    case 'service':
      return text('service error');
  }
}

/** Nothing can be said about it yet, because an earlier step makes what is asked about. */
export function afterStep(step: StepNumber): Verdict {
  return {
    status: 'unmet',
    after: step,
    label: text('after step {0}', step),
    evidence: text('This becomes possible when step {0} is done.', step),
    remedy: text('Do step {0} first.', step),
  };
}

/** Judges what was seen; what was not seen is unknown. */
export function whenKnown<T>(observed: Observed<T>, judge: (value: T) => Verdict): Verdict {
  return observed.known ? judge(observed.value) : notKnown(observed);
}

/** No application belongs to this connection yet, or the one that did is gone. */
export function lacksApplication(snapshot: Snapshot): boolean {
  const { application } = snapshot;
  return application.known ? application.value === undefined : snapshot.kept.application === undefined;
}

export function whenApplication(snapshot: Snapshot, judge: (application: Application) => Verdict): Verdict {
  if (lacksApplication(snapshot)) return afterStep(1);
  return whenKnown(snapshot.application, (value) => (value === undefined ? afterStep(1) : judge(value)));
}

export function whenServicePrincipal(
  snapshot: Snapshot,
  judge: (servicePrincipal: ServicePrincipal) => Verdict,
): Verdict {
  if (lacksApplication(snapshot)) return afterStep(1);
  return whenKnown(snapshot.servicePrincipal, (value) => (value === undefined ? afterStep(1) : judge(value)));
}

/** People were given access already, so what is wrong with sign-in keeps them out now. */
export function peopleSignIn(snapshot: Snapshot): boolean {
  const { assignments, kept } = snapshot;
  return kept.ticks.profile !== undefined && assignments.known && assignments.value.length > 0;
}

/** `peopleAffected` where it is true; absent else, as optional properties are. */
export function affecting(people: boolean): { readonly peopleAffected?: true } {
  return people ? { peopleAffected: true } : {};
}

/** Nothing can be said about it before the provisioning job is there. */
export const afterJob: Verdict = unmet(
  text('after the job'),
  text('The provisioning job is not created yet.'),
  {
    remedy: text('Apply creates the job first.'),
    action: { kind: 'apply' },
  },
);
