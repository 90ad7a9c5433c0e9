import type { Difference, DifferenceKind } from '../guide/comparison.ts';
import type { DirectoryMember, ScimUser } from '../guide/snapshot.ts';
import { DifferenceList } from './differenceList.ts';
import { MembershipSets } from './membershipSets.ts';

/** Flags of a person. */
const enabled = 1;
const matched = 2;
const active = 4;

/** What the join found, besides the list of differences. */
export interface Joined {
  readonly people: number;
  readonly arrived: number;
  readonly records: number;
  readonly left: number;
}

type KiroRecord = Pick<ScimUser, 'id' | 'externalId'>;

export interface JoinOptions {
  /** Number of assigned groups; people and memberships name them by index. */
  readonly groups: number;
  /** Object ids of people who are assigned alone. */
  readonly direct: ReadonlySet<string>;
  /** Whether Kiro tells user names apart by case. */
  readonly caseExact: boolean;
  /** Differences of one kind that are named. */
  readonly mostNamed: number;
}

/**
 * Holds two lists of people against each other while both arrive, in any order and interleaved, keeping at most one small
 * entry a person. Kiro knows a person by `externalId` = object id; a record with a person's user name and another
 * `externalId` is that person's, wrongly identified.
 */
export class PeopleJoin {
  readonly differences: DifferenceList;
  // Columns, not objects: a hundred thousand of them cost time and room in every collection. A person's number is the
  // place in each.
  readonly #numbers = new Map<string, number>();
  readonly #userNames: string[] = [];
  /** Display names of those about whom something is to be said. */
  readonly #names: string[] = [];
  readonly #flags: number[] = [];
  /** Assigned groups in Entra, and those of them that Kiro showed the person in ({@link MembershipSets}). */
  readonly #groups: number[] = [];
  readonly #seen: number[] = [];
  /** Tells a record that comes twice from a second record. */
  readonly #recordHashes: number[] = [];
  /** Records that are not as they should be: inactive, of somebody disabled, or by another user name than the person's. */
  readonly #oddRecords = new Map<number, Pick<ScimUser, 'id' | 'userName'>>();
  /** Users in Kiro whose external ID no person had so far, by external ID, or by record where there is none. */
  readonly #strays = new Map<string, ScimUser>();
  readonly #sets: MembershipSets;
  readonly #options: JoinOptions;
  #records = 0;

  constructor(options: JoinOptions) {
    this.#options = options;
    this.differences = new DifferenceList(options.mostNamed);
    this.#sets = new MembershipSets(options.groups);
  }

