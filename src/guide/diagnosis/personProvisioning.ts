import { onDemandBlocked } from '../onDemand.ts';
import type { Finding } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { serviceWords } from '../serviceWords.ts';
import { expectedPeople } from '../steps/arrivals.ts';
import { isQuarantined, isRunning } from '../steps/job.ts';
import { leftOut } from '../steps/leftOutMapping.ts';
import { nextCycle, waitUntil } from '../steps/nextCycle.ts';
import { text, type Text } from '../text.ts';
import { mayBeAttribute } from './attributeErrors.ts';
import { linkOf, type Link, type PersonCase, type PersonEvent } from './person.ts';
import { explainProvisioningCode } from './provisioningCodes.ts';

const jobLinks = linkOf('job', text('Provisioning job'));
const push = linkOf('push', text('Last push of the person'));

/** Until when the next cycle may be waited for; `undefined` when it is overdue or no cycle will come. */
export function cycleToCome(snapshot: Snapshot): { readonly until?: number } | undefined {
  if (!isRunning(valueOf(snapshot.job))) return undefined;
  const cycle = nextCycle(snapshot);
  if (cycle === undefined) return {};
  return cycle.state === 'overdue' ? undefined : { until: waitUntil(cycle) };
}

/** Provisioning on demand as the cure, where nothing stands against it for this person. */
export function pushNow({ snapshot, account }: PersonCase): Pick<Link, 'action'> {
  const person = expectedPeople(snapshot).find(({ id }) => id === account.id);
  return person !== undefined && onDemandBlocked(snapshot, { kind: 'person', person }) === undefined
    ? { action: { kind: 'provisionNow', person: person.id } }
    : {};
}

/** Leaving attributes out, where nothing stands against it and none are left out already. */
function leaveOutNow(person: PersonCase): Pick<Link, 'action'> {
  const { action } = pushNow(person);
  return action?.kind === 'provisionNow' && leftOut(person.snapshot) === undefined
    ? { action: { kind: 'leaveOutAttributes', person: action.person } }
    : {};
}

/** Whether changes reach Kiro at all. No cause where Kiro has the person already. */
export function jobLink({ snapshot, held }: PersonCase, findings: readonly Finding[]): Link {
  const job = valueOf(snapshot.job);
  if (!snapshot.job.known)
    return jobLinks.unknown(text('The provisioning job could not be read.'), { remedy: snapshot.job.detail });
  const open = (prefix: string): Finding | undefined =>
    findings.find(
      ({ id, status, after }) => id.startsWith(prefix) && status === 'unmet' && after === undefined,
    );
  const standing = isQuarantined(job)
    ? open('provisioning.quarantine')
    : job === undefined
      ? open('provisioning.job')
      : isRunning(job)
        ? undefined
        : open('people.jobRunning');
  // A job that knows another profile's records brings nobody however it stands, and no restart but one helps.
  const wrong = open('provisioning.profileRenewed') ?? standing;
  if (wrong === undefined) {
    if (isRunning(job)) {
      return jobLinks.ok(runningWords(snapshot));
    }
    const stopped = text('The provisioning job is not running.');
    return held
      ? jobLinks.ok(stopped, { remedy: text('Nothing that changes reaches Kiro meanwhile.') })
      : jobLinks.broken(stopped, {
          remedy: text('Start it: apply step 5.'),
          action: { kind: 'applyRequirement', requirement: 'people.jobRunning', step: 5 },
          portal: 'provisioning',
        });
  }
  if (held)
    return jobLinks.ok(wrong.evidence, {
      remedy: text('It does not keep this person out, but nothing that changes reaches Kiro meanwhile.'),
    });
  return jobLinks.broken(wrong.evidence, {
    remedy: wrong.remedy ?? text('Apply step {0}.', wrong.step),
    action: { kind: 'applyRequirement', requirement: wrong.id, step: wrong.step },
    portal: 'provisioning',
  });
}

