import type { Blocked, Change, Choices } from '../change.ts';
import { changeableBy } from '../leaving/leavingPaths.ts';
import { directAssignmentRemoval, memberAddition } from '../leaving/membershipChanges.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type AppRoleAssignment, type AssignedGroup, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { assignedGroups, groupAssignments } from './arrivals.ts';
import { nameList } from './nameList.ts';
import { met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';
import { whyNobodyIsAdded } from './whyNobodyIsAdded.ts';

export const directAssignmentsId = 'people.directAssignments';

/** Nobody assigned besides the groups. Some leave single people so on purpose: no apply of the whole step moves them. */
export const directAssignmentsRequirement: Requirement = {
  id: directAssignmentsId,
  step: 5,
  title: text('Nobody assigned directly'),
  why: text(
    'Seats are easier to keep in order by group. Who is assigned directly is easily forgotten and billed.',
  ),
  severity: 'warning',
  evaluate,
  plan,
  alone: true,
};

/** Somebody who is assigned directly, once for each role. */
interface DirectPerson {
  readonly id: string;
  readonly displayName: string;
  readonly assignments: readonly AppRoleAssignment[];
}

function directPeople(snapshot: Snapshot): readonly DirectPerson[] {
  const people = new Map<string, DirectPerson>();
  for (const assignment of valueOf(snapshot.assignments) ?? []) {
    const { principalType, principalId: id, principalDisplayName: displayName } = assignment;
    if (principalType !== 'User') continue;
    const assignments = [...(people.get(id)?.assignments ?? []), assignment];
    people.set(id, { id, displayName, assignments });
  }
  return [...people.values()];
}

/** The assigned groups by which people really have access: others than security groups let nobody in. */
function givingAccess(snapshot: Snapshot): readonly AssignedGroup[] {
  return assignedGroups(snapshot).filter(({ securityEnabled }) => securityEnabled);
}

/** Where people can be added who are in no assigned group yet: the admin chooses where there are several. */
export function groupsToChooseFrom(snapshot: Snapshot): readonly AssignedGroup[] {
  return sorted(snapshot).others.length === 0 ? [] : groupsThatTake(snapshot);
}

/** The assigned groups that somebody can be added to from here. */
function groupsThatTake(snapshot: Snapshot): readonly AssignedGroup[] {
  return givingAccess(snapshot).filter(({ kind }) => changeableBy(kind) === 'yes');
}

/** Who is a member of an assigned group already, and who is not. */
function sorted(snapshot: Snapshot): {
  readonly members: readonly DirectPerson[];
  readonly others: readonly DirectPerson[];
} {
  const ids = new Set(givingAccess(snapshot).flatMap(({ members }) => members.map(({ id }) => id)));
  const people = directPeople(snapshot);
  return {
    members: people.filter(({ id }) => ids.has(id)),
    others: people.filter(({ id }) => !ids.has(id)),
  };
}

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, () =>
    whenKnown(snapshot.assignments, () => {
      const people = directPeople(snapshot);
      if (people.length === 0)
        return met(text('nobody'), text('Nobody is assigned directly.'), { portal: 'usersAndGroups' });
      return unmet(
        text('{0} assigned', people.length),
        text('Assigned directly: {0}.', nameList(people.map(({ displayName }) => displayName))),
        { ...cure(snapshot), portal: 'usersAndGroups' },
      );
    }),
  );
}

function cure(snapshot: Snapshot): Pick<Verdict, 'action'> & { readonly remedy: Text } {
  const reason = whyNot(snapshot);
  if (reason !== undefined) {
    const choose = groupAssignments(snapshot).length === 0;
    return { remedy: reason, ...(choose && { action: { kind: 'chooseGroup' } }) };
  }
  const { others } = sorted(snapshot);
  const action = { kind: 'applyAlone' } as const;
  if (others.length === 0)
    return {
      remedy: text(
        'All of them are members of an assigned group as well. Apply removes their own assignments; access, record and seat stay.',
      ),
      action,
    };
  const groups = groupsThatTake(snapshot);
  const [group] = groups;
  if (group === undefined) return { remedy: nowhere(snapshot), action };
  return {
    remedy:
      groups.length === 1
        ? text(
            'Apply adds them to {0} and, once they are seen there, removes their own assignments. Access, record and seat stay.',
            group.displayName,
          )
        : text(
            'Apply asks which assigned group they are to be in, adds them and, once they are seen there, removes their own assignments. Access, record and seat stay.',
          ),
    action,
  };
}

/** Why nobody at all can be moved. */
function whyNot(snapshot: Snapshot): Text | undefined {
  if (valueOf(snapshot.organization)?.premium === false)
    return text(
      'Without Entra ID P1 or P2 an assigned group lets nobody in, so in this tenant people have to be assigned directly.',
    );
  if (groupAssignments(snapshot).length === 0)
    return text('Assign a group first. Then these people can be moved into it from here.');
  if (!snapshot.groups.known) return snapshot.groups.detail;
  const { members } = sorted(snapshot);
  return members.length === 0 && groupsThatTake(snapshot).length === 0 ? nowhere(snapshot) : undefined;
}

/** No assigned group takes anybody from here. */
function nowhere(snapshot: Snapshot): Text {
  const [group] = givingAccess(snapshot);
  return group === undefined
    ? text('No assigned group is a security group. Assign one first; then these people can be moved into it.')
    : whyNobodyIsAdded(group);
}

/**
 * Adds whoever is in no assigned group to one, then removes the direct assignments: each is concrete only when a look shows its
 * person as a member, so that access is never lost in between.
 */
function plan(snapshot: Snapshot, choices: Choices): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  if (principal === undefined || !snapshot.assignments.known) return [];
  const reason = whyNot(snapshot);
  if (reason !== undefined) return { blocked: reason };
  const { members, others } = sorted(snapshot);
  const groups = groupsThatTake(snapshot);
  const group =
    groups.length === 1
      ? groups[0]
      : groups.find(({ id }) => choices.groups.some((chosen) => chosen.id === id));
  // Without a group only those move who are in one already.
  const moved = group === undefined ? [] : others;
  if (members.length + moved.length === 0)
    return {
      blocked:
        groups.length === 0
          ? nowhere(snapshot)
          : text('Choose which assigned group these people are to be in.'),
    };
  const meets = [directAssignmentsId];
  const root = `${snapshot.cloud.graph}/v1.0`;
  const removal = (assignment: AppRoleAssignment, person: DirectPerson): Change => ({
    ...directAssignmentRemoval(principal, assignment, person.displayName),
    meets,
    why: text('The person keeps access, record and seat as a member of an assigned group.'),
  });
  return [
    ...moved.flatMap((person) => (group ? [{ ...memberAddition(group, person, root), meets }] : [])),
    ...members.flatMap((person) => person.assignments.map((one) => removal(one, person))),
    ...moved.flatMap((person) =>
      person.assignments.map((one) => {
        const change = removal(one, person);
        const outline = `/servicePrincipals/${principal.id}/appRoleAssignedTo/${one.id}`;
        return { ...change, request: { kind: 'later', method: 'DELETE', outline } as const };
      }),
    ),
  ];
}
