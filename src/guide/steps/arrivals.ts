import { userRoleName } from '../kiro.ts';
import {
  valueOf,
  type AppRole,
  type AppRoleAssignment,
  type AssignedGroup,
  type DirectoryMember,
  type ScimDirectory,
  type ScimUser,
  type ServicePrincipal,
  type Snapshot,
} from '../snapshot.ts';

/** The app role that people get. Its id is never hard-coded: it is read from the service principal. */
export function userRole(principal: ServicePrincipal): AppRole | undefined {
  return principal.appRoles.find(
    (role) => role.displayName === userRoleName && role.isEnabled && role.allowedMemberTypes.includes('User'),
  );
}

/** Assignments of groups with the User role. */
export function groupAssignments(
  snapshot: Pick<Snapshot, 'servicePrincipal' | 'assignments'>,
): readonly AppRoleAssignment[] {
  const principal = valueOf(snapshot.servicePrincipal);
  const role = principal === undefined ? undefined : userRole(principal);
  return (valueOf(snapshot.assignments) ?? []).filter(
    (assignment) => assignment.principalType === 'Group' && assignment.appRoleId === role?.id,
  );
}

type GroupsSeen = Pick<Snapshot, 'servicePrincipal' | 'assignments' | 'groups'>;

/** The groups behind {@link groupAssignments}, as far as they were read. */
export function assignedGroups(snapshot: GroupsSeen): readonly AssignedGroup[] {
  const ids = new Set(groupAssignments(snapshot).map((assignment) => assignment.principalId));
  return (valueOf(snapshot.groups) ?? []).filter((group) => ids.has(group.id));
}

/**
 * People who are to arrive in Kiro: direct members of the assigned groups whose account is enabled, each once.
 * Nested groups do not count, and Entra does not create disabled accounts (Microsoft Entra: how provisioning works).
 */
export function expectedPeople(snapshot: GroupsSeen): readonly DirectoryMember[] {
  const people = assignedGroups(snapshot)
    .filter((group) => group.securityEnabled)
    .flatMap((group) => group.members)
    .filter((member) => member.type === 'user' && member.accountEnabled !== false);
  return [...new Map(people.map((person) => [person.id, person])).values()];
}

/**
 * Those of them who are to be in Kiro of whom the look can tell: all, or where Kiro has more people than a look reads, those
 * who were asked for alone and those who happened to be among the records that were read.
 */
export function toldPeople(
  people: readonly DirectoryMember[],
  { users, partial }: ScimDirectory,
): readonly DirectoryMember[] {
  if (!partial) return people;
  const told = new Set([
    ...partial.asked.map((id) => id.toLowerCase()),
    ...users.map(({ externalId }) => externalId?.toLowerCase() ?? ''),
  ]);
  return people.filter(({ id }) => told.has(id.toLowerCase()));
}

/** The record in Kiro whose external ID is the person's object id. */
export function recordOf(person: DirectoryMember, users: readonly ScimUser[]): ScimUser | undefined {
  return users.find((user) => user.externalId?.toLowerCase() === person.id.toLowerCase());
}

export interface WrongId {
  readonly person: DirectoryMember;
  readonly user: ScimUser;
}

/** Members of assigned groups whose record in Kiro carries another external ID than their object id. */
export function wrongIds(snapshot: Snapshot): readonly WrongId[] {
  const users = valueOf(snapshot.scim)?.users ?? [];
  const byName = new Map(users.map((user) => [user.userName.toLowerCase(), user]));
  const members = assignedGroups(snapshot)
    .flatMap((group) => group.members)
    .filter((member) => member.type === 'user');
  return [...new Map(members.map((member) => [member.id, member])).values()].flatMap((person) => {
    const user = person.userPrincipalName && byName.get(person.userPrincipalName.toLowerCase());
    return user && user.externalId?.toLowerCase() !== person.id.toLowerCase() ? [{ person, user }] : [];
  });
}
