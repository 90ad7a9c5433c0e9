import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { expectedPeople, recordOf, toldPeople } from './arrivals.ts';
import { isRunning } from './job.ts';
import { nextCycle, waitUntil } from './nextCycle.ts';
import { met, unmet, waiting, whenKnown, whenServicePrincipal } from './verdicts.ts';

export const arrivedRequirement: Requirement = {
  id: 'people.arrived',
  step: 5,
  title: text('Members in Kiro'),
  why: text('Only who is in Kiro with the object ID as external ID can get a seat and sign in.'),
  severity: 'required',
  evaluate,
};

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.assignments, () =>
      whenKnown(snapshot.groups, () => {
        const people = expectedPeople(snapshot);
        if (people.length === 0) {
          return unmet(text('after a group is assigned'), text('Nobody is assigned by a group yet.'), {
            remedy: text('Assign a group with direct members first.'),
            action: { kind: 'chooseGroup' },
          });
        }
        return whenKnown(snapshot.scim, (directory) => {
          const told = toldPeople(people, directory);
          const missing = told.filter((person) => recordOf(person, directory.users)?.active !== true);
          const { partial } = directory;
          if (missing.length === 0 && partial) return sampled(people.length, told.length, partial.total);
          if (missing.length === 0) {
            return met(
              text('{0} of {0}', people.length),
              text('All members of the assigned groups are in Kiro.'),
              {
                portal: 'kiroConsole',
              },
            );
          }
          return incomplete(
            snapshot,
            people.length,
            missing.map(({ displayName }) => displayName),
          );
        });
      }),
    ),
  );
}

/** Kiro has more people than a look reads: what was read is right, and the comparison tells of everybody. */
function sampled(people: number, told: number, total: number | undefined): Verdict {
  const see = { portal: 'kiroConsole' } as const;
  return total === undefined
    ? met(
        text('{0} of {1} looked at', told, people),
        text('Everyone who was looked at is in Kiro. Compare people with Kiro to see everybody.'),
        see,
      )
    : met(
        text('{0} looked at, {1} in Kiro', told, total),
        text(
          'Kiro has {0} people, {1} are assigned. Everyone who was looked at is there. Compare people with Kiro to see everybody.',
          total,
          people,
        ),
        see,
      );
}

function incomplete(snapshot: Snapshot, total: number, missing: readonly string[]): Verdict {
  const count = text('{0} of {1}', total - missing.length, total);
  const who: Text =
    missing.length > 5
      ? text('Not in Kiro yet: {0} and {1} more.', missing.slice(0, 5).join(', '), missing.length - 5)
      : text('Not in Kiro yet: {0}.', missing.join(', '));
  const job = valueOf(snapshot.job);
  if (!isRunning(job)) {
    return unmet(count, who, {
      remedy: text('Apply starts provisioning after one person has arrived.'),
      action: { kind: 'apply' },
      portal: 'provisioning',
    });
  }
  const cycle = nextCycle(snapshot);
  const entra = text('Entra’s next provisioning cycle');
  if (cycle === undefined) {
    return waiting(count, who, { waiting: { for: entra }, portal: 'provisioningLogs' });
  }
  if (cycle.state === 'overdue') {
    return unmet(count, who, {
      remedy: text(
        'Entra’s cycle was due about {0} and is overdue. Look at the provisioning logs for why these people were left out, or provision them now.',
        { at: cycle.at },
      ),
      portal: 'provisioningLogs',
      peopleAffected: true,
    });
  }
  const label =
    cycle.state === 'coming'
      ? text('{0}, next cycle about {1}', count, { at: cycle.at })
      : text('{0}, cycle due now', count);
  return waiting(label, who, {
    remedy: text('There is nothing to do: Entra pushes changes about every 40 minutes.'),
    waiting: { for: entra, until: waitUntil(cycle) },
    portal: 'provisioningLogs',
  });
}
