import type { KiroGroup, KiroProfile, KiroUser } from '../state.ts';
import { SortedIds } from './sortedIds.ts';
import type { Stored } from './values.ts';

interface Indexed {
  readonly id: string;
  readonly resource: Stored;
}

/**
 * Users or groups of a profile by name, by externalId and in the order of their ids, so that no look-up or page has to
 * walk through all of them. Follows a table that was filled by other hands (a preset, a saved state) when its size tells
 * that it was.
 */
export class ResourceIndex<T extends Indexed> {
  readonly #table: ReadonlyMap<string, T>;
  readonly #attribute: 'userName' | 'displayName';
  #byName = new Map<string, string>();
  #byExternalId = new Map<string, string>();
  #ids = new SortedIds([]);

  constructor(table: ReadonlyMap<string, T>, attribute: 'userName' | 'displayName') {
    this.#table = table;
    this.#attribute = attribute;
    this.#build();
  }

  /** Ids in order. */
  ids(): SortedIds {
    this.#follow();
    return this.#ids;
  }

  byName(name: string): T | undefined {
    this.#follow();
    return this.#table.get(this.#byName.get(name.toLowerCase()) ?? '');
  }

  byExternalId(externalId: string): T | undefined {
    this.#follow();
    return this.#table.get(this.#byExternalId.get(externalId) ?? '');
  }

  /** To be called once something is in the table. */
  added(one: T): void {
    this.#ids.add(one.id);
    this.#enter(one);
  }

  /** To be called once a resource has another name or externalId; `before` is what it had. */
  changed(before: Stored, one: T): void {
    this.#forget(before, one.id);
    this.#enter(one);
  }

  /** To be called once something is out of the table. */
  removed(one: T): void {
    this.#ids.delete(one.id);
    this.#forget(one.resource, one.id);
  }

  #enter({ id, resource }: T): void {
    const name = this.nameIn(resource);
    const externalId = resource['externalId'];
    if (name !== undefined) this.#byName.set(name, id);
    if (typeof externalId === 'string') this.#byExternalId.set(externalId, id);
  }

  #forget(resource: Stored, id: string): void {
    const name = this.nameIn(resource);
    const externalId = resource['externalId'];
    if (name !== undefined && this.#byName.get(name) === id) this.#byName.delete(name);
    if (typeof externalId === 'string' && this.#byExternalId.get(externalId) === id)
      this.#byExternalId.delete(externalId);
  }

  /** The name by which a resource is found: without regard to case. */
  nameIn(resource: Stored): string | undefined {
    const name = resource[this.#attribute];
    return typeof name === 'string' ? name.toLowerCase() : undefined;
  }

  #follow(): void {
    if (this.#ids.size !== this.#table.size) this.#build();
  }

  #build(): void {
    this.#byName = new Map();
    this.#byExternalId = new Map();
    this.#ids = new SortedIds(this.#table.keys());
    for (const one of this.#table.values()) this.#enter(one);
  }
}

const users = new WeakMap<KiroProfile, ResourceIndex<KiroUser>>();
const groups = new WeakMap<KiroProfile, ResourceIndex<KiroGroup>>();
const members = new WeakMap<KiroGroup, SortedIds>();

export function usersOf(profile: KiroProfile): ResourceIndex<KiroUser> {
  return kept(users, profile, () => new ResourceIndex(profile.users, 'userName'));
}

export function groupsOf(profile: KiroProfile): ResourceIndex<KiroGroup> {
  return kept(groups, profile, () => new ResourceIndex(profile.groups, 'displayName'));
}

/** Members of a group in the order of their ids. */
export function membersOf(group: KiroGroup): SortedIds {
  const known = members.get(group);
  if (known?.size === group.members.size) return known;
  members.delete(group);
  return kept(members, group, () => new SortedIds(group.members));
}

/** Puts somebody into a group or takes them out. */
export function setMember(group: KiroGroup, userId: string, member: boolean): void {
  const sorted = membersOf(group);
  if (member) {
    group.members.add(userId);
    sorted.add(userId);
  } else {
    group.members.delete(userId);
    sorted.delete(userId);
  }
}

function kept<K extends object, V>(map: WeakMap<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known) return known;
  const made = make();
  map.set(key, made);
  return made;
}
