import type { Tenant } from '../state.ts';
import type { Entity } from './odata/rows.ts';

/** One object of a delta query as it was: what is told of it, and its members where these are asked for. */
interface Pictured {
  readonly entity: Entity;
  readonly members: ReadonlySet<string> | undefined;
}

/** What a delta query has told its client so far, by object id. */
export type Picture = ReadonlyMap<string, Pictured>;

export function pictureOf(objects: readonly Pictured[]): Picture {
  return new Map(objects.map((one) => [String(one.entity['id']), one]));
}

/**
 * The rows that lead from one picture to another: new objects whole, of changed ones the changed properties, `@removed`
 * for those that are gone, `members@delta` for members that came or went.
 */
export function changesSince(before: Picture | undefined, now: Picture, tenant: Tenant): Entity[] {
  const rows: Entity[] = [];
  for (const [id, current] of now) {
    const known = before?.get(id);
    const entity = known ? changed(known.entity, current.entity) : current.entity;
    const members = memberChanges(known?.members, current.members, tenant);
    if (!known || Object.keys(entity).length > 0 || members.length > 0)
      rows.push({ id, ...entity, ...(members.length > 0 ? { 'members@delta': members } : {}) });
  }
  for (const id of before?.keys() ?? [])
    if (!now.has(id))
      rows.push({ id, '@removed': { reason: tenant.deletedItems.has(id) ? 'changed' : 'deleted' } });
  return rows;
}

function changed(before: Entity, now: Entity): Entity {
  return Object.fromEntries(
    Object.entries(now).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name])),
  );
}

function memberChanges(
  before: ReadonlySet<string> | undefined,
  now: ReadonlySet<string> | undefined,
  tenant: Tenant,
): Entity[] {
  const rows: Entity[] = [];
  const typed = (id: string): Entity => ({
    '@odata.type': `#microsoft.graph.${tenant.groups.has(id) ? 'group' : 'user'}`,
    id,
  });
  for (const id of now ?? []) if (!before?.has(id)) rows.push(typed(id));
  for (const id of before ?? [])
    if (!now?.has(id)) rows.push({ ...typed(id), '@removed': { reason: 'deleted' } });
  return rows;
}
