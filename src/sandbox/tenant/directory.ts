import type { Account, GraphGroup, GraphUser } from '../state.ts';
import { accounts } from './accounts.ts';
import { groups } from './groups.ts';
import type { GroupPlan } from './groups.ts';
import { idFor } from './ids.ts';
import { people } from './people.ts';
import type { Person } from './people.ts';

const domain = 'contoso.com';
const initialDomain = 'contoso.onmicrosoft.com';

/** People, groups and accounts of a fresh tenant. */
export interface Directory {
  readonly users: Map<string, GraphUser>;
  readonly groups: Map<string, GraphGroup>;
  readonly accounts: Account[];
}

/**
 * Builds the directory. `extraUsers` more people are made for tests of size; they are direct members of the security
 * group "Staff", which exists only then.
 */
export function createDirectory(options: { extraUsers: number }): Directory {
  const users = new Map(people.map((person, index) => [idOf(person.name), userOf(person, index)]));
  const staff: string[] = [];
  for (let index = 1; index <= options.extraUsers; index++) {
    const user = extraUser(index);
    users.set(user.id, user);
    staff.push(user.id);
  }
  const all = groups.map((plan) => groupOf(plan, plan.members.map(memberId)));
  if (staff.length > 0)
    all.push(
      groupOf(
        {
          displayName: 'Staff',
          description: 'Everybody else',
          mailNickname: 'staff',
          kind: 'security',
          members: [],
        },
        staff,
      ),
    );
  return {
    users,
    groups: new Map(all.map((group) => [group.id, group])),
    accounts: accounts.map(({ name, password, roles, eligibleRoles }) => ({
      userId: idOf(name),
      userPrincipalName: people.find((person) => person.name === name)?.guestOf ?? `${name}@${domain}`,
      password,
      roles: [...roles],
      eligibleRoles: eligibleRoles ?? [],
    })),
  };
}

function idOf(name: string): string {
  return idFor(`user:${name}`);
}

/** Object id of a group by its display name. */
export function groupId(displayName: string): string {
  return idFor(`group:${displayName}`);
}

/** Object id of a person by their short name. */
export function userId(name: string): string {
  return idOf(name);
}

function memberId(member: string): string {
  return member.startsWith('group:') ? groupId(member.slice('group:'.length)) : idOf(member);
}

function userOf(person: Person, index: number): GraphUser {
  const guestName = person.guestOf && `${person.guestOf.replace('@', '_')}#EXT#@${initialDomain}`;
  return {
    id: idOf(person.name),
    displayName: [person.givenName, person.surname].filter(Boolean).join(' '),
    givenName: person.givenName,
    surname: person.surname,
    userPrincipalName: guestName ?? `${person.name}@${domain}`,
    mail: person.guestOf ?? `${person.name}@${domain}`,
    mailNickname: person.mailNickname,
    jobTitle: person.jobTitle,
    department: person.department,
    employeeId: person.guestOf ? null : String(1001 + index),
    mobilePhone: person.mobilePhone ?? null,
    businessPhones: person.businessPhone ? [person.businessPhone] : [],
    officeLocation: person.city ? `${person.city} office` : null,
    city: person.city ?? null,
    country: person.country ?? null,
    preferredLanguage: person.preferredLanguage ?? null,
    accountEnabled: !person.disabled,
    userType: person.guestOf ? 'Guest' : 'Member',
    managerId: person.manager ? idOf(person.manager) : null,
  };
}

function extraUser(index: number): GraphUser {
  const number = String(index).padStart(4, '0');
  return userOf(
    {
      givenName: 'Person',
      surname: number,
      name: `person${number}`,
      mailNickname: `person${number}`,
      jobTitle: 'Engineer',
      department: 'Engineering',
    },
    1000 + index,
  );
}

function groupOf(plan: GroupPlan, members: readonly string[]): GraphGroup {
  const groupTypes = {
    security: [],
    distribution: [],
    dynamic: ['DynamicMembership'],
    microsoft365: ['Unified'],
  };
  return {
    id: groupId(plan.displayName),
    displayName: plan.displayName,
    description: plan.description,
    securityEnabled: plan.kind === 'security' || plan.kind === 'dynamic',
    mailEnabled: plan.kind === 'microsoft365' || plan.kind === 'distribution',
    mailNickname: plan.mailNickname,
    groupTypes: groupTypes[plan.kind],
    membershipRule: plan.membershipRule ?? null,
    members: new Set(members),
  };
}
