import type { Json } from '../../guide/change.ts';
import type { JournalEntry } from '../session.ts';
import type { Affected } from './desk.ts';

/** Names in the journal: the record is deleted, the person is back. */
export const deleting = 'people.rescue.delete';
export const back = 'people.rescue.back';

/** What an entry that deletes a record carries, so that a rescue that broke off can be gone on with. */
export function bodyOf({ person, recordId, externalId, record }: Affected): Json {
  const { id, displayName, userPrincipalName = '' } = person;
  return {
    objectId: id,
    displayName,
    userPrincipalName,
    recordId,
    externalId,
    ...(record !== undefined && { record }),
  };
}

/** People whose record was to be deleted and who were not read back since, as the journal has it. */
export function brokenOff(entries: readonly JournalEntry[]): readonly Affected[] {
  const open = new Map<string, Affected>();
  for (const { id, changes, body } of entries) {
    if (changes.includes(back)) open.delete(id);
    else if (changes.includes(deleting) && !open.has(id)) {
      const one = affectedOf(id, body);
      if (one) open.set(id, one);
    }
  }
  return [...open.values()];
}

function affectedOf(id: string, body: Json | undefined): Affected | undefined {
  const told = (key: string): string => {
    const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined;
    return typeof value === 'string' ? value : '';
  };
  const [objectId, recordId] = [told('objectId'), told('recordId')];
  if (objectId === '' || recordId === '') return undefined;
  const userPrincipalName = told('userPrincipalName');
  return {
    person: {
      id: objectId,
      displayName: told('displayName'),
      ...(userPrincipalName !== '' && { userPrincipalName }),
    },
    recordId,
    externalId: told('externalId'),
    begun: id,
  };
}
