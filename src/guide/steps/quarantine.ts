import type { Blocked, Change } from '../change.ts';
import { jobWords } from '../jobWords.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { assignedGroups, expectedPeople } from './arrivals.ts';
import { firstArrived } from './firstArrived.ts';
import { isQuarantined, synchronizationPath } from './job.ts';
import { linksRefuseAnyone, remembersOldProfile } from './oldProfile.ts';
import { sendsWrongIds } from './pauseFirst.ts';
import { pushOne } from './pushOne.ts';
import { beforeRestart, resetScope } from './quarantineReset.ts';
import { readyToPush } from './readyToPush.ts';
import { afterJob, met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

export const quarantineRequirement: Requirement = {
  id: 'provisioning.quarantine',
  step: 4,
  title: text('Job not in quarantine'),
  why: text('In quarantine Entra tries less and less often and disables the job after four weeks.'),
  severity: 'required',
  evaluate,
  plan,
};

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.job, (job) => {
      if (job === undefined) return afterJob;
      if (!isQuarantined(job)) {
        return met(text('none'), text('The job is not in quarantine.'), { portal: 'provisioning' });
      }
      const { label, sentence } = jobWords(job, snapshot.at);
      return unmet(label, sentence, {
        remedy:
          beforeRestart(snapshot) ??
          (assignedGroups(snapshot).length === 0
            ? text(
                'Make endpoint, token and mapping right; step 5 restarts the job after one person has arrived.',
              )
            : text(
                'Apply makes endpoint, token and mapping right and restarts the job after one person has arrived.',
              )),
        action: { kind: 'apply' },
        portal: 'provisioning',
        // Who is new does not come and who left is not taken out, for as long as it lasts.
        peopleAffected: true,
      });
    }),
  );
}

/**
 * A restart makes the job push everyone, so it comes only when endpoint, token and mapping are right and one assigned
 * person was pushed and read back: Kiro keeps the first external ID it receives.
 */
function plan(snapshot: Snapshot): readonly Change[] | Blocked {
  // Such a job is stopped first; step 5 starts it.
  if (!isQuarantined(valueOf(snapshot.job)) || sendsWrongIds(snapshot)) return [];
  const first = beforeRestart(snapshot);
  if (first !== undefined) return { blocked: first };
  if (expectedPeople(snapshot).length === 0) {
    return { blocked: text('Nobody is assigned yet. Step 5 restarts the job after one person has arrived.') };
  }
  return [...(firstArrived(snapshot).status === 'met' ? [] : pushOne(snapshot, 4)), ...restart(snapshot, 4)];
}

/**
 * Lets a job that was stopped by Entra, or for a new profile, start over. It keeps what it knows of the people in Kiro, but
 * where that is about another profile.
 */
export function restart(snapshot: Snapshot, step: 4 | 5): readonly Change[] {
  const principal = valueOf(snapshot.servicePrincipal);
  const job = valueOf(snapshot.job);
  if (principal === undefined || job === undefined) return [];
  const path = `${synchronizationPath(principal)}/jobs/${job.id}/restart`;
  const renewed = remembersOldProfile(snapshot) !== undefined;
  const scope = resetScope(snapshot);
  const proven = firstArrived(snapshot).status === 'met' || linksRefuseAnyone(snapshot);
  const ready = readyToPush(snapshot) && proven;
  return [
    {
      id: 'provisioning.restart',
      step,
      meets: [
        'provisioning.quarantine',
        'people.jobRunning',
        ...(renewed ? ['provisioning.profileRenewed'] : []),
      ],
      title: renewed
        ? text('Restart the provisioning job, and let it forget the old profile')
        : text('Restart the provisioning job'),
      why: renewed
        ? text('It looks everyone up in the new profile and provisions everyone who is assigned.')
        : text('It leaves the quarantine and provisions everyone who is assigned.'),
      before: { state: job.status.code },
      after: { state: 'Active', forgets: scope },
      request: ready
        ? {
            kind: 'graph',
            method: 'POST',
            path,
            body: { criteria: { resetScope: scope } },
          }
        : { kind: 'later', method: 'POST', outline: path },
      notUndoable: text('The job can be stopped; whom it has provisioned stays in Kiro.'),
      risk: 'people',
      scopes: ['Synchronization.ReadWrite.All'],
    },
  ];
}
