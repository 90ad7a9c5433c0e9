import type { GraphGroup, GraphUser, SandboxState } from '../state.ts';
import { directoryRoles } from '../tenant/directoryRoles.ts';
import { findUser } from '../tenant/findUser.ts';
import { idFor } from '../tenant/ids.ts';
import type { Caller } from './context.ts';
import { groupEntity } from './directoryObjects.ts';
import { notFound } from './errors.ts';
import type { Entity } from './odata/rows.ts';
import { keyOf } from './path.ts';
import { has } from './permissions.ts';

/** The person that a path names by id or user principal name, as reads see them; 404 when there is none. */
export function readUser(state: SandboxState, segment: string): GraphUser {
  const { value } = keyOf(segment);
  const user = state.replication.one('objects', 'users', findUser(state.tenant, value)?.id ?? value);
  if (!user) throw notFound(value);
  return user;
}

/** The group that a path names, as reads see it; 404 when there is none. */
export function readGroup(state: SandboxState, segment: string): GraphGroup {
  const { value } = keyOf(segment);
  const group = state.replication.one('objects', 'groups', value);
  if (!group) throw notFound(value);
  return group;
}

/** Groups that hold somebody or a group: directly, or through others too. */
export function groupsWith(state: SandboxState, id: string, transitive: boolean): GraphGroup[] {
  const all = state.replication.all('lists', 'groups');
  const found = new Map<string, GraphGroup>();
  let last = [id];
  do {
    const next = all.filter((group) => !found.has(group.id) && last.some((one) => group.members.has(one)));
    for (const group of next) found.set(group.id, group);
    last = next.map((group) => group.id);
  } while (transitive && last.length > 0);
  return [...found.values()];
}

/** Active directory roles of a person; who may not read roles sees their ids only. */
export function rolesOf(state: SandboxState, userId: string, caller: Caller): Entity[] {
  const named = has(caller, 'Directory.Read.All', 'Directory.ReadWrite.All', 'RoleManagement.Read.Directory');
  const held = state.tenant.accounts.find((account) => account.userId === userId)?.roles ?? [];
  return directoryRoles
    .filter(({ displayName }) => held.includes(displayName))
    .map((role) => ({
      id: idFor(`directoryRole:${role.displayName}`),
      deletedDateTime: null,
      description: named ? role.description : null,
      displayName: named ? role.displayName : null,
      roleTemplateId: named ? role.templateId : null,
    }));
}

/** What somebody or a group is a member of: groups and, for people, directory roles. */
export function membershipsOf(
  state: SandboxState,
  id: string,
  caller: Caller,
  transitive: boolean,
): Entity[] {
  return [
    ...groupsWith(state, id, transitive).map((group) => ({
      '@odata.type': '#microsoft.graph.group',
      ...groupEntity(group, state.tenant),
    })),
    ...rolesOf(state, id, caller).map((role) => ({
      '@odata.type': '#microsoft.graph.directoryRole',
      ...role,
    })),
  ];
}
