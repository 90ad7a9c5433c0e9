import { kiroCycle } from '../kiro.ts';
import { repairOfExternalIds } from '../steps/externalIds.ts';
import { moment } from '../steps/job.ts';
import { pushedName } from '../pushedName.ts';
import { valueOf } from '../snapshot.ts';
import { text } from '../text.ts';
import { linkOf, type Link, type PersonCase } from './person.ts';
import { directGroups } from './personAssignment.ts';
import { cycleToCome, pushNow } from './personProvisioning.ts';

const recordLinks = linkOf('record', text('Record in Kiro'));
const externalId = linkOf('externalId', text('External ID'));
const active = linkOf('active', text('Active in Kiro'));
const nameLinks = linkOf('name', text('Name in Kiro'));
const kiroGroup = linkOf('kiroGroup', text('Group membership in Kiro'));
const seat = linkOf('seat', text('Seat'));

/** Kiro lists a pushed person within this time as a rule, in milliseconds. */
const listedWithin = 10 * 60_000;
const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

export function recordLink(person: PersonCase): Link {
  const { snapshot, seen, record, namesake } = person;
  const { records, events } = seen;
  if (!records.known) {
    return recordLinks.unknown(text('Kiro’s endpoint could not be read.'), {
      remedy: records.detail,
      ...(snapshot.kept.scim?.tokenStored === true
        ? { portal: 'kiroConsole' as const }
        : { action: { kind: 'enterScimToken' as const } }),
    });
  }
  const found = record ?? namesake;
  if (found !== undefined) return recordLinks.ok(text('Kiro has {0}.', found.displayName ?? found.userName));
  const pushed = valueOf(events)?.find(({ status, action }) => status === 'success' && action !== 'disable');
  if (pushed !== undefined && pushed.action !== 'delete') {
    const run = moment(valueOf(snapshot.job)?.status.lastExecution?.timeBegan);
    return snapshot.at - pushed.at < listedWithin && (run ?? 0) <= pushed.at
      ? recordLinks.waiting(
          text('Entra pushed the person at {0}; Kiro does not list them yet.', { at: pushed.at }),
          {
            until: pushed.at + listedWithin,
          },
        )
      : recordLinks.broken(
          text('Entra pushed the person at {0}, but this Kiro profile does not have them.', {
            at: pushed.at,
          }),
          {
            remedy: text(
              'The record was deleted in Kiro, and no cycle makes it again. Provision the person on demand; if Entra still looks for the old record, restart provisioning from the beginning.',
            ),
            ...pushNow(person),
            portal: 'provisioning',
          },
        );
  }
  const coming = cycleToCome(snapshot);
  const evidence = text('Kiro does not have the person.');
  return coming !== undefined && valueOf(events)?.length === 0
    ? recordLinks.waiting(evidence, { ...coming, ...pushNow(person) })
    : recordLinks.broken(evidence, {
        remedy: text('Mend what keeps Entra from pushing them, then provision the person on demand.'),
        ...pushNow(person),
        portal: 'provisioning',
      });
}

/** Kiro keeps the first external ID that it was sent, for ever (kirodotdev/Kiro issue 9582). */
export function externalIdLink({ snapshot, account, record, namesake }: PersonCase): Link | undefined {
  if (record !== undefined) return externalId.ok(text('It is the person’s object ID.'));
  if (namesake === undefined) return undefined;
  const found = namesake.externalId;
  return externalId.broken(
    found === undefined
      ? text(
          'Kiro’s record of {0} has no external ID, so Kiro does not find the person who signs in.',
          namesake.userName,
        )
      : text(
          'Kiro has {0} under the external ID {1} instead of the object ID {2}, so it does not find the person who signs in.',
          namesake.userName,
          found,
          account.id,
        ),
    { ...repairOfExternalIds(snapshot), portal: 'kiroConsole' },
  );
}

export function activeLink(person: PersonCase): Link | undefined {
  const { record, namesake, snapshot } = person;
  const found = record ?? namesake;
  if (found === undefined) return undefined;
  return found.active
    ? active.ok(text('The record is active.'))
    : active.broken(text('The record is switched off, as Entra does with whoever leaves the scope.'), {
        remedy:
          cycleToCome(snapshot) === undefined
            ? text('Get the provisioning job to run, then provision the person on demand.')
            : text(
                'Provision the person on demand: somebody who comes back into scope is not always looked at again by a cycle.',
              ),
        ...pushNow(person),
        portal: 'provisioning',
      });
}

