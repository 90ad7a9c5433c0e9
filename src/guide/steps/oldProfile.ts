import type { Change } from '../change.ts';
import { isObjectId } from '../objectId.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { assignedGroups, expectedPeople, recordOf, toldPeople, wrongIds } from './arrivals.ts';
import { lacking, savedAddress } from './credentials.ts';
import { credentialQuarantine, moment } from './job.ts';
import { pauseJob } from './pauseJob.ts';
import { usableEndpoint } from './scimValues.ts';

/** A job that ended well this long ago may have sent people whom Kiro does not list yet. */
const listedAfter = 600_000;

/**
 * Why the job must hold records of another profile for those of the present one, as a sentence; `undefined` where it does
 * not, or where nothing proves it. A deleted profile takes its records along, but Entra keeps the link of each to its person
 * and never makes it anew before the link is forgotten (Microsoft Entra: `InvalidAnchor`).
 */
export function remembersOldProfile(snapshot: Snapshot): Text | undefined {
  const job = valueOf(snapshot.job);
  const endpoint = usableEndpoint(snapshot);
  const saved = savedAddress(valueOf(snapshot.secrets) ?? []);
  const ended = moment(job?.status.lastSuccessfulExecution?.timeEnded);
  if (job === undefined || endpoint === undefined || ended === undefined) return undefined;
  const { endpointChangedAt = 0, linksForgottenAt = 0 } = snapshot.journal;
  if (linksForgottenAt >= ended || !isEmptyOfThem(snapshot, ended)) return undefined;
  if (saved === endpoint && endpointChangedAt > ended) {
    return text(
      'The job last ran without an error at {0}, before the endpoint {1} was saved, and nobody whom it brought is there.',
      { at: ended },
      endpoint,
    );
  }
  const people = remembered(snapshot);
  if (people === 0) return undefined;
  if (saved !== undefined && saved !== '' && saved !== endpoint) {
    return text(
      'Entra sends to {0} and counts {1} people as provisioned. At {2}, which is entered here, nobody of them is there.',
      saved,
      people,
      endpoint,
    );
  }
  if (mayNotBeListed(snapshot, ended)) return undefined;
  return text(
    'Entra counts {0} people as provisioned, but nobody whom the job brought is at {1}, and no assigned group.',
    people,
    endpoint,
  );
}

/**
 * The job may have sent people just now whom Kiro does not list yet; but not where that run sent nobody, or was before
 * endpoint and token were saved.
 */
function mayNotBeListed({ at, job, journal }: Snapshot, ended: number): boolean {
  const sent = valueOf(job)?.status.lastSuccessfulExecution?.countExported ?? 1;
  return sent > 0 && (journal.savedAt ?? 0) <= ended && at - ended < listedAfter;
}

/** People whom the job counts as provisioned. Who only failed proves nothing: an attribute may be what is refused. */
function remembered(snapshot: Snapshot): number {
  const counts = valueOf(snapshot.job)?.status.synchronizedEntryCountByType ?? [];
  const users = counts.filter(({ key }) => /user/i.test(key));
  return (users.length > 0 ? users : counts).reduce((sum, { value }) => sum + value, 0);
}

/** Nobody whom Entra brought is in Kiro, assigned still or not, but whom this tool pushed alone since; and no assigned group. */
function isEmptyOfThem(snapshot: Snapshot, since: number): boolean {
  const directory = valueOf(snapshot.scim);
  if (directory === undefined) return false;
  const people = toldPeople(expectedPeople(snapshot), directory);
  if (people.length === 0) return false;
  const pushed = new Set(
    snapshot.journal.pushed
      .filter(({ ok, at }) => ok && at > since)
      .map(({ objectId }) => objectId.toLowerCase()),
  );
  const brought =
    people.some(
      (person) => !pushed.has(person.id.toLowerCase()) && recordOf(person, directory.users) !== undefined,
    ) ||
    directory.users.some(
      ({ externalId = '' }) => isObjectId(externalId) && !pushed.has(externalId.toLowerCase()),
    );
  const groups = assignedGroups(snapshot).some(({ id, displayName }) =>
    directory.groups.some(
      (group) => group.externalId?.toLowerCase() === id.toLowerCase() || group.displayName === displayName,
    ),
  );
  // A record under a wrong external ID was brought to this profile as well.
  return !brought && !groups && wrongIds(snapshot).length === 0;
}

/**
 * Entra refused to bring one person alone since the job last ran well: the links may be what stands against it, and only
 * forgetting them shows.
 */
export function linksRefuseAnyone(snapshot: Snapshot): boolean {
  const ended = moment(valueOf(snapshot.job)?.status.lastSuccessfulExecution?.timeEnded) ?? Infinity;
  const tried = snapshot.journal.pushed.filter(
    ({ at }) => at > Math.max(ended, snapshot.journal.savedAt ?? 0),
  );
  return remembersOldProfile(snapshot) !== undefined && tried.length > 0 && tried.every(({ ok }) => !ok);
}

/**
 * Stops the job before the new endpoint is saved: a cycle there would only fail with every link. A quarantine because of
 * the token stops it as well, and tells whether the token is right: it is left; so is a job that nothing here starts again.
 */
export function pauseForNewProfile(snapshot: Snapshot): readonly Change[] {
  const principal = valueOf(snapshot.servicePrincipal);
  const job = valueOf(snapshot.job);
  const same = savedAddress(valueOf(snapshot.secrets) ?? []) === usableEndpoint(snapshot);
  if (principal === undefined || job?.schedule.state !== 'Active') return [];
  if (lacking(snapshot) !== undefined) return [];
  if (same && credentialQuarantine(job) !== undefined) return [];
  return [
    pauseJob(principal, job, {
      title: text('Stop provisioning until it knows the new profile'),
      why: text('It holds records of the old profile for those of the new one and would fail with each.'),
    }),
  ];
}
