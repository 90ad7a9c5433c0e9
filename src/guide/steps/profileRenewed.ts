import type { Blocked, Change } from '../change.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import type { Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { expectedPeople } from './arrivals.ts';
import { credentialRequirement, lacking } from './credentials.ts';
import { firstArrived } from './firstArrived.ts';
import { linksRefuseAnyone, pauseForNewProfile, remembersOldProfile } from './oldProfile.ts';
import { sendsWrongIds } from './pauseFirst.ts';
import { pushOne } from './pushOne.ts';
import { restart } from './quarantine.ts';
import { beforeRestart } from './quarantineReset.ts';
import { secretRequirements } from './secrets.ts';
import { afterJob, met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

/** A Kiro profile that was deleted and made again with the same application. */
export const profileRenewedRequirement: Requirement = {
  id: 'provisioning.profileRenewed',
  step: 4,
  title: text('Job knows the present profile'),
  why: text(
    'A deleted Kiro profile takes its people along. Entra keeps holding them for provisioned, and brings nobody to a profile made again.',
  ),
  severity: 'required',
  evaluate,
  first: pauseForNewProfile,
  plan,
};

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.job, (job) => {
      if (job === undefined) return afterJob;
      const evidence = remembersOldProfile(snapshot);
      if (evidence === undefined) {
        const present = met(text('the present one'), text('Nothing tells of people of another profile.'), {
          portal: 'provisioning',
        });
        // A job that never ran holds nobody.
        return job.status.lastSuccessfulExecution === null
          ? present
          : whenKnown(snapshot.scim, () => present);
      }
      return unmet(text('made again'), evidence, {
        remedy: text(
          'If the Kiro profile was made again, apply stops the job, saves endpoint and token of the new profile, brings one person and restarts the job so that it forgets the old records. If not, correct the endpoint that is entered.',
        ),
        action: { kind: 'apply' },
        portal: 'provisioning',
        peopleAffected: true,
      });
    }),
  );
}

/** Stop, save, prove with one person, forget and start over: nothing of it is of use without what is before it. */
function plan(snapshot: Snapshot): readonly Change[] | Blocked {
  if (remembersOldProfile(snapshot) === undefined) return [];
  const blocked = lacking(snapshot);
  if (blocked !== undefined) return blocked;
  const first = beforeRestart(snapshot);
  if (first !== undefined) return { blocked: first };
  if (expectedPeople(snapshot).length === 0) return [];
  const saving = [credentialRequirement, ...secretRequirements]
    .filter(({ evaluate: judge }) => judge(snapshot).status === 'unmet')
    .map(({ plan: changes }) => changes?.(snapshot, noChoices) ?? []);
  const stop = saving.find((changes): changes is Blocked => 'blocked' in changes);
  if (stop !== undefined) return stop;
  const proven = firstArrived(snapshot).status === 'met' || linksRefuseAnyone(snapshot);
  return [
    ...saving.flatMap((changes) => ('blocked' in changes ? [] : changes)),
    ...(proven ? [] : pushOne(snapshot, 4)),
    // A wrong external ID must not come to the new profile either: step 5 starts the job when the mapping is right.
    ...(sendsWrongIds(snapshot) ? [] : restart(snapshot, 4)),
  ];
}

/** Saving endpoint and token depends on no choice. */
const noChoices = { displayName: '', groups: [], newIds: [] };
