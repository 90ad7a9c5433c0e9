import { randomUUID } from 'node:crypto';
import type { KiroGroup, KiroProfile } from '../state.ts';
import { groupType } from './attributes.ts';
import { ScimError } from './errors.ts';
import { parseFilter } from './filter.ts';
import { applyPatch, readOperations, spread } from './patch.ts';
import type { Operation } from './patch.ts';
import { parsePath } from './path.ts';
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
  return group;
}

/** Changes name and members. Replacing or removing all members is refused (AWS: PatchGroup). */
export function patchGroup(profile: KiroProfile, group: KiroGroup, body: unknown, now: number): void {
  const operations = readOperations(body).flatMap(spread);
  const members = new Set(group.members);
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
    for (const id of ids)
      if (operation.op === 'add') members.add(id);
      else members.delete(id);
  }
  const { meta: before, ...stored } = group.resource;
  const after = others.length > 0 ? applyPatch(groupType, stored, others) : stored;
  demandUnique(profile, after, group.id);
  const created =
    typeof before === 'object' && before !== null && 'created' in before ? before.created : undefined;
  const time = new Date(now).toISOString();
  group.resource = { ...after, meta: meta(typeof created === 'string' ? created : time, time) };
  group.members.clear();
  for (const id of members) group.members.add(id);
}

/** Groups that a filter names. 404 when it names a member that does not exist. */
export function findGroups(profile: KiroProfile, filter: string | undefined): KiroGroup[] {
  let found = [...profile.groups.values()];
  for (const { attribute, value } of filter === undefined ? [] : parseFilter(filter))
    switch (attribute) {
      case 'displayname':
        found = found.filter((group) => nameOf(group.resource) === value.toLowerCase());
        break;
      case 'externalid':
        found = found.filter((group) => group.resource['externalId'] === value);
        break;
      case 'id':
        found = found.filter((group) => group.id === value);
        break;
      case 'members':
      case 'members.value':
        if (!profile.users.has(value)) throw new ScimError(404, 'Resource not found.');
        found = found.filter((group) => group.members.has(value));
        break;
      default:
        throw new ScimError(400);
    }
  return found;
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
  for (const group of profile.groups.values()) {
    if (group.id === self) continue;
    const sameExternalId =
      stored['externalId'] !== undefined && group.resource['externalId'] === stored['externalId'];
    if (nameOf(group.resource) === nameOf(stored) || sameExternalId)
      throw new ScimError(409, 'Resource already exists.');
  }
}

function nameOf(resource: Stored): string {
  const name = resource['displayName'];
  return typeof name === 'string' ? name.toLowerCase() : '';
}

function meta(created: string, lastModified: string): Record<string, string> {
  return { resourceType: 'Group', created, lastModified };
}
