import {
  differenceKinds,
  mostNamed,
  type Comparison,
  type DifferenceKind,
  type ServiceDescription,
} from '../guide/comparison.ts';
import type { ScimGroup } from '../guide/snapshot.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { groupMembers } from '../entra/groups.ts';
import { streamPages } from '../entra/streamPages.ts';
import { PeopleJoin } from '../scim/peopleJoin.ts';
import type { PageOptions, ScimClient } from '../scim/scimClient.ts';
import { isScimError } from '../scim/scimError.ts';
import { compared, pairGroups, unassigned, type Group } from './compareGroups.ts';

/** What a comparison needs. The token and the signal are the clients' own. */
export interface CompareDeps {
  readonly graph: GraphClient;
  readonly scim: ScimClient;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Whom a comparison expects in Kiro. */
export interface CompareWhat {
  /** The assigned security groups. */
  readonly groups: readonly Group[];
  /** Object ids of people who are assigned alone. */
  readonly direct: readonly string[];
}

export interface CompareOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CompareProgress) => void;
}

/** How far a comparison is: people of Entra and records of Kiro taken in, then memberships. */
export interface CompareProgress {
  readonly people: number;
  readonly records: number;
  readonly memberships: number;
}

/**
 * Holds everyone in the assigned groups against everyone in Kiro: both lists are read side by side, page by page, and no
 * page is kept. Kiro's groups come without members, so their members are read by filter as soon as Entra's are known. Rejects with a
 * `GraphError`, a `ScimError` or the signal's reason.
 */
export async function comparePeople(
  deps: CompareDeps,
  { groups, direct }: CompareWhat,
  { signal, onProgress }: CompareOptions = {},
): Promise<Comparison> {
  const service = await deps.scim.describe();
  const paging = pagingOf(service);
  const join = new PeopleJoin({
    groups: groups.length,
    direct: new Set(direct.map((id) => id.toLowerCase())),
    caseExact: service.userAttributes.some(({ name, caseExact }) => name === 'userName' && caseExact),
    mostNamed,
  });
  let memberships = 0;
  const tell = (): void => onProgress?.({ ...join.progress, memberships });
  const records = new Map<string, ScimGroup>();
  const strays = new Map<number, number>();
  const readMemberships = async (stop: AbortSignal): Promise<void> => {
    for (const [index, { assigned, record }] of pairGroups(groups, [...records.values()]).entries()) {
      if (!record) continue;
      const count = await readMembers(deps.scim, paging, join, { index, assigned, record }, (members) => {
        stop.throwIfAborted();
        memberships += members;
        tell();
      });
      if (count !== undefined) strays.set(index, count);
    }
  };
  await together(
    (stop) => readRecords(deps.scim, paging, join, tell, stop),
    async (stop) => {
      await Promise.all([
        readGroups(deps.scim, paging, records, stop),
        readPeople(deps.graph, groups, join, tell, either(signal, stop)),
      ]);
      // Once it is known who is expected where, memberships can be told beside what is left of the records.
      await readMemberships(stop);
    },
  );
  const joined = join.finish();
  const kiroGroups = [...records.values()];
  const pairs = pairGroups(groups, kiroGroups);
  const read = new Map([...strays.keys()].map((index) => [index, groups[index]?.displayName ?? '']));
  const lacking = join.finishGroups(read);
  return {
    at: deps.now(),
    ...joined,
    counts: countsOf(join),
    differences: join.differences.named,
    groups: [
      ...pairs.map(({ assigned, record }, index) =>
        compared(assigned, record, lacking.get(index), strays.get(index)),
      ),
      ...unassigned(groups, kiroGroups),
    ],
    service,
  };
}

function pagingOf({ pageSize, paging }: ServiceDescription): PageOptions {
  return { ...(pageSize !== undefined && { count: pageSize }), ...(paging && { paging }) };
}

async function readPeople(
  graph: GraphClient,
  groups: readonly Group[],
  join: PeopleJoin,
  tell: () => void,
  signal: AbortSignal,
): Promise<void> {
  for (const [index, { id }] of groups.entries()) {
    for await (const page of streamPages(graph, groupMembers(id), { signal })) {
      for (const member of page) join.expect(member, index);
      tell();
    }
  }
}

async function readRecords(
  scim: ScimClient,
  paging: PageOptions,
  join: PeopleJoin,
  tell: () => void,
  stop: AbortSignal,
): Promise<void> {
  for await (const page of scim.userPages(paging)) {
    stop.throwIfAborted();
    for (const user of page) join.found(user);
    tell();
  }
}

/** Strays among the members of a group in Kiro; `undefined` where the service can't list members by filter. */
async function readMembers(
  scim: ScimClient,
  paging: PageOptions,
  join: PeopleJoin,
  { index, assigned, record }: { index: number; assigned: Group; record: ScimGroup },
  tell: (members: number) => void,
): Promise<number | undefined> {
  let strays = 0;
  try {
    for await (const page of scim.userPages({ ...paging, inGroup: record.id })) {
      for (const user of page) {
        if (join.inGroup(index, user, assigned.displayName) === 'stray') strays += 1;
      }
      tell(page.length);
    }
    return strays;
  } catch (error) {
    if (isScimError(error) && [400, 404, 501].includes(error.status)) return undefined;
    throw error;
  }
}

async function readGroups(
  scim: ScimClient,
  paging: PageOptions,
  found: Map<string, ScimGroup>,
  stop: AbortSignal,
): Promise<void> {
  for await (const page of scim.groupPages(paging)) {
    stop.throwIfAborted();
    for (const group of page) found.set(group.id, group);
  }
}

function countsOf({ differences }: PeopleJoin): Record<DifferenceKind, number> {
  const count = (kind: DifferenceKind): number => differences.count(kind);
  // Every kind is among the keys, which the compiler can't follow through entries.
  return Object.fromEntries(differenceKinds.map((kind) => [kind, count(kind)])) as Record<
    DifferenceKind,
    number
  >;
}

/** Runs readings side by side; the first that fails ends the others, and they have ended when this rejects. */
async function together(...works: readonly ((stop: AbortSignal) => Promise<void>)[]): Promise<void> {
  const stop = new AbortController();
  await Promise.allSettled(
    works.map((work) => work(stop.signal).catch((error: unknown) => stop.abort(error))),
  );
  // The first to fail is the reason; the others end because of it.
  stop.signal.throwIfAborted();
}

function either(one: AbortSignal | undefined, other: AbortSignal): AbortSignal {
  return one ? AbortSignal.any([one, other]) : other;
}
