import { randomUUID } from 'node:crypto';
import type { KiroProfile, KiroUser } from '../state.ts';
import { userType } from './attributes.ts';
import { ScimError } from './errors.ts';
import { parseFilter } from './filter.ts';
import { applyPatch, readOperations } from './patch.ts';
import { readResource } from './values.ts';
import type { Stored } from './values.ts';

/** Makes a user. 409 when its name or externalId is taken. */
export function createUser(profile: KiroProfile, body: unknown, now: number): KiroUser {
  // Entra sends an empty list of roles with every new user.
  const stored = readResource(userType, body);
  demandUnique(profile, stored, undefined);
  const active = stored['active'] !== false;
  const id = randomUUID();
  const time = new Date(now).toISOString();
  const user = { id, active, resource: { ...stored, active, meta: meta(time, time) } };
  profile.users.set(id, user);
  return user;
}

/** Changes a user as a whole or not at all. */
export function patchUser(profile: KiroProfile, user: KiroUser, body: unknown, now: number): void {
  const { meta: before, ...stored } = user.resource;
  const after = applyPatch(userType, stored, readOperations(body));
  demandUnique(profile, after, user.id);
  const created =
    typeof before === 'object' && before !== null && 'created' in before ? before.created : undefined;
  user.active = after['active'] !== false;
  const time = new Date(now).toISOString();
  user.resource = {
    ...after,
    active: user.active,
    meta: meta(typeof created === 'string' ? created : time, time),
  };
}

/** Forgets a user and every membership of it. */
export function deleteUser(profile: KiroProfile, user: KiroUser): void {
  profile.users.delete(user.id);
  for (const group of profile.groups.values()) group.members.delete(user.id);
}

/** Users that a filter names. 404 when it names a group that does not exist. */
export function findUsers(profile: KiroProfile, filter: string | undefined): KiroUser[] {
  let found = [...profile.users.values()];
  for (const { attribute, value } of filter === undefined ? [] : parseFilter(filter))
    switch (attribute) {
      case 'username':
        found = found.filter((user) => nameOf(user.resource) === value.toLowerCase());
        break;
      case 'externalid':
        found = found.filter((user) => user.resource['externalId'] === value);
        break;
      case 'id':
        found = found.filter((user) => user.id === value);
        break;
      case 'groups':
      case 'groups.value': {
        const group = profile.groups.get(value);
        if (!group) throw new ScimError(404, 'Resource not found.');
        found = found.filter((user) => group.members.has(user.id));
        break;
      }
      default:
        throw new ScimError(400);
    }
  return found;
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
  for (const user of profile.users.values()) {
    if (user.id === self) continue;
    const sameExternalId =
      stored['externalId'] !== undefined && user.resource['externalId'] === stored['externalId'];
    if (nameOf(user.resource) === nameOf(stored) || sameExternalId)
      throw new ScimError(409, 'Resource already exists.');
  }
}

function nameOf(resource: Stored): string {
  const name = resource['userName'];
  return typeof name === 'string' ? name.toLowerCase() : '';
}

function meta(created: string, lastModified: string): Record<string, string> {
  return { resourceType: 'User', created, lastModified };
}