export function nameLink({ account, record, namesake }: PersonCase): Link | undefined {
  const found = record ?? namesake;
  if (found === undefined) return undefined;
  if (guid.test(found.userName)) {
    return nameLinks.broken(text('In Kiro the user name is an ID: {0}.', found.userName), {
      minor: true,
      remedy: text('Map userName from userPrincipalName, and keep display name and e-mail mapped.'),
      action: { kind: 'applyRequirement', requirement: 'provisioning.mapping.required', step: 4 },
    });
  }
  if (found.displayName === undefined) {
    return nameLinks.broken(text('{0} has no display name in Kiro.', found.userName), {
      minor: true,
      remedy: text(
        'Keep display name and e-mail mapped; without them people are hard to find in the console.',
      ),
      action: { kind: 'applyRequirement', requirement: 'provisioning.mapping.names', step: 4 },
    });
  }
  const same = found.userName.toLowerCase() === pushedName(account.userPrincipalName).toLowerCase();
  return nameLinks.ok(
    text('{0} ({1}).', found.displayName, found.userName),
    same
      ? {}
      : { remedy: text('In Entra the user principal name is {0} by now.', account.userPrincipalName) },
  );
}

/** Kiro gives seats by group; it never lists members, so it is asked which groups have the person. */
export function kiroGroupLink(person: PersonCase): Link | undefined {
  const { snapshot, seen, record } = person;
  const wanted = directGroups(person).filter(({ securityEnabled }) => securityEnabled);
  if (record === undefined || wanted.length === 0) return undefined;
  const { kiroGroups } = seen;
  if (!kiroGroups.known)
    return kiroGroup.unknown(text('The groups in Kiro could not be asked for.'), {
      remedy: kiroGroups.detail,
    });
  const there = wanted.filter((group) =>
    kiroGroups.value.some((one) => one.externalId === group.id || one.displayName === group.displayName),
  );
  const list = wanted.map(({ displayName }) => displayName).join(', ');
  if (there.length > 0)
    return kiroGroup.ok(
      text('In Kiro a member of {0}.', there.map(({ displayName }) => displayName).join(', ')),
    );
  const evidence = text('Kiro does not have the person in {0} yet.', list);
  const coming = cycleToCome(snapshot);
  const pushed = valueOf(seen.events)?.find(({ status }) => status === 'success');
  const recent = pushed !== undefined && snapshot.at - pushed.at < 2 * 40 * 60_000;
  return coming !== undefined && recent
    ? kiroGroup.waiting(evidence, {
        remedy: text('Memberships follow people with the next cycle.'),
        ...coming,
      })
    : kiroGroup.broken(text('In Kiro the person is not in {0}, though Entra has them there.', list), {
        remedy: text(
          'Provision the group on demand with this member. Where no membership comes across, as after the profile was made again, restart provisioning from the beginning.',
        ),
        portal: 'provisioning',
      });
}

/** Seats are Kiro's alone: nothing tells them, so what is left is where to look and until when to wait. */
export function seatLink({ snapshot, seen, record, account }: PersonCase): Link {
  const look = text(
    'In the Kiro console, Subscriptions: {0} should be listed with an active seat. Without one, see whether the group is subscribed and whether a seat is pending.',
    account.displayName,
  );
  const see = { remedy: look, portal: 'kiroConsole' } as const;
  if (record === undefined) return seat.unknown(text('Kiro gives seats only to people whom it has.'), see);
  const created = valueOf(seen.events)?.findLast(
    ({ status, action }) => status === 'success' && action === 'create',
  );
  const reviewed = snapshot.kept.ticks.seatsReviewed;
  const until = created === undefined || (reviewed ?? 0) > created.at ? undefined : created.at + kiroCycle;
  return until !== undefined && snapshot.at < until
    ? seat.waiting(text('Kiro makes seats about every 6 hours.'), { ...see, until })
    : seat.unknown(text('Only the Kiro console shows who has a seat.'), see);
}
