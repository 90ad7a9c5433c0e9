import type { Change } from '../change.ts';
import type { AppRoleAssignment, ServicePrincipal } from '../snapshot.ts';
import { text } from '../text.ts';
import { assignmentRemoval } from './assignmentRemoval.ts';

interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** Ids of the changes that remove a path. */
export const removalOf = {
  assignment: (assignmentId: string) => `people.leave.assignment.${assignmentId}`,
  member: (groupId: string) => `people.leave.member.${groupId}`,
} as const;

/** Removes somebody's own assignment; assigning them again takes it back. */
export function directAssignmentRemoval(
  principal: ServicePrincipal,
  assignment: AppRoleAssignment,
  name: string,
): Change {
  const { role, ...removal } = assignmentRemoval(principal, assignment);
  return {
    ...removal,
    id: removalOf.assignment(assignment.id),
    meets: [],
    title: text('Remove the direct assignment of {0}', name),
    why: text('It gives access to Kiro without any group.'),
    before: { person: name, role },
  };
}

/** Puts somebody into a group; taking them out takes it back (Microsoft Graph: Add members, Remove member). */
export function memberAddition(group: Named, person: Named, root: string): Change {
  const { add, remove } = memberRequests(group, person, root);
  return {
    id: `people.join.member.${group.id}.${person.id}`,
    step: 5,
    meets: [],
    title: text('Add {0} to the group {1}', person.displayName, group.displayName),
    why: text(
      'Members of an assigned group have access and are provisioned. The person also gets whatever else the group gives. It takes Groups Administrator, User Administrator or an owner of the group.',
    ),
    before: null,
    after: { group: group.displayName, member: person.displayName },
    request: add,
    inverse: remove,
    risk: 'people',
    scopes: ['GroupMember.ReadWrite.All'],
  };
}

/** Takes somebody out of a group; adding them again takes it back (Microsoft Graph: Remove member, Add members). */
export function memberRemoval(group: Named, person: Named, root: string): Change {
  const { add, remove } = memberRequests(group, person, root);
  return {
    id: removalOf.member(group.id),
    step: 5,
    meets: [],
    title: text('Take {0} out of the group {1}', person.displayName, group.displayName),
    why: text(
      'The membership gives access to Kiro. Whatever else the group gives, the person loses as well. It takes Groups Administrator, User Administrator or an owner of the group.',
    ),
    before: { group: group.displayName, member: person.displayName },
    after: null,
    request: remove,
    inverse: add,
    risk: 'people',
    scopes: ['GroupMember.ReadWrite.All'],
  };
}

function memberRequests(group: Named, person: Named, root: string) {
  const members = `/groups/${group.id}/members`;
  return {
    add: {
      kind: 'graph',
      method: 'POST',
      path: `${members}/$ref`,
      body: { '@odata.id': `${root}/directoryObjects/${person.id}` },
    },
    remove: { kind: 'graph', method: 'DELETE', path: `${members}/${person.id}/$ref` },
  } as const;
}
