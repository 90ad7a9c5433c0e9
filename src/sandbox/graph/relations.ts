import type { SandboxState } from '../state.ts';
import { memberDefaults, memberEntity, transitiveMembers, userDefaults } from './directoryObjects.ts';
import { membershipsOf } from './directoryReads.ts';
import { entityTypes } from './entityTypes.ts';
import type { Entity } from './odata/rows.ts';
import { ownersOf } from './owners.ts';
import type { Relation, Relations } from './odata/expand.ts';

const idOf = (row: Entity): string => String(row['id']);

/** What `$expand` can ask for of users. */
export function userRelations(state: SandboxState): Relations {
  const { tenant } = state;
  const typedUser = { type: entityTypes.user, defaultSelect: userDefaults };
  return {
    manager: {
      ...typedUser,
      of: (row, c) => {
        const managerId = state.replication.one('objects', 'users', idOf(row))?.managerId ?? null;
        return managerId === null ? null : memberEntity(managerId, tenant, c.get('caller'));
      },
    },
    directReports: {
      ...typedUser,
      of: (row, c) =>
        state.replication
          .all('lists', 'users')
          .filter((user) => user.managerId === row['id'])
          .map((user) => memberEntity(user.id, tenant, c.get('caller'))),
    },
    ...memberOfRelations(state),
    appRoleAssignments: assignments(state, 'principalId'),
  };
}

/** What `$expand` can ask for of groups. */
export function groupRelations(state: SandboxState): Relations {
  const { tenant } = state;
  const members = (transitive: boolean): Relation => ({
    type: entityTypes.directoryObject,
    defaultSelect: memberDefaults,
    of: (row, c) => {
      const group = state.replication.one('objects', 'groups', idOf(row));
      const ids = group ? (transitive ? transitiveMembers(group, tenant) : group.members) : new Set<string>();
      return entitiesOf(ids, (id) => memberEntity(id, tenant, c.get('caller')));
    },
  });
  return {
    members: members(false),
    transitiveMembers: members(true),
    ...memberOfRelations(state),
    appRoleAssignments: assignments(state, 'principalId'),
  };
}

/** One by one, as far as they are asked for. */
function* entitiesOf(ids: Iterable<string>, make: (id: string) => Entity): Generator<Entity> {
  for (const id of ids) yield make(id);
}

/** What `$expand` can ask for of applications. */
export function applicationRelations(state: SandboxState): Relations {
  return { owners: owners(state) };
}

function owners(state: SandboxState): Relation {
  return {
    type: entityTypes.directoryObject,
    of: (row, c) => ownersOf(state, idOf(row), c.get('caller')),
  };
}

/** What `$expand` can ask for of service principals. */
export function servicePrincipalRelations(state: SandboxState): Relations {
  return {
    owners: owners(state),
    appRoleAssignedTo: assignments(state, 'resourceId'),
    appRoleAssignments: assignments(state, 'principalId'),
    oauth2PermissionGrants: {
      type: entityTypes.oAuth2PermissionGrant,
      of: (row) =>
        state.replication
          .all('lists', 'grants')
          .filter((grant) => grant.clientId === row['id'])
          .map((grant) => ({ ...grant })),
    },
  };
}

function memberOfRelations(state: SandboxState): Relations {
  const memberOf = (transitive: boolean): Relation => ({
    type: entityTypes.directoryObject,
    of: (row, c) => membershipsOf(state, idOf(row), c.get('caller'), transitive),
  });
  return { memberOf: memberOf(false), transitiveMemberOf: memberOf(true) };
}

function assignments(state: SandboxState, end: 'principalId' | 'resourceId'): Relation {
  return {
    type: entityTypes.appRoleAssignment,
    of: (row) =>
      state.replication
        .all('lists', 'appRoleAssignments')
        .filter((one) => one[end] === row['id'])
        .map((one) => ({ deletedDateTime: null, ...one })),
  };
}
