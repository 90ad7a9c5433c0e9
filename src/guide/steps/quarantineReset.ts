import { isObjectId } from '../objectId.ts';
import { valueOf, type ScimUser, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { assignedGroups } from './arrivals.ts';
import { credentialQuarantine } from './job.ts';
import { remembersOldProfile } from './oldProfile.ts';

/**
 * What a restart has to make the job forget, in the words of Microsoft Graph's `synchronizationJobRestartCriteria`, by the
 * reason for which it stands still. Never `ForceDeletes`: whether people may be removed is not for a tool to say.
 */
export function resetScope(snapshot: Snapshot): string {
  // Links to records that are gone are kept by everything less.
  if (remembersOldProfile(snapshot) !== undefined) return 'Full';
  // Nobody was looked at while the token was refused: it goes on where it stopped.
  if (credentialQuarantine(valueOf(snapshot.job)) !== undefined) return 'QuarantineState, Escrows';
  return 'QuarantineState, Escrows, Watermark';
}

/**
 * What has to be put right before a restart is of any use, and only a person can; `undefined` where a restart may come.
 */
export function beforeRestart(snapshot: Snapshot): Text | undefined {
  const reason = valueOf(snapshot.job)?.status.quarantine?.reason;
  // Microsoft's documents spell it both ways.
  if (reason === 'QuarantinedOnDemand' || reason === 'QuarantineOnDemand') {
    return text(
      'Microsoft put the job into quarantine. Ask Microsoft support for the reason; a restart without their word would bring it back.',
    );
  }
  if (reason !== 'TooManyDeletes') return undefined;
  const leaving = toBeRemoved(snapshot);
  if (leaving.length === 0) return undefined;
  const names = leaving.slice(0, 5).map(({ displayName, userName }) => displayName ?? userName);
  return text(
    'The next cycle would still remove {0} people from Kiro, among them {1}. Assign them again, or allow the removals under Provisioning in the admin center.',
    leaving.length,
    names.join(', '),
  );
}

/**
 * Who is active in Kiro under an object ID and neither a direct member of an assigned group nor assigned alone. Nobody where it
 * was not seen who is assigned; records of another make are none of Entra's.
 */
function toBeRemoved(snapshot: Snapshot): readonly ScimUser[] {
  if (!snapshot.assignments.known || !snapshot.groups.known) return [];
  const staying = new Set(
    [
      ...assignedGroups(snapshot)
        .filter(({ securityEnabled }) => securityEnabled)
        .flatMap(({ members }) => members.filter(({ accountEnabled }) => accountEnabled !== false))
        .map(({ id }) => id),
      ...(valueOf(snapshot.assignments) ?? [])
        .filter(({ principalType }) => principalType === 'User')
        .map(({ principalId }) => principalId),
    ].map((id) => id.toLowerCase()),
  );
  const users = valueOf(snapshot.scim)?.users ?? [];
  return users.filter(
    ({ active, externalId = '' }) =>
      active && isObjectId(externalId) && !staying.has(externalId.toLowerCase()),
  );
}
