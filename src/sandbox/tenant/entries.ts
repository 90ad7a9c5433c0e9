import type { GraphGroup, GraphUser } from '../state.ts';
import type { GroupPlan } from './groups.ts';
import { idFor } from './ids.ts';
import type { Organization } from './organizations/organization.ts';
import type { Person } from './people.ts';

/** What names and ids of an organization's entries are made of. */
export type Naming = Pick<Organization, 'key' | 'domain' | 'initialDomain'>;

/** Object id of a person by their short name; `key` is their organization's. */
export function userId(name: string, key = ''): string {
  return idFor(`user:${prefix(key)}${name}`);
}

/** Object id of a group by its display name; `key` is its organization's. */
export function groupId(displayName: string, key = ''): string {
  return idFor(`group:${prefix(key)}${displayName}`);
}

function prefix(key: string): string {
  return key === '' ? '' : `${key}:`;
}

/** A directory entry of a person; `index` makes the employee number. */
export function userOf(naming: Naming, person: Person, index: number): GraphUser {
  const guestName = person.guestOf && `${person.guestOf.replace('@', '_')}#EXT#@${naming.initialDomain}`;
  return {
    id: userId(person.name, naming.key),
    displayName: [person.givenName, person.surname].filter(Boolean).join(' '),
    givenName: person.givenName,
    surname: person.surname,
    userPrincipalName: guestName ?? `${person.name}@${naming.domain}`,
    mail: person.guestOf ?? `${person.name}@${naming.domain}`,
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
    managerId: person.manager ? userId(person.manager, naming.key) : null,
  };
}

/** A directory entry of a group; members are object ids. */
export function groupOf(naming: Naming, plan: GroupPlan, members: Iterable<string>): GraphGroup {
  const groupTypes = {
    security: [],
    distribution: [],
    dynamic: ['DynamicMembership'],
    microsoft365: ['Unified'],
  };
  return {
    id: groupId(plan.displayName, naming.key),
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
