import { randomUUID } from 'node:crypto';
import type { KiroGroup, KiroProfile, KiroUser } from '../state.ts';
import { userType } from './attributes.ts';
import { ScimError } from './errors.ts';
import { parseFilter } from './filter.ts';
import { few } from './paging.ts';
import type { Matches } from './paging.ts';
import { applyPatch, demandLawful, readOperations } from './patch.ts';
import { membersOf, setMember, usersOf } from './resourceIndex.ts';
import { readResource } from './values.ts';
import type { Stored } from './values.ts';

/** Makes a user. 409 when its name or externalId is taken. */
export function createUser(profile: KiroProfile, body: unknown, now: number): KiroUser {
  const stored = readResource(userType, body);
  demandUnique(profile, stored, undefined);
  const active = stored['active'] !== false;
  const id = randomUUID();
  const time = new Date(now).toISOString();
  const user = { id, active, resource: { ...stored, active, meta: meta(time, time) } };
  profile.users.set(id, user);
  usersOf(profile).added(user);
  return user;
}

/** Changes a user as a whole or not at all. */
export function patchUser(profile: KiroProfile, user: KiroUser, body: unknown, now: number): void {
  change(profile, user, applyPatch(userType, storedOf(user), readOperations(body)), now);
}

/**
 * Puts what is sent in the place of the whole user (AWS: PutUser). What is not sent is removed, so a body without the
 * `externalId` that the user has is refused like any other change of it.
 */
export function replaceUser(profile: KiroProfile, user: KiroUser, body: unknown, now: number): void {
  const after = readResource(userType, body);
  demandLawful(userType, storedOf(user), after);
  change(profile, user, after, now);
}

/** What was sent, without what the endpoint notes beside it. */
function storedOf({ resource }: KiroUser): Stored {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => name !== 'meta'));
}

function change(profile: KiroProfile, user: KiroUser, after: Stored, now: number): void {
  demandUnique(profile, after, user.id);
  const before = user.resource;
  const times = before['meta'];
  const created =
    typeof times === 'object' && times !== null && 'created' in times ? times.created : undefined;
  const time = new Date(now).toISOString();
  user.active = after['active'] !== false;
  user.resource = {
    ...after,
    active: user.active,
    meta: meta(typeof created === 'string' ? created : time, time),
  };
  usersOf(profile).changed(before, user);
}

/** Forgets a user and every membership of it; its name and externalId are free again. */
export function deleteUser(profile: KiroProfile, user: KiroUser): void {
  profile.users.delete(user.id);
  usersOf(profile).removed(user);
  for (const group of profile.groups.values())
    if (group.members.has(user.id)) setMember(group, user.id, false);
}

/** Users that a filter names (AWS: ListUsers). 404 when it names a group that does not exist. */
export function findUsers(profile: KiroProfile, filter: string | undefined): Matches<KiroUser> {
  const index = usersOf(profile);
  const get = (id: string): KiroUser | undefined => profile.users.get(id);
  const clauses = filter === undefined ? [] : parseFilter(filter);
  let narrow: readonly KiroUser[] | undefined;
  const groups: KiroGroup[] = [];
  for (const { attribute, value } of clauses)
    switch (attribute) {
      case 'username':
        narrow = both(narrow, index.byName(value));
        break;
      case 'externalid':
        narrow = both(narrow, index.byExternalId(value));
        break;
      case 'id':
        narrow = both(narrow, profile.users.get(value));
        break;
      case 'groups':
      case 'groups.value': {
        const group = profile.groups.get(value);
        if (!group) throw new ScimError(404, 'Resource not found.');
        groups.push(group);
        break;
      }
      default:
        throw new ScimError(400);
    }
  const [first, ...others] = groups;
  if (!narrow && !first) return { ids: index.ids(), get };
  if (!narrow && first && others.length === 0) return { ids: membersOf(first), get };
  const candidates = narrow ?? [...(first?.members ?? [])].flatMap((id) => get(id) ?? []);
  return few(candidates.filter((user) => groups.every((group) => group.members.has(user.id))));
}

/** What is left of those found before when one more clause names one user, or nobody. */
function both(before: readonly KiroUser[] | undefined, found: KiroUser | undefined): readonly KiroUser[] {
  if (!found) return [];
  return before === undefined || before.includes(found) ? [found] : [];
}

/** A user as the endpoint shows it. */
export function showUser(user: KiroUser, base: string): Record<string, unknown> {
  const { meta: times, ...rest } = user.resource;
  return {
    schemas: [userType.schema],
    id: user.id,
    ...rest,
    meta: { ...(typeof times === 'object' ? times : {}), location: `${base}/Users/${user.id}` },
  };
}

function demandUnique(profile: KiroProfile, stored: Stored, self: string | undefined): void {
  const index = usersOf(profile);
  const externalId = stored['externalId'];
  const others = [
    index.byName(index.nameIn(stored) ?? ''),
    typeof externalId === 'string' ? index.byExternalId(externalId) : undefined,
  ];
  if (others.some((other) => other !== undefined && other.id !== self))
    throw new ScimError(409, 'Resource already exists.');
}

function meta(created: string, lastModified: string): Record<string, string> {
  return { resourceType: 'User', created, lastModified };
}
