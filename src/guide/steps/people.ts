import type { Requirement, Verdict } from '../requirement.ts';
import type { Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { arrivedRequirement } from './arrived.ts';
import { assignedGroups, groupAssignments } from './arrivals.ts';
import { directAssignmentsRequirement } from './directAssignments.ts';
import { externalIdsRequirement } from './externalIds.ts';
import { firstArrived } from './firstArrived.ts';
import { groupAssignedRequirement } from './groupAssigned.ts';
import { jobRunningRequirement } from './jobRunning.ts';
import { nameList } from './nameList.ts';
import { pushOne } from './pushOne.ts';
import { subscriptionRequirements } from './subscription.ts';
import { met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

/** Step 5 of the guide: add users and groups. The order is that in which the plan acts. */
export const peopleRequirements: readonly Requirement[] = [
  groupAssignedRequirement,
  {
    id: 'people.groupMembers',
    step: 5,
    title: text('Groups that can be provisioned'),
    why: text(
      'Only direct members of a security group are admitted and provisioned; those of nested groups are not.',
    ),
    severity: 'required',
    evaluate: groupMembers,
  },
  directAssignmentsRequirement,
  externalIdsRequirement,
  {
    id: 'people.firstArrived',
    step: 5,
    title: text('First person in Kiro'),
    why: text('One person shows whether the external ID is right before everyone follows.'),
    severity: 'required',
    evaluate: firstArrived,
    plan: (snapshot, choices) =>
      groupAssignments(snapshot).length === 0 && choices.groups.length === 0
        ? { blocked: text('Assign a group first: one of its members is provisioned on demand.') }
        : pushOne(snapshot, 5),
  },
  jobRunningRequirement,
  arrivedRequirement,
  ...subscriptionRequirements,
];

function groupMembers(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.assignments, () => {
      if (groupAssignments(snapshot).length === 0) {
        return unmet(text('after a group is assigned'), text('No group is assigned yet.'), {
          remedy: text('Assign a group first.'),
          action: { kind: 'chooseGroup' },
        });
      }
      return whenKnown(snapshot.groups, () => judgeGroups(snapshot));
    }),
  );
}

function judgeGroups(snapshot: Snapshot): Verdict {
  const groups = assignedGroups(snapshot);
  const see = { portal: 'usersAndGroups' } as const;
  const unsecured = groups.filter((group) => !group.securityEnabled);
  if (unsecured.length > 0) {
    const list = nameList(unsecured.map((group) => group.displayName));
    return unmet(
      text('not a security group: {0}', list),
      text('Members of {0} are neither admitted nor provisioned.', list),
      {
        remedy: text('Assign a security group in its place.'),
        action: { kind: 'chooseGroup' },
        ...see,
      },
    );
  }
  const empty = groups.filter((group) => !group.members.some((member) => member.type === 'user'));
  if (empty.length > 0) {
    const list = nameList(empty.map((group) => group.displayName));
    return unmet(
      text('no direct members: {0}', list),
      text('{0} has no direct members, so nobody comes of it.', list),
      {
        remedy: text('Add people directly to the group, or assign another one.'),
        ...see,
      },
    );
  }
  const nested = groups.flatMap((group) => group.members.filter((member) => member.type === 'group'));
  const people = new Set(
    groups.flatMap((group) =>
      group.members.filter((member) => member.type === 'user').map((member) => member.id),
    ),
  ).size;
  return nested.length === 0
    ? met(
        text('{0} people', people),
        text('All assigned groups are security groups with direct members.'),
        see,
      )
    : met(
        text('{0} people, {1} nested groups left out', people, nested.length),
        text(
          'The people of these groups inside will not come: {0}.',
          nameList(nested.map((group) => group.displayName)),
        ),
        see,
      );
}
