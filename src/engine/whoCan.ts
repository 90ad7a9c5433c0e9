import { readBatch, readOne, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { groupById, groupMembers } from '../entra/groups.ts';
import { transitivePeople } from '../entra/transitiveMembers.ts';
import { usersByIds } from '../entra/users.ts';
import { accessOverview, type AccessOverview, type AccessReads } from '../guide/diagnosis/access.ts';
import { groupForecast, type GroupForecast } from '../guide/diagnosis/accessForecast.ts';
import { valueOf, type Snapshot } from '../guide/snapshot.ts';
import { unreadable } from './observed.ts';

/** Everybody who gets a seat or could sign in, from a look and what it takes besides. Rejects only for an abort. */
export async function whoCan(
  graph: GraphClient,
  snapshot: Snapshot,
  options: ReadOptions,
): Promise<AccessOverview> {
  return accessOverview(snapshot, await readAccess(graph, snapshot, options));
}

async function readAccess(
  graph: GraphClient,
  snapshot: Snapshot,
  options: ReadOptions,
): Promise<AccessReads> {
  const direct = (valueOf(snapshot.assignments) ?? [])
    .filter(({ principalType }) => principalType === 'User')
    .map(({ principalId }) => principalId);
  const nesting = (valueOf(snapshot.groups) ?? []).filter(({ members }) =>
    members.some(({ type }) => type === 'group'),
  );
  try {
    const [accounts, inside] = await Promise.all([
      readBatch(graph, usersByIds([...new Set(direct)]), options),
      readBatch(
        graph,
        nesting.map(({ id }) => transitivePeople(id)),
        options,
      ),
    ]);
    return {
      accounts: new Map(accounts.flatMap((one) => (one.ok ? one.value.map((user) => [user.id, user]) : []))),
      inside: new Map(
        nesting.flatMap(({ id }, index) => {
          const people = inside[index];
          return people?.ok ? [[id, people.value]] : [];
        }),
      ),
      unseen: [...accounts, ...inside].flatMap((one) => (one.ok ? [] : [unreadable(one.error).detail])),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { accounts: new Map(), inside: new Map(), unseen: [unreadable(error).detail] };
  }
}

/**
 * What assigning these groups would come to; a group that can't be read is left out. Rejects with a `GraphError` of the
 * first that fails otherwise than by being gone.
 */
export async function forecast(
  graph: GraphClient,
  snapshot: Snapshot,
  groupIds: readonly string[],
  options: ReadOptions,
): Promise<readonly GroupForecast[]> {
  const found: GroupForecast[] = [];
  for (const id of groupIds) {
    const [group, members] = await readBatch(graph, [groupById(id), groupMembers(id)] as const, options);
    if (!group.ok) throw group.error;
    if (!members.ok) throw members.error;
    if (group.value === undefined) continue;
    const nests = members.value.some(({ type }) => type === 'group');
    const inside = nests
      ? await readOne(graph, transitivePeople(id), options).catch(() => undefined)
      : undefined;
    found.push(groupForecast(snapshot, { ...group.value, members: members.value }, inside));
  }
  return found;
}
