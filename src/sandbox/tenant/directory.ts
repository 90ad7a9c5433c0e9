import type { Account, GraphGroup, GraphUser } from '../state.ts';
import { groupId, groupOf, userId, userOf } from './entries.ts';
import type { Organization } from './organizations/organization.ts';
import { createStaff } from './staff.ts';

/** People, groups and accounts of a fresh tenant. */
export interface Directory {
  readonly users: Map<string, GraphUser>;
  readonly groups: Map<string, GraphGroup>;
  readonly accounts: Account[];
}

/**
 * Builds the directory of an organization. `extraUsers` more people are made for tests of size, and groups that hold
 * them, which exist only then.
 */
export function createDirectory(organization: Organization, options: { extraUsers: number }): Directory {
  const { key, domain, people, accounts } = organization;
  const users = new Map(
    people.map((person, index) => [userId(person.name, key), userOf(organization, person, index)]),
  );
  const memberId = (member: string): string =>
    member.startsWith('group:') ? groupId(member.slice('group:'.length), key) : userId(member, key);
  const groups = organization.groups.map((plan) => groupOf(organization, plan, plan.members.map(memberId)));
  const staff = createStaff(organization, options.extraUsers);
  for (const user of staff.users) users.set(user.id, user);
  return {
    users,
    groups: new Map([...groups, ...staff.groups].map((group) => [group.id, group])),
    accounts: accounts.map(({ name, password, roles, eligibleRoles }) => ({
      userId: userId(name, key),
      userPrincipalName: people.find((person) => person.name === name)?.guestOf ?? `${name}@${domain}`,
      password,
      roles: [...roles],
      eligibleRoles: eligibleRoles ?? [],
      home: undefined,
    })),
  };
}
