import type { JournalFacts, Snapshot } from '../guide/snapshot.ts';
import { expectedPeople } from '../guide/steps/arrivals.ts';
import type { Proven } from './readKiroUsers.ts';

/**
 * Whom a look at a large tenant asks Kiro about: those whom this tool pushed, newest first, because the next step stands on
 * them; then others who are to arrive.
 */
export function peopleToProve(
  seen: Pick<Snapshot, 'servicePrincipal' | 'assignments' | 'groups'>,
  { pushed }: Pick<JournalFacts, 'pushed'>,
): readonly Proven[] {
  const people = expectedPeople(seen);
  const at = new Map(pushed.map((push) => [push.objectId, push.at]));
  return [...people].sort((one, other) => (at.get(other.id) ?? 0) - (at.get(one.id) ?? 0));
}
