import type { Blocked, Change, Choices } from '../change.ts';
import { assignmentRemoval } from '../leaving/assignmentRemoval.ts';
import type { Requirement, Verdict } from '../requirement.ts';
import { valueOf, type AppRoleAssignment, type FormerApplication, type Snapshot } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { arrivedRequirement } from './arrived.ts';
import { recordOf, toldPeople, userRole } from './arrivals.ts';
import { assignGroups, noRole, notToAssign } from './groupAssigned.ts';
import { nameList } from './nameList.ts';
import { met, unmet, waiting, whenKnown, whenServicePrincipal } from './verdicts.ts';

/**
 * Moving people from an application that can never be provisioned to the one in its place: assigned here too, and taken off the
 * former one only when Kiro has everybody, so that nobody is kept out in between. Nothing where there is no such application.
 */
export function formerRequirements({ kept, former }: Snapshot): readonly Requirement[] {
  if (kept.formerApplication === undefined || former === undefined) return [];
  // Deleted: there is nothing left to say.
  if (former.known && former.value === undefined) return [];
  return [
    {
      id: 'people.formerApplication',
      step: 5,
      title: text('Former application'),
      why: text('People stay assigned to an application that Kiro no longer asks, until they are moved.'),
      severity: 'warning',
      evaluate,
      plan,
      alone: true,
    },
  ];
}

/** Assignments of groups and people; those of other applications are none of Kiro's. */
function held({ assignments }: FormerApplication): readonly AppRoleAssignment[] {
  return assignments.filter(({ principalType }) => principalType === 'Group' || principalType === 'User');
}

/** Those whose group or person is not assigned to the new application with its role User. */
function unmoved(snapshot: Snapshot, former: FormerApplication): readonly AppRoleAssignment[] {
  const principal = valueOf(snapshot.servicePrincipal);
  const role = principal && userRole(principal);
  const here = new Set(
    (valueOf(snapshot.assignments) ?? [])
      .filter(({ appRoleId }) => appRoleId === role?.id)
      .map(({ principalId }) => principalId),
  );
  // Somebody moved into an assigned group since has what they need.
  const members = (valueOf(snapshot.groups) ?? [])
    .filter(({ id, securityEnabled }) => securityEnabled && here.has(id))
    .flatMap((group) => group.members.map(({ id }) => id));
  const has = new Set([...here, ...members]);
  return [...new Map(held(former).map((one) => [one.principalId, one])).values()].filter(
    ({ principalId }) => !has.has(principalId),
  );
}

/** What has to be before anybody is taken off the former application. */
function notYet(snapshot: Snapshot, former: FormerApplication): Text | undefined {
  if (snapshot.kept.ticks.profile === undefined)
    return text('the Kiro profile with the new application ID, in step 3');
  const scim = valueOf(snapshot.scim);
  const people = held(former)
    .filter(({ principalType }) => principalType === 'User')
    .map(
      ({ principalId: id, principalDisplayName: displayName }) =>
        ({ id, type: 'user', displayName }) as const,
    );
  const there =
    scim !== undefined &&
    arrivedRequirement.evaluate(snapshot).status === 'met' &&
    toldPeople(people, scim).every((person) => recordOf(person, scim.users)?.active === true);
  return there ? undefined : text('everybody who is assigned to be in Kiro');
}

function evaluate(snapshot: Snapshot): Verdict {
  const { former } = snapshot;
  if (former === undefined) return met(text('none'), text('There is no former application.'));
  return whenServicePrincipal(snapshot, () =>
    whenKnown(former, (value) =>
      whenKnown(snapshot.assignments, () =>
        whenKnown(snapshot.groups, () =>
          value === undefined
            ? met(text('deleted'), text('The former application is deleted.'))
            : judge(snapshot, value),
        ),
      ),
    ),
  );
}

