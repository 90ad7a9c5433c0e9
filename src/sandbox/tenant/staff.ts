import type { GraphGroup, GraphUser } from '../state.ts';
import { groupId, groupOf, userOf } from './entries.ts';
import type { Naming } from './entries.ts';
import type { GroupPlan } from './groups.ts';

/** People beyond those with a name, and the groups that hold them. */
export interface Staff {
  readonly users: readonly GraphUser[];
  readonly groups: readonly GraphGroup[];
}

const departments = ['Engineering', 'Operations', 'Sales', 'Support', 'Finance', 'Logistics', 'Quality'];

/**
 * Any number of people, the same in every sandbox. All are direct members of "Staff". "Staff of …" holds a department,
 * "Pilot" the first hundred, and "Whole company" nothing but the group "Staff". Nobody: no group either.
 */
export function createStaff(naming: Naming, count: number): Staff {
  if (count === 0) return { users: [], groups: [] };
  const users = Array.from({ length: count }, (_, index) => staffMember(naming, index + 1));
  const ids = users.map(({ id }) => id);
  const inDepartment = departments.map((name) => ({
    name,
    ids: users.flatMap(({ id, department }) => (department === name ? [id] : [])),
  }));
  return {
    users,
    groups: [
      groupOf(naming, plan('Staff', 'Everybody else'), ids),
      ...inDepartment.map(({ name, ids: members }) =>
        groupOf(naming, plan(`Staff of ${name}`, `The department ${name}`), members),
      ),
      groupOf(naming, plan('Pilot', 'The first hundred of the staff'), ids.slice(0, 100)),
      groupOf(naming, plan('Whole company', 'The group Staff, nested'), [groupId('Staff', naming.key)]),
    ],
  };
}

function staffMember(naming: Naming, number: number): GraphUser {
  const digits = String(number).padStart(4, '0');
  const department = departments[number % departments.length] ?? null;
  const name = `person${digits}`;
  return userOf(
    naming,
    { givenName: 'Person', surname: digits, name, mailNickname: name, jobTitle: 'Specialist', department },
    1000 + number,
  );
}

function plan(displayName: string, description: string): GroupPlan {
  const mailNickname = displayName.toLowerCase().replaceAll(' ', '');
  return { displayName, description, mailNickname, kind: 'security', members: [] };
}