function runningWords(snapshot: Snapshot): Text {
  const cycle = nextCycle(snapshot);
  switch (cycle?.state) {
    case undefined:
      return text('The job is running.');
    case 'coming':
      return text('The job is running; its next cycle is about {0}.', { at: cycle.at });
    case 'due':
      return text('The job is running; its next cycle is due now.');
    case 'overdue':
      return text('The job is running; its next cycle was due about {0} and is overdue.', { at: cycle.at });
  }
}

/** What the provisioning log said last about the person. */
export function pushLink(person: PersonCase): Link {
  const { snapshot, seen, held } = person;
  const { events } = seen;
  if (!events.known) {
    return push.unknown(text('The provisioning log could not be read.'), {
      remedy: events.detail,
      portal: 'provisioningLogs',
      ...(events.reason === 'permission' && { deeper: true }),
    });
  }
  const [last] = events.value;
  if (last === undefined) return unlogged(person);
  if (last.status === 'success' || last.status === 'warning')
    return push.ok(text('{0} at {1}, successfully.', done(last), { at: last.at }));
  const why = explained(last);
  if (held) return push.ok(text('At {0}: {1}', { at: last.at }, why.cause));
  const coming = cycleToCome(snapshot);
  if (why.transient && coming !== undefined)
    return push.waiting(text('Failed at {0}: {1}', { at: last.at }, why.cause), {
      remedy: why.cure,
      ...pushNow(person),
      ...coming,
    });
  const evidence =
    last.reason === undefined
      ? text('{0} at {1}. {2} ({3})', verb(last), { at: last.at }, why.cause, last.errorCode ?? last.status)
      : text(
          '{0} at {1}. {2} ({3}: {4})',
          verb(last),
          { at: last.at },
          why.cause,
          last.errorCode ?? last.status,
          serviceWords(last.reason),
        );
  const isolate = mayBeAttribute(last) ? leaveOutNow(person) : {};
  return push.broken(evidence, {
    remedy: isolate.action
      ? text('{0} “Leave attributes out” shows whether one of the other attributes is the cause.', why.cure)
      : why.cure,
    ...(why.transient && pushNow(person)),
    ...isolate,
    portal: 'provisioningLogs',
  });
}

function unlogged(person: PersonCase): Link {
  const { snapshot, held } = person;
  if (held) return push.ok(text('Kiro has the person; the log no longer tells when they were pushed.'));
  const coming = cycleToCome(snapshot);
  const evidence = text('The provisioning log has no row about the person yet.');
  if (coming !== undefined)
    return push.waiting(evidence, {
      remedy: text('Entra pushes changes about every 40 minutes. Provision on demand is faster.'),
      ...pushNow(person),
      portal: 'provisioning',
      ...coming,
    });
  return push.broken(evidence, {
    remedy: isRunning(valueOf(snapshot.job))
      ? text(
          'The cycle is overdue. Provision the person on demand and read what it says; somebody who comes back into scope may need a restart of the job.',
        )
      : text('Get the provisioning job to run first, then provision the person on demand.'),
    ...pushNow(person),
    portal: 'provisioning',
  });
}

interface Why {
  readonly cause: Text;
  readonly cure: Text;
  readonly transient: boolean;
}

/** The code's cause and cure; a reason that speaks of mutability goes before its code, which is a general one. */
function explained({ errorCode, reason }: PersonEvent): Why {
  if (reason !== undefined && /mutability/i.test(reason)) {
    return {
      cause: text('Kiro has the person under another external ID and never changes it.'),
      cure: text(
        'Have their record in Kiro deleted and provision them again; a new mapping alone does not help.',
      ),
      transient: false,
    };
  }
  return (
    (errorCode === undefined ? undefined : explainProvisioningCode(errorCode)) ?? {
      cause: text('Entra gave a reason that this tool does not know.'),
      cure: text('Open the row in the provisioning logs.'),
      transient: false,
    }
  );
}

function verb({ status }: PersonEvent): Text {
  return status === 'skipped' ? text('Left out') : text('Failed');
}

function done({ action }: PersonEvent): Text {
  switch (action) {
    case 'create':
      return text('Created in Kiro');
    case 'disable':
      return text('Switched off in Kiro');
    case 'delete':
      return text('Deleted in Kiro');
    default:
      return text('Updated in Kiro');
  }
}
