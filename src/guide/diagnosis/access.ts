import {
  valueOf,
  type AssignedGroup,
  type DirectoryMember,
  type ScimUser,
  type Snapshot,
} from '../snapshot.ts';
import { pushedName } from '../pushedName.ts';
import type { Text } from '../text.ts';
import type { PersonAccount } from './person.ts';

/** What gives access, or keeps a seat. `leftOver`: Kiro has a record, Entra no assignment. */
export type AccessPath = 'group' | 'direct' | 'leftOver';

/** How Kiro has somebody. `off`: not active. `wrongId`: under another external ID than the object id. */
export type InKiro = 'yes' | 'no' | 'off' | 'wrongId' | 'unknown';

/** One person who gets a seat or could sign in. */
export interface AccessPerson {
  /** Object id; of what is left over, the id of the record in Kiro. */
  readonly id: string;
  readonly name: string;
  readonly address?: string;
  readonly paths: readonly AccessPath[];
  /** Names of the assigned groups that they are a direct member of. */
  readonly groups: readonly string[];
  readonly guest: boolean;
  readonly inKiro: InKiro;
}

/** One person who is in or inside an assigned group, and yet gets nothing. */
export interface LeftOut {
  readonly name: string;
  readonly address?: string;
  readonly group: string;
  readonly why: 'nested' | 'disabled' | 'notSecurity';
}

export interface AccessOverview {
  /** Epoch milliseconds of the look. */
  readonly at: number;
  readonly people: readonly AccessPerson[];
  readonly leftOut: readonly LeftOut[];
  /** The application requires no assignment: everyone in the tenant may sign in to it. */
  readonly openToEveryone: boolean;
  /** What could not be read, so that the list may be incomplete. */
  readonly unseen: readonly Text[];
}

/** What was read besides the snapshot. */
export interface AccessReads {
  /** Accounts of those who are assigned directly, by object id. */
  readonly accounts: ReadonlyMap<string, PersonAccount>;
  /** By group id: everybody inside, where the group holds groups. */
  readonly inside: ReadonlyMap<string, readonly DirectoryMember[]>;
  /** What of these could not be read. */
  readonly unseen: readonly Text[];
}

/** Everybody who gets a seat or could sign in, and by which path; and who might be thought to, but does not. */
export function accessOverview(snapshot: Snapshot, reads: AccessReads): AccessOverview {
  const groups = valueOf(snapshot.groups) ?? [];
  const found = new Map<string, Draft>();
  for (const group of groups.filter(({ securityEnabled }) => securityEnabled)) {
    for (const member of group.members) {
      if (member.type !== 'user' || member.accountEnabled === false) continue;
      draft(found, member.id, fromMember(member)).groups.push(group.displayName);
    }
  }
  for (const { principalId, principalType, principalDisplayName } of valueOf(snapshot.assignments) ?? []) {
    if (principalType !== 'User') continue;
    const account = reads.accounts.get(principalId);
    if (account?.accountEnabled === false) continue;
    const known = account && {
      name: account.displayName,
      address: account.userPrincipalName,
      guest: account.guest,
    };
    draft(found, principalId, known ?? { name: principalDisplayName, guest: false }).direct = true;
  }
  const { kiroOf, leftOver } = recordsOf(snapshot, found);
  const people = [...found].map(([id, { groups: by, direct, ...person }]): AccessPerson => {
    const paths: AccessPath[] = [
      ...(by.length > 0 ? ['group' as const] : []),
      ...(direct ? ['direct' as const] : []),
    ];
    return { id, ...person, paths, groups: by, inKiro: kiroOf(id, person.address) };
  });
  return {
    at: snapshot.at,
    people: [...people.sort(byName), ...leftOver.sort(byName)],
    leftOut: leftOutOf(groups, reads, new Set(found.keys())),
    openToEveryone: valueOf(snapshot.servicePrincipal)?.appRoleAssignmentRequired === false,
    unseen: [
      ...[snapshot.assignments, snapshot.groups, snapshot.scim].flatMap((one) =>
        one.known ? [] : [one.detail],
      ),
      ...reads.unseen,
    ],
  };
}

interface Draft {
  readonly name: string;
  readonly address?: string;
  readonly guest: boolean;
  readonly groups: string[];
  direct: boolean;
}

function draft(
  found: Map<string, Draft>,
  id: string,
  person: Pick<Draft, 'name' | 'address' | 'guest'>,
): Draft {
  const known = found.get(id);
  if (known !== undefined) return known;
  const made: Draft = { ...person, groups: [], direct: false };
  found.set(id, made);
  return made;
}

function fromMember(member: DirectoryMember): Pick<Draft, 'name' | 'address' | 'guest'> {
  return {
    name: member.displayName,
    ...(member.userPrincipalName !== undefined && { address: member.userPrincipalName }),
    guest: member.userType === 'Guest',
  };
}

/** How Kiro has each, and whom it has without an assignment. */
function recordsOf(
  { scim, assignments, groups }: Snapshot,
  found: ReadonlyMap<string, Draft>,
): { kiroOf: (id: string, address: string | undefined) => InKiro; leftOver: AccessPerson[] } {
  const users = valueOf(scim)?.users;
  if (users === undefined) return { kiroOf: () => 'unknown', leftOver: [] };
  const byId = new Map(users.map((user) => [user.externalId?.toLowerCase(), user]));
  const byUserName = new Map(users.map((user) => [user.userName.toLowerCase(), user]));
  const kiroOf = (id: string, address: string | undefined): InKiro => {
    const record = byId.get(id.toLowerCase());
    if (record !== undefined) return record.active ? 'yes' : 'off';
    return address !== undefined && byUserName.has(pushedName(address).toLowerCase()) ? 'wrongId' : 'no';
  };
  // Who is left over shows only when all who are assigned are known.
  if (!assignments.known || !groups.known) return { kiroOf, leftOver: [] };
  const ids = new Set([...found.keys()].map((id) => id.toLowerCase()));
  const addresses = new Set(
    [...found.values()].map(({ address }) =>
      address === undefined ? undefined : pushedName(address).toLowerCase(),
    ),
  );
  const leftOver = users
    .filter(
      ({ externalId, userName }) =>
        !ids.has(externalId?.toLowerCase() ?? '') && !addresses.has(userName.toLowerCase()),
    )
    .map(fromRecord);
  return { kiroOf, leftOver };
}

function fromRecord(user: ScimUser): AccessPerson {
  return {
    id: user.id,
    name: user.displayName ?? user.userName,
    address: user.userName,
    paths: ['leftOver'],
    groups: [],
    guest: false,
    inKiro: user.active ? 'yes' : 'off',
  };
}

function leftOutOf(
  groups: readonly AssignedGroup[],
  { inside }: AccessReads,
  found: ReadonlySet<string>,
): readonly LeftOut[] {
  return groups.flatMap((group) => {
    const direct = new Set(group.members.map(({ id }) => id));
    const nested = (inside.get(group.id) ?? []).filter(({ id }) => !direct.has(id));
    const one =
      (why: LeftOut['why']) =>
      (member: DirectoryMember): LeftOut => {
        const { name, address } = fromMember(member);
        return { name, ...(address !== undefined && { address }), group: group.displayName, why };
      };
    const people = group.members.filter(({ type, id }) => type === 'user' && !found.has(id));
    return [
      ...people.map((member) => one(group.securityEnabled ? 'disabled' : 'notSecurity')(member)),
      ...nested.filter(({ id }) => !found.has(id)).map(one('nested')),
    ];
  });
}

function byName(one: AccessPerson, other: AccessPerson): number {
  return one.name.localeCompare(other.name);
}
