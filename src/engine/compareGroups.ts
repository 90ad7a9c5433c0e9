import { mostNamed, type ComparedGroup } from '../guide/comparison.ts';
import type { ScimGroup } from '../guide/snapshot.ts';

/** A group that Entra assigns. */
export interface Group {
  readonly id: string;
  readonly displayName: string;
}

/** An assigned group and its record in Kiro. */
export interface Pair {
  readonly assigned: Group;
  readonly record: ScimGroup | undefined;
}

/** The record of each assigned group: by object id, else by name, which Entra matches groups by. */
export function pairGroups(groups: readonly Group[], records: readonly ScimGroup[]): readonly Pair[] {
  const byId = new Map(records.map((one) => [one.externalId?.toLowerCase() ?? '', one]));
  const byName = new Map(records.map((one) => [one.displayName.toLowerCase(), one]));
  return groups.map((assigned) => ({
    assigned,
    record: byId.get(assigned.id.toLowerCase()) ?? byName.get(assigned.displayName.toLowerCase()),
  }));
}

/** What became of an assigned group; `counts` and `strays` are absent where its members could not be read. */
export function compared(
  assigned: Group,
  record: ScimGroup | undefined,
  counts: { readonly members: number; readonly lacking: number } | undefined,
  strays: number | undefined,
): ComparedGroup {
  const { members, lacking } = counts ?? { members: 0, lacking: 0 };
  const base = { name: assigned.displayName, members, lacking, strays: strays ?? 0 };
  if (!record) return { ...base, state: 'missing' };
  if (strays === undefined) return { ...base, state: 'membersUnknown' };
  const right = record.externalId?.toLowerCase() === assigned.id.toLowerCase();
  return { ...base, state: right ? 'same' : 'wrongId' };
}

/** Groups in Kiro that no assignment stands behind. */
export function unassigned(
  groups: readonly Group[],
  records: readonly ScimGroup[],
): readonly ComparedGroup[] {
  const paired = new Set(pairGroups(groups, records).map(({ record }) => record?.id));
  return records
    .filter(({ id }) => !paired.has(id))
    .slice(0, mostNamed)
    .map(({ displayName }) => ({
      name: displayName,
      state: 'unassigned',
      members: 0,
      lacking: 0,
      strays: 0,
    }));
}
