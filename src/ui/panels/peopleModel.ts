import { mostNamed, type Comparison, type Difference } from '../../guide/comparison.ts';
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
  /** When everybody was compared, where the count is the comparison's. */
  readonly comparedAt?: number;
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

/**
 * A comparison of everybody, where the last look read only a part of Kiro: it tells then of those whom the look could not.
 * A look that read all is newer.
 */
function comparisonFor(
  snapshot: Snapshot | undefined,
  comparison: Comparison | undefined,
): Comparison | undefined {
  return snapshot && valueOf(snapshot.scim)?.partial ? comparison : undefined;
}

/**
 * Holds who is expected (`guide/steps/arrivals.ts`) against who is in Kiro; those who need care come first. Whom the look
 * did not ask about is told by the comparison, where one was made.
 */
export function comparePeople(snapshot: Snapshot, made?: Comparison): readonly Person[] {
  const comparison = comparisonFor(snapshot, made);
  const differences = new Map(
    comparison?.differences.map((one) => [one.objectId?.toLowerCase() ?? '', one] as const),
  );
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
        return { ...named, ...compared(comparison, differences.get(member.id.toLowerCase())) };
      return { ...named, ...arrival(member, inKiro.get(member.id.toLowerCase())) };
    },
  );
  const others = comparison ? orphans(comparison) : strangers(snapshot, people);
  return [...people, ...others].sort(
    (one, other) => order.indexOf(one.kind) - order.indexOf(other.kind) || one.name.localeCompare(other.name),
  );
}

/** What the comparison found of somebody who is expected; a kind of which not all are named tells of nobody else. */
function compared(
  comparison: Comparison | undefined,
  difference: Difference | undefined,
): Pick<Person, 'kind' | 'words'> {
  if (!comparison) return { kind: 'unknown', words: text('not looked up') };
  const at = { at: comparison.at };
  switch (difference?.kind) {
    case 'missing':
      return { kind: 'missing', words: text('not in Kiro at {0}', at) };
    case 'inactive':
      return { kind: 'missing', words: text('inactive in Kiro at {0}', at) };
    case 'wrongId':
      return { kind: 'wrong', words: text('another externalId than the object id at {0}', at) };
    default: {
      const { missing, inactive, wrongId } = comparison.counts;
      return Math.max(missing, inactive, wrongId) > mostNamed
        ? { kind: 'unknown', words: text('not named by the comparison') }
        : { kind: 'arrived', words: text('arrived, compared at {0}', at) };
    }
  }
}

/** People in Kiro whom nothing assigns, as the comparison names them. */
function orphans({ differences, at }: Comparison): readonly Person[] {
  return differences
    .filter(({ kind }) => kind === 'orphan')
    .map(({ recordId, name, userName }) => ({
      id: recordId ?? userName,
      name,
      detail: userName,
      kind: 'unexpected',
      words: text('active in Kiro, not assigned in Entra, at {0}', { at }),
    }));
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

export function countPeople(
  people: readonly Person[],
  snapshot: Snapshot | undefined,
  made?: Comparison,
): PeopleCount {
  const comparison = comparisonFor(snapshot, made);
  if (comparison) {
    const { missing: absent, inactive, wrongId } = comparison.counts;
    return {
      readable: true,
      expected: comparison.people,
      arrived: comparison.arrived,
      missing: absent + inactive,
      wrong: wrongId,
      comparedAt: comparison.at,
    };
  }
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
export function peopleSection(
  people: readonly Person[],
  total: PeopleCount,
  view: PanelView,
): StatusModel['people'] {
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
  const { expected, arrived, readable, comparedAt } = total;
  const offered = snapshot !== undefined && offersOnDemand(snapshot);
  return {
    title: words(text('People')),
    summary: words(
      comparedAt !== undefined
        ? text('{0} expected, {1} arrived, compared at {2}', expected, arrived, { at: comparedAt })
        : readable
          ? text('{0} expected, {1} arrived', expected, arrived)
          : text('{0} expected', expected),
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
