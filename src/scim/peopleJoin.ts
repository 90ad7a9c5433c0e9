import type { Difference, DifferenceKind } from '../guide/comparison.ts';
import type { DirectoryMember, ScimUser } from '../guide/snapshot.ts';
import { DifferenceList } from './differenceList.ts';
import { MembershipSets } from './membershipSets.ts';

/** What is held of a person: what Entra said, and whether Kiro has a record under the object id. */
interface Entry {
  /** Display name, until there is nothing left to say about the person. */
  name: string;
  readonly userName: string;
  readonly enabled: boolean;
  /** Assigned groups in Entra, and those of them that Kiro showed the person in ({@link MembershipSets}). */
  groups: number;
  seen: number;
  recordId: string | undefined;
  active: boolean;
  /** The record's user name where it is not the person's. */
  otherName: string | undefined;
}

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
  readonly #entries = new Map<string, Entry>();
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
    return { people: this.#entries.size, records: this.#records };
  }

  /** Takes in a direct member of an assigned group; nested groups and devices are passed over. */
  expect(member: DirectoryMember, group: number): void {
    if (member.type !== 'user') return;
    const id = member.id.toLowerCase();
    const before = this.#entries.get(id);
    if (before) {
      before.groups = this.#sets.add(before.groups, group);
      return;
    }
    const entry: Entry = {
      name: member.displayName,
      userName: member.userPrincipalName ?? '',
      enabled: member.accountEnabled !== false,
      groups: this.#sets.add(0, group),
      seen: 0,
      recordId: undefined,
      active: false,
      otherName: undefined,
    };
    this.#entries.set(id, entry);
    const stray = this.#strays.get(id);
    if (stray) {
      this.#strays.delete(id);
      this.#match(entry, stray);
    }
  }

  /** Takes in a user of Kiro's endpoint; one that a shifting list gives twice counts once. */
  found(user: ScimUser): void {
    const externalId = user.externalId?.toLowerCase();
    const entry = externalId === undefined ? undefined : this.#entries.get(externalId);
    const key = externalId ?? `record ${user.id}`;
    const otherId = entry ? entry.recordId : this.#strays.get(key)?.id;
    if (otherId === user.id) return;
    this.#records += 1;
    this.#checkNames(user);
    if (otherId !== undefined) this.differences.add(ofUser('duplicate', user));
    else if (entry) this.#match(entry, user);
    else this.#strays.set(key, small(user));
  }

  /** Takes in that Kiro shows a user in a group. */
  inGroup(group: number, user: ScimUser, groupName: string): 'member' | 'stray' {
    const entry = this.#entries.get(user.externalId?.toLowerCase() ?? '');
    if (entry && this.#sets.has(entry.groups, group)) {
      entry.seen = this.#sets.add(entry.seen, group);
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
    for (const [objectId, entry] of this.#entries) {
      if (entry.enabled) people += 1;
      if (entry.recordId !== undefined && entry.enabled && entry.active) arrived += 1;
      const named = strays.get(this.#nameKey(entry.userName));
      if (named) this.#strays.delete(keyOf(named));
      const difference = this.#judge(objectId, entry, named ?? others.get(this.#nameKey(entry.userName)));
      if (difference) this.differences.add(difference);
    }
    return { people, arrived, records: this.#records, left: this.#finishStrays() };
  }

  /** After the memberships of these groups: who is in Kiro, but not in Kiro's group; how many, by group. */
  finishGroups(
    names: ReadonlyMap<number, string>,
  ): ReadonlyMap<number, { members: number; lacking: number }> {
    const counts = new Map([...names.keys()].map((group) => [group, { members: 0, lacking: 0 }]));
    for (const [objectId, { groups, seen, recordId, enabled, active, name, userName }] of this.#entries) {
      if (recordId === undefined || !enabled || !active) continue;
      for (const group of this.#sets.groups(groups)) {
        const count = counts.get(group);
        if (!count) continue;
        count.members += 1;
        if (this.#sets.has(seen, group)) continue;
        count.lacking += 1;
        const found = names.get(group) ?? '';
        this.differences.add({
          kind: 'notMember',
          name: name || userName || objectId,
          userName,
          objectId,
          recordId,
          found,
        });
      }
    }
    return counts;
  }

  #match(entry: Entry, user: ScimUser): void {
    entry.recordId = user.id;
    entry.active = user.active;
    if (this.#nameKey(user.userName) !== this.#nameKey(entry.userName)) entry.otherName = user.userName;
    // Nothing more has to be said about most people, so their names are not kept.
    if (entry.enabled && entry.active) entry.name = '';
  }

  /** Who is not in Kiro, or not as they should be; `named` is a record of theirs by name that has another external ID. */
  #judge(objectId: string, entry: Entry, named: KiroRecord | undefined): Difference | undefined {
    const { userName, enabled, active, recordId } = entry;
    const person = { name: entry.name || userName || objectId, userName, objectId };
    if (named && (recordId === undefined || named.id !== recordId)) {
      const found = named.externalId ?? '';
      const kind = recordId === undefined ? 'wrongId' : 'duplicate';
      return { kind, ...person, recordId: named.id, found };
    }
    if (recordId === undefined) return enabled ? { kind: 'missing', ...person } : undefined;
    if (enabled && !active) return { kind: 'inactive', ...person, recordId };
    return !enabled && active ? { kind: 'disabled', ...person, recordId } : undefined;
  }

  /** Records of people that go by the user name of somebody else, perhaps of one who then can't be made. */
  #othersByName(): Map<string, KiroRecord> {
    const byName = new Map<string, KiroRecord>();
    for (const [externalId, { otherName, recordId }] of this.#entries) {
      if (otherName !== undefined && recordId !== undefined)
        byName.set(this.#nameKey(otherName), { id: recordId, externalId });
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
