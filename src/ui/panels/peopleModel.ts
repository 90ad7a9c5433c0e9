import type { Snapshot } from '../../guide/snapshot.ts';
import { valueOf } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { PersonRow, PersonState, Status, StatusModel } from '../../webview/models.ts';
import type { PanelView } from './view.ts';

/** More rows than this are not sent to the page: the counts still are, and the first ones are the ones that need care. */
const mostRows = 1000;

export interface PeopleCount {
  /** Whether Kiro's endpoint could be read. */
  readonly readable: boolean;
  readonly expected: number;
  readonly arrived: number;
  readonly missing: number;
  /** In Kiro under another `externalId` than the object id. */
  readonly wrong: number;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly kind: PersonState;
  readonly words: Text;
}

const order: readonly PersonState[] = ['wrong', 'missing', 'unexpected', 'inactive', 'unknown', 'arrived'];
const statuses: Record<PersonState, Status> = {
  wrong: 'failing',
  missing: 'waiting',
  unexpected: 'unmet',
  inactive: 'met',
  unknown: 'unknown',
  arrived: 'met',
};

/** Holds who is assigned against who is in Kiro. An application's own people only: nested groups are never provisioned. */
export function comparePeople(snapshot: Snapshot): readonly Person[] {
  const directory = valueOf(snapshot.scim);
  const byExternalId = new Map(directory?.users.map((user) => [user.externalId ?? '', user]));
  const byName = new Map(directory?.users.map((user) => [user.userName.toLowerCase(), user]));
  const expected = expectedPeople(snapshot);
  const people = [...expected.values()].map((person): Person => {
    if (!directory) return { ...person, kind: 'unknown', words: text('Kiro not read') };
    const user = byExternalId.get(person.id);
    if (user && person.enabled) return { ...person, kind: 'arrived', words: text('arrived') };
    if (user?.active === false)
      return { ...person, kind: 'inactive', words: text('disabled in Entra, inactive in Kiro') };
    if (user) return { ...person, kind: 'missing', words: text('disabled in Entra, still active in Kiro') };
    const other = byName.get(person.detail.toLowerCase());
    if (other) {
      return {
        ...person,
        kind: 'wrong',
        words: other.externalId
          ? text('externalId is {0}, not the object id', other.externalId)
          : text('has no externalId'),
      };
    }
    return person.enabled
      ? { ...person, kind: 'missing', words: text('not in Kiro yet') }
      : { ...person, kind: 'inactive', words: text('disabled in Entra, not pushed') };
  });
  const known = valueOf(snapshot.groups) !== undefined;
  const names = new Set([...expected.values()].map(({ detail }) => detail.toLowerCase()));
  const strangers = (known ? (directory?.users ?? []) : [])
    .filter(
      (user) =>
        user.active && !expected.has(user.externalId ?? '') && !names.has(user.userName.toLowerCase()),
    )
    .map((user): Person => ({
      id: user.id,
      name: user.displayName ?? user.userName,
      detail: user.userName,
      kind: 'unexpected',
      words: text('active in Kiro, not assigned in Entra'),
    }));
  return [...people, ...strangers].sort(
    (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || one.name.localeCompare(other.name),
  );
}

interface Expected {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly enabled: boolean;
}

function expectedPeople(snapshot: Snapshot): ReadonlyMap<string, Expected> {
  const members = (valueOf(snapshot.groups) ?? [])
    .flatMap((group) => group.members)
    .filter((member) => member.type === 'user')
    .map((member) => ({
      id: member.id,
      name: member.displayName,
      detail: member.userPrincipalName ?? '',
      enabled: member.accountEnabled !== false,
    }));
  const direct = (valueOf(snapshot.assignments) ?? [])
    .filter((assignment) => assignment.principalType === 'User')
    .map((assignment) => ({
      id: assignment.principalId,
      name: assignment.principalDisplayName,
      detail: '',
      enabled: true,
    }));
  return new Map([...direct, ...members].map((person) => [person.id, person]));
}

export function countPeople(people: readonly Person[], snapshot: Snapshot | undefined): PeopleCount {
  const count = (kind: PersonState): number => people.filter((person) => person.kind === kind).length;
  const [arrived, missing, wrong] = [count('arrived'), count('missing'), count('wrong')];
  return {
    readable: snapshot?.scim.known === true,
    expected: arrived + missing + wrong + count('unknown'),
    arrived,
    missing,
    wrong,
  };
}

/** The list of people with its filters; those who need care come first. */
export function peopleSection(people: readonly Person[], view: PanelView): StatusModel['people'] {
  const { words } = view;
  const count = (kind: PersonState): number => people.filter((person) => person.kind === kind).length;
  const labels: Record<PersonState, Text> = {
    wrong: text('Wrong id'),
    missing: text('Missing'),
    unexpected: text('Not assigned'),
    inactive: text('Disabled'),
    unknown: text('Unknown'),
    arrived: text('Arrived'),
  };
  const { expected, arrived, readable } = countPeople(people, view.observation?.snapshot);
  return {
    title: words(text('People')),
    summary: words(
      readable ? text('{0} expected, {1} arrived', expected, arrived) : text('{0} expected', expected),
    ),
    filterLabel: words(text('Filter people')),
    filters: [
      { kind: 'all', label: words(text('All')), count: people.length },
      ...order
        .filter((kind) => count(kind) > 0)
        .map((kind) => ({ kind, label: words(labels[kind]), count: count(kind) })),
    ],
    rows: people.slice(0, mostRows).map(({ id, name, detail, kind, words: said }): PersonRow => ({
      id,
      name,
      detail,
      kind,
      state: { status: statuses[kind], words: words(said) },
    })),
    columns: { name: words(text('Person')), state: words(text('State')) },
    none: words(
      text('Nobody is assigned yet. People appear here when a group is assigned to the application.'),
    ),
    noMatch: words(text('Nobody matches this filter.')),
    more: words(text('Show more')),
  };
}
