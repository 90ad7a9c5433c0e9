import type { JournalEntry, ProvisioningEvent } from '../../engine/session.ts';
import { valueOf, type Snapshot } from '../../guide/snapshot.ts';

/** Whatever has the form of an address; after the names that are known, so that none slips through by another alias. */
const address = /[\p{L}\p{N}._%+'#-]+@[\p{L}\p{N}.-]+\.[\p{L}]{2,}/gu;

/** A name as it is looked for: the same number stands for every name of one person. */
interface Known {
  readonly name: string;
  readonly number: number;
}

/**
 * A function that puts `person 1`, `person 2` … in place of everybody's names and addresses that are known, the same number
 * for the same person, and `address` in place of any other address. Object ids stay: support needs them. What it takes does not
 * grow with the people of a tenant.
 */
export function withoutNames(
  snapshot: Snapshot,
  events: readonly ProvisioningEvent[],
  journal: readonly JournalEntry[],
): (words: string) => string {
  const byFirstWord = new Map<string, Known[]>();
  const seen = new Set<string>();
  peopleOf(snapshot, events, journal).forEach((names, index) => {
    for (const raw of names) {
      const name = raw.toLowerCase().replace(/^[^\p{L}\p{N}]+|\s+$/gu, '');
      const [first] = name.match(word) ?? [];
      if (first === undefined || seen.has(name)) continue;
      seen.add(name);
      const those = byFirstWord.get(first) ?? [];
      byFirstWord.set(first, those);
      those.push({ name, number: index + 1 });
    }
  });
  // The longest first: a whole address before the name that it begins with.
  for (const those of byFirstWord.values()) those.sort((one, other) => other.name.length - one.name.length);
  return (words) => replaceNames(words, byFirstWord).replace(address, 'address');
}

const word = /[\p{L}\p{N}]+/gu;

function replaceNames(words: string, byFirstWord: ReadonlyMap<string, readonly Known[]>): string {
  let said = '';
  let done = 0;
  for (const { 0: first, index } of words.matchAll(word)) {
    if (index < done) continue;
    const found = byFirstWord
      .get(first.toLowerCase())
      ?.find(
        ({ name }) =>
          words.slice(index, index + name.length).toLowerCase() === name &&
          !/^[\p{L}\p{N}]/u.test(words.slice(index + name.length)),
      );
    if (!found) continue;
    said += `${words.slice(done, index)}person ${found.number}`;
    done = index + found.name.length;
  }
  return said + words.slice(done);
}

/** Each person by every name that they have here. */
function peopleOf(
  snapshot: Snapshot,
  events: readonly ProvisioningEvent[],
  journal: readonly JournalEntry[],
): readonly (readonly string[])[] {
  const byId = new Map<string, Set<string>>();
  const add = (id: string, ...names: readonly (string | undefined)[]): void => {
    const all = byId.get(id.toLowerCase()) ?? new Set<string>();
    byId.set(id.toLowerCase(), all);
    for (const name of names) if (name !== undefined) all.add(name);
  };
  const groups = valueOf(snapshot.groups) ?? [];
  const former = snapshot.former && valueOf(snapshot.former);
  const assignments = [...(valueOf(snapshot.assignments) ?? []), ...(former?.assignments ?? [])];
  for (const { id, type, displayName, userPrincipalName } of groups.flatMap(({ members }) => members))
    if (type === 'user') add(id, userPrincipalName, displayName);
  for (const { principalId, principalType, principalDisplayName } of assignments)
    if (principalType === 'User') add(principalId, principalDisplayName);
  for (const { id, externalId, userName, displayName } of valueOf(snapshot.scim)?.users ?? [])
    add(externalId ?? id, userName, displayName);
  for (const { id, name } of snapshot.kept.leavers ?? []) add(id, name);
  for (const { account } of journal) add(account, account);
  const groupNames = new Set(groups.map(({ displayName }) => displayName));
  for (const { subject } of events) if (!groupNames.has(subject)) add(subject, subject);
  return [...byId.values()].map((names) => [...names]);
}
