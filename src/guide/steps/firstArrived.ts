import type { Verdict } from '../requirement.ts';
import type { Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { assignedGroups, expectedPeople, recordOf, toldPeople } from './arrivals.ts';
import { afterStep, met, unmet, waiting, whenKnown, whenServicePrincipal } from './verdicts.ts';

/** Kiro lists a pushed person at once as a rule; for this long it may be pushed again, then it is waited for. */
const pushAgainFor = 75_000;
const waitFor = 600_000;

/**
 * The guard of step 5: met only if Kiro, read back, has an assigned person whose external ID is the object id. Nothing
 * else proves that the mapping works, and Kiro keeps the first external ID for ever.
 */
export function firstArrived(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () => {
    const people = expectedPeople(snapshot);
    if (people.length === 0) {
      return whenKnown(snapshot.assignments, () =>
        whenKnown(snapshot.groups, () =>
          assignedGroups(snapshot).length === 0
            ? unmet(text('after a group is assigned'), text('No group is assigned yet.'), {
                remedy: text('Assign a group first.'),
                action: { kind: 'chooseGroup' },
              })
            : unmet(
                text('nobody to push'),
                text('The assigned groups have no direct members who can be provisioned.'),
                {
                  remedy: text('Add people directly to the group.'),
                  portal: 'usersAndGroups',
                },
              ),
        ),
      );
    }
    if (snapshot.kept.scim?.tokenStored !== true && !snapshot.scim.known) {
      return { ...afterStep(4), remedy: text('Enter the access token, so that Kiro can be read back.') };
    }
    return whenKnown(snapshot.scim, (directory) => {
      const told = toldPeople(people, directory);
      const arrived = told.find((person) => recordOf(person, directory.users) !== undefined);
      if (arrived !== undefined) {
        return met(
          text('{0}', arrived.displayName),
          text('Kiro has {0} with the object ID as external ID.', arrived.displayName),
          { portal: 'kiroConsole' },
        );
      }
      return notSeen(snapshot, new Set(people.map(({ id }) => id)));
    });
  });
}

function notSeen(snapshot: Snapshot, ids: ReadonlySet<string>): Verdict {
  const pushes = snapshot.journal.pushed.filter(({ objectId }) => ids.has(objectId));
  const last = pushes.filter(({ ok }) => ok).sort((one, other) => other.at - one.at)[0];
  const apply = { action: { kind: 'apply' }, portal: 'provisioning' } as const;
  if (last !== undefined && snapshot.at - last.at > pushAgainFor && snapshot.at - last.at < waitFor) {
    return waiting(
      text('pushed at {0}', { at: last.at }),
      text('Entra pushed one person; Kiro does not list them yet.'),
      {
        waiting: { for: text('Kiro to list the person'), until: last.at + waitFor },
        ...apply,
      },
    );
  }
  const failed = pushes.some(({ ok }) => !ok) && last === undefined;
  return failed
    ? unmet(text('failed'), text('Entra could not push the person.'), {
        remedy: text(
          'Look at the provisioning logs for the reason, then apply again; a second attempt often works.',
        ),
        action: { kind: 'apply' },
        portal: 'provisioningLogs',
      })
    : unmet(text('nobody yet'), text('Nobody of the assigned groups is in Kiro yet.'), {
        remedy: text('Apply provisions one person on demand and reads them back from Kiro.'),
        ...apply,
      });
}
