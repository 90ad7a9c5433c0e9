import type { DirectoryMember, ScimDirectory, ScimGroup, ScimUser } from '../guide/snapshot.ts';
import type { ScimClient } from '../scim/scimClient.ts';

/** Pages of a hundred that a look reads of each list; who has more people in Kiro compares them by a command. */
const mostPages = 10;
/** People who are looked up by name in a look at a large tenant. */
const mostProven = 10;

/** Whom a look has to prove: people who are to be in Kiro, those that were pushed last before all others. */
export type Proven = Pick<DirectoryMember, 'id' | 'userPrincipalName'>;

/**
 * What a look reads of Kiro: everyone while that are a thousand at most, else the first of them, how many there are, and the
 * people who have to be proven, each asked for alone. `people` is asked only then. Rejects with a `ScimError`.
 */
export async function readKiroUsers(
  client: ScimClient,
  people: () => Promise<readonly Proven[]>,
): Promise<ScimDirectory> {
  const [users, groups] = await Promise.all([
    firstPages<ScimUser>(client.userPages()),
    firstPages<ScimGroup>(client.groupPages()),
  ]);
  const base = { users: users.found, groups: groups.found };
  if (users.all) return base;
  const [total, asked] = await Promise.all([client.countUsers(), people()]);
  const proven = asked.slice(0, mostProven);
  const records = (await Promise.all(proven.map((one) => recordsOf(client, one)))).flat();
  return {
    ...base,
    users: unique([...users.found, ...records]),
    partial: { ...(total !== undefined && { total }), asked: proven.map(({ id }) => id) },
  };
}

/** The record under the object id, else one that goes by the user name and has another external ID. */
async function recordsOf(
  client: ScimClient,
  { id, userPrincipalName }: Proven,
): Promise<readonly ScimUser[]> {
  const right = await client.findUserByExternalId(id);
  if (right) return [right];
  const named =
    userPrincipalName === undefined ? undefined : await client.findUserByUserName(userPrincipalName);
  return named ? [named] : [];
}

async function firstPages<T extends { readonly id: string }>(
  pages: AsyncIterable<readonly T[]>,
): Promise<{ readonly found: readonly T[]; readonly all: boolean }> {
  const found: T[] = [];
  let read = 0;
  for await (const page of pages) {
    // One page more shows that there is more.
    if (read === mostPages) return { found: unique(found), all: false };
    found.push(...page);
    read += 1;
  }
  return { found: unique(found), all: true };
}

/** A list that changes while it is read may give an entry twice. */
function unique<T extends { readonly id: string }>(found: readonly T[]): readonly T[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
