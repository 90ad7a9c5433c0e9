import { randomUUID } from 'node:crypto';
import type { KiroGroup, KiroProfile } from '../state.ts';
import { groupType } from './attributes.ts';
import { ScimError } from './errors.ts';
import { parseFilter } from './filter.ts';
import { few } from './paging.ts';
import type { Matches } from './paging.ts';
import { applyPatch, readOperations, spread } from './patch.ts';
import type { Operation } from './patch.ts';
import { parsePath } from './path.ts';
import { groupsOf, setMember } from './resourceIndex.ts';
import { isNothing, isObject, readResource } from './values.ts';
import type { Stored } from './values.ts';

const MAX_MEMBERS = 100;

/** Makes a group. 409 when its name or externalId is taken, 404 when a member does not exist. */
export function createGroup(profile: KiroProfile, body: unknown, now: number): KiroGroup {
  const stored = readResource(groupType, body, new Set(['members']));
  const members = isObject(body) ? memberIds(profile, body['members']) : [];
  demandUnique(profile, stored, undefined);
  const id = randomUUID();
  const time = new Date(now).toISOString();
  const group = { id, resource: { ...stored, meta: meta(time, time) }, members: new Set(members) };
  profile.groups.set(id, group);
  groupsOf(profile).added(group);
  return group;
}

/** Changes name and members. Replacing or removing all members is refused (AWS: PatchGroup). */
export function patchGroup(profile: KiroProfile, group: KiroGroup, body: unknown, now: number): void {
  const operations = readOperations(body).flatMap(spread);
  const changed = new Map<string, boolean>();
  const others: Operation[] = [];
  let changes = 0;
  for (const operation of operations) {
    const path = parsePath(groupType, operation.path ?? '');
    if (path.name.toLowerCase() !== 'members') {
      others.push(operation);
      continue;
    }
    const ids = path.clauses
      ? path.clauses.map((clause) => {
          if (clause.attribute !== 'value' || path.sub !== undefined) throw new ScimError(400);
          return clause.value;
        })
      : memberIds(profile, operation.value, operation.op === 'remove');
    changes += ids.length;
    if (operation.op === 'replace' || ids.length === 0 || changes > MAX_MEMBERS) throw new ScimError(400);
    for (const id of ids) changed.set(id, operation.op === 'add');
  }
  const { meta: before, ...stored } = group.resource;
  const after = others.length > 0 ? applyPatch(groupType, stored, others) : stored;
  demandUnique(profile, after, group.id);
  const created =
    typeof before === 'object' && before !== null && 'created' in before ? before.created : undefined;
  const time = new Date(now).toISOString();
  const earlier = group.resource;
  group.resource = { ...after, meta: meta(typeof created === 'string' ? created : time, time) };
  groupsOf(profile).changed(earlier, group);
  for (const [id, member] of changed) setMember(group, id, member);
}

/** Forgets a group; its members stay. */
export function deleteGroup(profile: KiroProfile, group: KiroGroup): void {
  profile.groups.delete(group.id);
  groupsOf(profile).removed(group);
}

/** Groups that a filter names (AWS: ListGroups). 404 when it names a member that does not exist. */
export function findGroups(profile: KiroProfile, filter: string | undefined): Matches<KiroGroup> {
  const index = groupsOf(profile);
  if (filter === undefined) return { ids: index.ids(), get: (id) => profile.groups.get(id) };
  let found: KiroGroup[] | undefined;
  const keep = (one: KiroGroup | undefined): void => {
    found = (found ?? (one ? [one] : [])).filter((group) => group === one);
  };
  for (const { attribute, value } of parseFilter(filter))
    switch (attribute) {
      case 'displayname':
        keep(index.byName(value));
        break;
      case 'externalid':
        keep(index.byExternalId(value));
        break;
      case 'id':
        keep(profile.groups.get(value));
        break;
      case 'member':
      case 'members':
      case 'members.value':
        if (!profile.users.has(value)) throw new ScimError(404, 'Resource not found.');
        found = (found ?? [...profile.groups.values()]).filter((group) => group.members.has(value));
        break;
      default:
        throw new ScimError(400);
    }
  return few(found ?? []);
}

/** A group as the endpoint shows it: its members are never shown, whatever it has. */
export function showGroup(group: KiroGroup, base: string): Record<string, unknown> {
  const { meta: times, ...rest } = group.resource;
  return {
    schemas: [groupType.schema],
    id: group.id,
    ...rest,
    members: [],
    meta: { ...(typeof times === 'object' ? times : {}), location: `${base}/Groups/${group.id}` },
  };
}

function memberIds(profile: KiroProfile, value: unknown, mayBeGone = false): string[] {
  if (isNothing(value)) return [];
  const ids = (Array.isArray(value) ? value : [value]).map((one: unknown) => {
    const id = isObject(one) ? one['value'] : undefined;
    if (typeof id !== 'string') throw new ScimError(400);
    return id;
  });
  if (ids.length > MAX_MEMBERS) throw new ScimError(400);
  if (!mayBeGone && ids.some((id) => !profile.users.has(id))) throw new ScimError(404, 'Resource not found.');
  return ids;
}

function demandUnique(profile: KiroProfile, stored: Stored, self: string | undefined): void {
  const index = groupsOf(profile);
  const externalId = stored['externalId'];
  const others = [
    index.byName(index.nameIn(stored) ?? ''),
    typeof externalId === 'string' ? index.byExternalId(externalId) : undefined,
  ];
  if (others.some((other) => other !== undefined && other.id !== self))
    throw new ScimError(409, 'Resource already exists.');
}

function meta(created: string, lastModified: string): Record<string, string> {
  return { resourceType: 'Group', created, lastModified };
}
