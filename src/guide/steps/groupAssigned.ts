import type { Blocked, Change, Choices } from '../change.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { groupAssignments, userRole } from './arrivals.ts';
import { isRunning } from './job.ts';
import { sendsWrongIds } from './pauseFirst.ts';
import { readyToPush } from './readyToPush.ts';
import { met, unmet, whenKnown, whenServicePrincipal } from './verdicts.ts';

export const groupAssignedRequirement: Requirement = {
  id: 'people.groupAssigned',
  step: 5,
  title: text('Group assigned'),
  why: text('People get access to Kiro as members of a group that is assigned to the application.'),
  severity: 'required',
  evaluate,
  plan: assignGroups,
  wanted: (choices) => choices.groups.length > 0,
};

/** Why nobody can be assigned at all. */
export const noRole: Text = text(
  'The application has no enabled role User for people. Add it under App registrations, App roles.',
);

function evaluate(snapshot: Snapshot): Verdict {
  return whenServicePrincipal(snapshot, (principal) =>
    whenKnown(snapshot.assignments, (assignments) => {
      const assigned = groupAssignments(snapshot);
      const choose = { action: { kind: 'chooseGroup' }, portal: 'usersAndGroups' } as const;
      if (assigned.length > 0) {
        const list = assigned.map((assignment) => assignment.principalDisplayName).join(', ');
        return met(text('{0}', list), text('Assigned with the role User: {0}.', list), {
          portal: 'usersAndGroups',
        });
      }
      const otherwise = assignments.filter(({ principalType }) => principalType === 'Group');
      if (otherwise.length > 0) {
        const roles = otherwise.map(
          ({ appRoleId }) =>
            principal.appRoles.find(({ id }) => id === appRoleId)?.displayName ?? 'Default Access',
        );
        return unmet(
          text('with role {0}', [...new Set(roles)].join(', ')),
          text(
            '{0} is assigned, but not with the role User.',
            otherwise.map((a) => a.principalDisplayName).join(', '),
          ),
          { remedy: text('Choose the group again: apply assigns it with the role User.'), ...choose },
        );
      }
      const organization = valueOf(snapshot.organization);
      return unmet(
        text('none'),
        organization?.premium === false
          ? text(
              'No group is assigned, and the tenant has no Entra ID P1 or P2, which assigning groups needs.',
            )
          : text('No group is assigned to the application yet.'),
        {
          remedy:
            snapshot.kept.formerApplication === undefined
              ? text('Choose the group whose members are to use Kiro.')
              : text(
                  'Choose the group whose members are to use Kiro. The row “Former application” moves those that were assigned there.',
                ),
          ...choose,
        },
      );
    }),
  );
}

/** Why nobody may be assigned now: a job with wrong settings would push them at once. */
export function notToAssign(snapshot: Snapshot): Text | undefined {
  return (isRunning(valueOf(snapshot.job)) && !readyToPush(snapshot)) || sendsWrongIds(snapshot)
    ? text('The job is running with wrong settings and would push the group at once. Apply step 4 first.')
    : undefined;
}

/** Assigns the chosen groups with the role User, unless that would push them with wrong settings. */
export function assignGroups(snapshot: Snapshot, choices: Choices): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  if (principal === undefined || !snapshot.assignments.known) return [];
  if (choices.groups.length === 0) return { blocked: text('Choose a group to assign first.') };
  const role = userRole(principal);
  if (role === undefined) return { blocked: noRole };
  const guard = notToAssign(snapshot);
  if (guard !== undefined) return { blocked: guard };
  const assigned = new Set(groupAssignments(snapshot).map(({ principalId }) => principalId));
  const path = `/servicePrincipals/${principal.id}/appRoleAssignedTo`;
  return choices.groups
    .filter(({ id }) => !assigned.has(id))
    .map(({ id, displayName }): Change => ({
      id: `people.assign.${id}`,
      step: 5,
      meets: ['people.groupAssigned'],
      title: text('Assign the group {0} with the role User', displayName),
      why: text('Its direct members get access to Kiro and are provisioned.'),
      before: null,
      after: { group: displayName, role: role.displayName },
      request: {
        kind: 'graph',
        method: 'POST',
        path,
        body: { principalId: id, resourceId: principal.id, appRoleId: role.id },
      },
      inverse: { kind: 'graph', method: 'DELETE', path: `${path}/{id}` },
      risk: 'people',
      scopes: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
    }));
}