function judge(snapshot: Snapshot, former: FormerApplication): Verdict {
  const { displayName } = former.principal;
  const portal = 'formerApplication';
  const names = (list: readonly AppRoleAssignment[]): Text =>
    nameList([...new Set(list.map(({ principalDisplayName }) => principalDisplayName))]);
  const all = held(former);
  if (all.length === 0) {
    return met(
      text('nobody assigned'),
      text(
        'Nobody is assigned to the former application {0} any more. It is never deleted from here: delete it in the admin center when nothing else uses it.',
        displayName,
      ),
      { portal },
    );
  }
  const open = unmoved(snapshot, former);
  const action = { kind: 'applyAlone' } as const;
  if (open.length > 0) {
    return unmet(
      text('{0} to move', open.length),
      text('Assigned to the former application {0} and not here: {1}.', displayName, names(open)),
      {
        remedy: text(
          'Apply assigns them here as well. They stay assigned to the former one until everybody is in Kiro.',
        ),
        action,
        portal,
      },
    );
  }
  const wait = notYet(snapshot, former);
  const still = text('Assigned to the former application {0} as well: {1}.', displayName, names(all));
  return wait === undefined
    ? unmet(text('{0} to take off', all.length), still, {
        remedy: text('Apply removes these assignments. Nobody needs them any more: everybody is in Kiro.'),
        action,
        portal,
      })
    : waiting(text('still assigned'), still, { waiting: { for: wait }, portal });
}

function plan(snapshot: Snapshot, choices: Choices): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  const former = snapshot.former && valueOf(snapshot.former);
  if (principal === undefined || former === undefined) return [];
  const meets = ['people.formerApplication'];
  const open = unmoved(snapshot, former);
  if (open.length === 0)
    return notYet(snapshot, former) === undefined
      ? held(former).map((one) => removal(former, one, meets))
      : [];
  const groups = open
    .filter(({ principalType }) => principalType === 'Group')
    .map(({ principalId, principalDisplayName }) => ({ id: principalId, displayName: principalDisplayName }));
  const people = open.filter(({ principalType }) => principalType === 'User');
  const role = userRole(principal);
  // The guard of the external ID is that of every assignment.
  const guard = role === undefined ? noRole : notToAssign(snapshot);
  if (role === undefined || guard !== undefined) return { blocked: guard ?? noRole };
  const planned = groups.length === 0 ? [] : assignGroups(snapshot, { ...choices, groups });
  if ('blocked' in planned) return planned;
  return [
    ...planned.map((change) => ({ ...change, meets: [...change.meets, ...meets] })),
    ...people.map(({ principalId: id, principalDisplayName }): Change => ({
      id: `people.assign.person.${id}`,
      step: 5,
      meets,
      title: text('Assign {0} with the role User', principalDisplayName),
      why: text('The person is assigned to the former application, too. A group can take them in later.'),
      before: null,
      after: { person: principalDisplayName, role: role.displayName },
      request: {
        kind: 'graph',
        method: 'POST',
        path: `/servicePrincipals/${principal.id}/appRoleAssignedTo`,
        body: { principalId: id, resourceId: principal.id, appRoleId: role.id },
      },
      inverse: {
        kind: 'graph',
        method: 'DELETE',
        path: `/servicePrincipals/${principal.id}/appRoleAssignedTo/{id}`,
      },
      risk: 'people',
      scopes: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
    })),
  ];
}

/** Takes a group or a person off the former application. */
function removal(
  { principal }: FormerApplication,
  assignment: AppRoleAssignment,
  meets: readonly string[],
): Change {
  const { role, ...removing } = assignmentRemoval(principal, assignment);
  const { id, principalDisplayName: name, principalType } = assignment;
  return {
    ...removing,
    id: `people.former.${id}`,
    meets,
    title: text('Take {0} off the former application {1}', name, principal.displayName),
    why: text('Kiro no longer asks it: they have access by the new application.'),
    before: { [principalType === 'Group' ? 'group' : 'person']: name, role },
  };
}