  /** How many of each side were taken in so far. */
  get progress(): { readonly people: number; readonly records: number } {
    return { people: this.#numbers.size, records: this.#records };
  }

  /** Takes in a direct member of an assigned group; nested groups and devices are passed over. */
  expect(member: DirectoryMember, group: number): void {
    if (member.type !== 'user') return;
    const id = member.id.toLowerCase();
    const before = this.#numbers.get(id);
    if (before !== undefined) {
      this.#groups[before] = this.#sets.add(this.#groups[before] ?? 0, group);
      return;
    }
    const person = this.#numbers.size;
    this.#numbers.set(id, person);
    this.#userNames.push(member.userPrincipalName ?? '');
    this.#names.push(member.displayName);
    this.#flags.push(member.accountEnabled === false ? 0 : enabled);
    this.#groups.push(this.#sets.add(0, group));
    this.#seen.push(0);
    this.#recordHashes.push(0);
    const stray = this.#strays.get(id);
    if (stray) {
      this.#strays.delete(id);
      this.#match(person, stray);
    }
  }

  /** Takes in a user of Kiro's endpoint; one that a shifting list gives twice counts once. */
  found(user: ScimUser): void {
    const key = keyOf(user);
    const person = this.#numbers.get(key);
    const stray = this.#strays.get(key);
    const taken = stray !== undefined || (person !== undefined && this.#has(person, matched));
    if (taken && (stray ? stray.id === user.id : this.#recordHashes[person ?? -1] === hashOf(user.id)))
      return;
    this.#records += 1;
    this.#checkNames(user);
    if (taken) this.differences.add(ofUser('duplicate', user));
    else if (person !== undefined) this.#match(person, user);
    else this.#strays.set(key, small(user));
  }

  /** Takes in that Kiro shows a user in a group. */
  inGroup(group: number, user: ScimUser, groupName: string): 'member' | 'stray' {
    const person = this.#numbers.get(keyOf(user));
    if (person !== undefined && this.#sets.has(this.#groups[person] ?? 0, group)) {
      this.#seen[person] = this.#sets.add(this.#seen[person] ?? 0, group);
      return 'member';
    }
    if (user.active) this.differences.add({ ...ofUser('strayMember', user), found: groupName });
    return 'stray';
  }

  /** After both lists: who is missing, wrong, inactive or not expected. */
  finish(): Joined {
    const strays = this.#straysByName();
    const others = this.#othersByName();
    let people = 0;
    let arrived = 0;
    for (const [objectId, person] of this.#numbers) {
      if (this.#has(person, enabled)) people += 1;
      if (this.#has(person, enabled | matched | active)) arrived += 1;
      const key = this.#nameKey(this.#userNames[person] ?? '');
      const named = strays.get(key);
      if (named) this.#strays.delete(keyOf(named));
      const difference = this.#judge(objectId, person, named ?? others.get(key));
      if (difference) this.differences.add(difference);
    }
    return { people, arrived, records: this.#records, left: this.#finishStrays() };
  }

  /** After the memberships of these groups: who is in Kiro, but not in Kiro's group; how many, by group. */
  finishGroups(
    names: ReadonlyMap<number, string>,
  ): ReadonlyMap<number, { members: number; lacking: number }> {
    const counts = new Map([...names.keys()].map((group) => [group, { members: 0, lacking: 0 }]));
    for (const [objectId, person] of this.#numbers) {
      if (!this.#has(person, enabled | matched | active)) continue;
      for (const group of this.#sets.groups(this.#groups[person] ?? 0)) {
        const count = counts.get(group);
        if (!count) continue;
        count.members += 1;
        if (this.#sets.has(this.#seen[person] ?? 0, group)) continue;
        count.lacking += 1;
        this.differences.add({
          kind: 'notMember',
          ...this.#named(objectId, person),
          found: names.get(group) ?? '',
        });
      }
    }
    return counts;
  }

  #has(person: number, flags: number): boolean {
    return ((this.#flags[person] ?? 0) & flags) === flags;
  }

  #named(objectId: string, person: number): Pick<Difference, 'name' | 'userName' | 'objectId'> {
    const userName = this.#userNames[person] ?? '';
    return { name: this.#names[person] || userName || objectId, userName, objectId };
  }

  #match(person: number, user: ScimUser): void {
    this.#flags[person] = (this.#flags[person] ?? 0) | matched | (user.active ? active : 0);
    this.#recordHashes[person] = hashOf(user.id);
    const otherName = this.#nameKey(user.userName) !== this.#nameKey(this.#userNames[person] ?? '');
    const plain = this.#has(person, enabled | active);
    if (otherName || !plain) this.#oddRecords.set(person, { id: user.id, userName: user.userName });
    // Nothing more has to be said about most people, so their names are not kept.
    if (plain) this.#names[person] = '';
  }

  /** Who is not in Kiro, or not as they should be; `named` is a record of theirs by name that has another external ID. */
  #judge(objectId: string, person: number, named: KiroRecord | undefined): Difference | undefined {
    const who = this.#named(objectId, person);
    const odd = this.#oddRecords.get(person);
    const there = this.#has(person, matched);
    if (named && named.id !== odd?.id) {
      const kind = there ? 'duplicate' : 'wrongId';
      return { kind, ...who, recordId: named.id, found: named.externalId ?? '' };
    }
    const expected = this.#has(person, enabled);
    if (!there) return expected ? { kind: 'missing', ...who } : undefined;
    const record = odd && { recordId: odd.id };
    if (expected && !this.#has(person, active)) return { kind: 'inactive', ...who, ...record };
    return !expected && this.#has(person, active) ? { kind: 'disabled', ...who, ...record } : undefined;
  }

  /** Records of people that go by the user name of somebody else, perhaps of one who then can't be made. */
  #othersByName(): Map<string, KiroRecord> {
    const byName = new Map<string, KiroRecord>();
    if (this.#oddRecords.size === 0) return byName;
    for (const [externalId, person] of this.#numbers) {
      const odd = this.#oddRecords.get(person);
      if (odd) byName.set(this.#nameKey(odd.userName), { id: odd.id, externalId });
    }
    return byName;
  }

  /** Records without a person, by user name; a name that two of them have makes one a duplicate. */
  #straysByName(): Map<string, ScimUser> {
    const byName = new Map<string, ScimUser>();
    for (const user of this.#strays.values()) {
      const key = this.#nameKey(user.userName);
      if (byName.has(key)) this.differences.add(ofUser('duplicate', user));
      else byName.set(key, user);
    }
    return byName;
  }

  #finishStrays(): number {
    let left = 0;
    for (const user of this.#strays.values()) {
      if (!user.active) left += 1;
      else {
        const direct = this.#options.direct.has(user.externalId?.toLowerCase() ?? '');
        this.differences.add(ofUser(direct ? 'direct' : 'orphan', user));
      }
    }
    return left;
  }

  #checkNames(user: ScimUser): void {
    const { displayName = '', userName, active } = user;
    if (!active) return;
    if (isGuid(displayName) || isGuid(userName.split('@')[0] ?? ''))
      this.differences.add(ofUser('guidName', user));
    else if (displayName.trim() === '') this.differences.add(ofUser('noName', user));
  }

  #nameKey(userName: string): string {
    return this.#options.caseExact ? userName : userName.toLowerCase();
  }
}

/** Users show up as GUIDs where a mapping sends the object id for a name (kirodotdev/Kiro issue 7450). */
function isGuid(name: string): boolean {
  return /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(name.trim());
}

/** FNV-1a, 32 bits. */
function hashOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at += 1) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return hash | 0;
}

/** The external ID, or the record itself where it has none. */
function keyOf({ externalId, id }: ScimUser): string {
  return externalId?.toLowerCase() ?? `record ${id}`;
}

/** Only what is needed: a user as read may carry more. */
function small({ id, userName, externalId, displayName, active }: ScimUser): ScimUser {
  return {
    id,
    userName,
    active,
    ...(externalId !== undefined && { externalId }),
    ...(displayName !== undefined && { displayName }),
  };
}

function ofUser(kind: DifferenceKind, user: ScimUser): Difference {
  const { id, userName, externalId, displayName } = user;
  return {
    kind,
    name: displayName ?? userName,
    userName,
    recordId: id,
    ...(externalId !== undefined && { found: externalId }),
  };
}
