import type { DirectoryMember, ScimUser, Snapshot } from '../../guide/snapshot.ts';
import { valueOf } from '../../guide/snapshot.ts';
import { offersOnDemand } from '../../guide/onDemand.ts';
import { assignedGroups, expectedPeople, toldPeople, wrongIds } from '../../guide/steps/arrivals.ts';
import { whenAppears } from '../../guide/whenAppears.ts';
import type { Text } from '../../guide/text.ts';
import { text } from '../../guide/text.ts';
import type { Action, PersonRow, PersonState, Status, StatusModel } from '../../webview/models.ts';
import { commandIds } from '../commandIds.ts';
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
  inactive: 'later',
  unknown: 'unknown',
  arrived: 'met',
};

/** Holds who is expected (`guide/steps/arrivals.ts`) against who is in Kiro; those who need care come first. */
export function comparePeople(snapshot: Snapshot): readonly Person[] {
  const directory = valueOf(snapshot.scim);
  const wrong = new Map(wrongIds(snapshot).map(({ person, user }) => [person.id, user]));
  const inKiro = new Map(directory?.users.map((user) => [user.externalId?.toLowerCase() ?? '', user]));
  const expected = expectedPeople(snapshot);
  const told = directory && new Set(toldPeople(expected, directory).map(({ id }) => id));
  const disabled = assignedGroups(snapshot)
    .flatMap((group) => group.members)
    .filter((member) => member.type === 'user' && member.accountEnabled === false);
  const people = [...new Map([...expected, ...disabled].map((member) => [member.id, member])).values()].map(
    (member): Person => {
      const named = { id: member.id, name: member.displayName, detail: member.userPrincipalName ?? '' };
      if (!directory) return { ...named, kind: 'unknown', words: text('Kiro not read') };
      const other = wrong.get(member.id);
      if (other) return { ...named, kind: 'wrong', words: wrongWords(other) };
      if (member.accountEnabled !== false && told?.has(member.id) !== true)
        return { ...named, kind: 'unknown', words: text('not looked up') };
      return { ...named, ...arrival(member, inKiro.get(member.id.toLowerCase())) };
    },
  );
  return [...people, ...strangers(snapshot, people)].sort(
    (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || one.name.localeCompare(other.name),
  );
}

function wrongWords({ externalId }: ScimUser): Text {
  return externalId ? text('externalId is {0}, not the object id', externalId) : text('has no externalId');
}

function arrival(member: DirectoryMember, user: ScimUser | undefined): Pick<Person, 'kind' | 'words'> {
  if (member.accountEnabled === false) {
    if (user?.active === true)
      return { kind: 'unexpected', words: text('disabled in Entra, active in Kiro') };
    return { kind: 'inactive', words: text('disabled in Entra') };
  }
  if (!user) return { kind: 'missing', words: text('not in Kiro yet') };
  return user.active
    ? { kind: 'arrived', words: text('arrived') }
    : { kind: 'missing', words: text('inactive in Kiro') };
}

/** People in Kiro whom no assigned group brought there. */
function strangers(snapshot: Snapshot, people: readonly Person[]): readonly Person[] {
  if (!snapshot.groups.known || !snapshot.assignments.known) return [];
  const ids = new Set(people.map(({ id }) => id.toLowerCase()));
  const names = new Set(people.map(({ detail }) => detail.toLowerCase()));
  const direct = new Set(snapshot.assignments.value.map(({ principalId }) => principalId.toLowerCase()));
  return (valueOf(snapshot.scim)?.users ?? [])
    .filter((user) => user.active && !ids.has(user.externalId?.toLowerCase() ?? ''))
    .filter((user) => !names.has(user.userName.toLowerCase()))
    .map((user) => ({
      id: user.id,
      name: user.displayName ?? user.userName,
      detail: user.userName,
      kind: 'unexpected',
      words: direct.has(user.externalId?.toLowerCase() ?? '')
        ? text('assigned directly, not by a group')
        : text('active in Kiro, not assigned in Entra'),
    }));
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
    unexpected: text('Unexpected'),
    inactive: text('Disabled'),
    unknown: text('Unknown'),
    arrived: text('Arrived'),
  };
  const snapshot = view.observation?.snapshot;
  const { expected, arrived, readable } = countPeople(people, snapshot);
  const offered = snapshot !== undefined && offersOnDemand(snapshot);
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
    actions: offered ? [provisionAction(view)] : [],
    rows: people.slice(0, mostRows).map(({ id, name, detail, kind, words: said }): PersonRow => ({
      id,
      name,
      detail,
      kind,
      state: { status: statuses[kind], words: words(said) },
      ...noteOf(view, id, kind),
      ...(offered && kind === 'missing' ? { action: provisionAction(view, { id, name }) } : {}),
    })),
    columns: { name: words(text('Person')), state: words(text('State')) },
    none: words(
      text('Nobody is assigned yet. People appear here when a group is assigned to the application.'),
    ),
    noMatch: words(text('Nobody matches this filter.')),
    more: words(text('Show more')),
  };
}

/** When somebody can be expected, told only where a clock runs that is theirs. */
function noteOf(
  { observation, now, words }: PanelView,
  id: string,
  kind: PersonState,
): { readonly note?: string } {
  if (!observation || (kind !== 'missing' && kind !== 'arrived')) return {};
  // A look may be older than the clock that its answer is read by.
  const snapshot = { ...observation.snapshot, at: now };
  const appears = whenAppears(snapshot, { id, inKiro: kind === 'arrived' });
  return appears ? { note: words(appears.said) } : {};
}

function provisionAction(
  { words }: PanelView,
  person?: { readonly id: string; readonly name: string },
): Action {
  return {
    label: words(text('Provision now')),
    icon: 'cloud-upload',
    command: commandIds.provisionNow,
    ...(person ? { about: person.name, args: [person.id] } : { args: [] }),
  };
}
