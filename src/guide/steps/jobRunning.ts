import type { Blocked, Change, Choices } from '../change.ts';
import { jobWords } from '../jobWords.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { groupAssignments } from './arrivals.ts';
import { firstArrived } from './firstArrived.ts';
import { isQuarantined, isRunning, synchronizationPath } from './job.ts';
import { remembersOldProfile } from './oldProfile.ts';
import { restart } from './quarantine.ts';
import { beforeRestart } from './quarantineReset.ts';
import { readyToPush } from './readyToPush.ts';
import { afterStep, met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

export const jobRunningRequirement: Requirement = {
  id: 'people.jobRunning',
  step: 5,
  title: text('Provisioning running'),
  why: text('The job brings new members to Kiro and takes those who leave out, about every 40 minutes.'),
  severity: 'required',
  evaluate,
  plan,
};

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.job, (job) => {
      if (job === undefined) return afterStep(4);
      if (isRunning(job)) {
        const { label, sentence } = jobWords(job, snapshot.at);
        return met(label, sentence, { portal: 'provisioning' });
      }
      return unmet(
        isQuarantined(job) ? text('in quarantine') : text('stopped'),
        isQuarantined(job) ? text('The job is in quarantine.') : text('The job is not started.'),
        {
          remedy: text('Apply starts it after one person has arrived with the right external ID.'),
          action: { kind: 'apply' },
          portal: 'provisioning',
        },
      );
    }),
  );
}

/** The guard: the start is concrete only when one person was read back from Kiro with the right external ID. */
function plan(snapshot: Snapshot, choices: Choices): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  if (principal === undefined) return [];
  if (groupAssignments(snapshot).length === 0 && choices.groups.length === 0) {
    return { blocked: text('Assign a group first: the job starts after one of its members has arrived.') };
  }
  const job = valueOf(snapshot.job);
  if (job === undefined || !readyToPush(snapshot)) {
    return {
      blocked: text(
        'Complete step 4 first: endpoint, token and mapping have to be right before anyone is pushed.',
      ),
    };
  }
  if (snapshot.kept.scim?.tokenStored !== true) {
    return {
      blocked: text('Enter the access token first, so that Kiro can be read back before the job starts.'),
    };
  }
  if (isQuarantined(job)) {
    const first = beforeRestart(snapshot);
    return first === undefined ? restart(snapshot, 5) : { blocked: first };
  }
  if (remembersOldProfile(snapshot) !== undefined) return restart(snapshot, 5);
  const path = `${synchronizationPath(principal)}/jobs/${job.id}/start`;
  return [
    {
      id: 'people.start',
      step: 5,
      meets: ['people.jobRunning', 'people.arrived'],
      title: text('Start provisioning'),
      why: text('Everyone in the assigned groups is pushed to Kiro, now and with every later change.'),
      before: { provisioningStatus: 'Off' },
      after: { provisioningStatus: 'On' },
      request:
        firstArrived(snapshot).status === 'met'
          ? { kind: 'graph', method: 'POST', path }
          : { kind: 'later', method: 'POST', outline: path },
      inverse: {
        kind: 'graph',
        method: 'POST',
        path: `${synchronizationPath(principal)}/jobs/${job.id}/pause`,
      },
      risk: 'people',
      scopes: ['Synchronization.ReadWrite.All'],
    },
  ];
}
