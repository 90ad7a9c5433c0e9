import type { Change, Plan } from '../change.ts';
import { lacksOnDemand } from '../cloudLimits.ts';
import { valueOf, type AppRoleAssignment, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import type { LeavingGroup, LeavingView } from './leavingPaths.ts';
import { directAssignmentRemoval, memberRemoval } from './membershipChanges.ts';

/**
 * What removes somebody's access: their own assignments, the memberships that were chosen, and, where the cloud has it, the
 * push that makes them inactive in Kiro at once. `root`: Graph's address with its version, for the link to the person.
 */
export function leavingPlan(
  snapshot: Snapshot,
  view: LeavingView,
  chosen: readonly string[],
  root: string,
): Plan {
  const { person, direct } = view;
  const groups = view.groups.filter(({ id, changeable }) => changeable === 'yes' && chosen.includes(id));
  const principal = valueOf(snapshot.servicePrincipal);
  const changes: readonly Change[] = [
    ...(principal === undefined
      ? []
      : direct.map((assignment) => directAssignmentRemoval(principal, assignment, person.displayName))),
    ...groups.map((group) => memberRemoval(group, person, root)),
    ...(pushes(view, groups, direct) && !lacksOnDemand(snapshot.cloud) ? [push(view)] : []),
  ];
  return { step: 5, choices: { displayName: '', groups: [], newIds: [] }, changes, blockedBy: [] };
}

/** Only who has no other path left becomes inactive. */
function pushes(
  { groups, inKiro }: LeavingView,
  chosen: readonly LeavingGroup[],
  direct: readonly AppRoleAssignment[],
): boolean {
  if (chosen.length < groups.length) return false;
  const state = valueOf(inKiro);
  return state === 'active' || (state === undefined && chosen.length + direct.length > 0);
}

function push({ person }: LeavingView): Change {
  return {
    id: 'people.leave.push',
    step: 5,
    meets: [],
    title: text('Provision {0} on demand, so that Kiro’s record becomes inactive', person.displayName),
    why: text('Else it waits for Entra’s next cycle, about 40 minutes.'),
    before: { active: true },
    after: { active: false },
    request: { kind: 'later', method: 'POST', outline: '{job}/provisionOnDemand' },
    notUndoable: text('It becomes active again once the person is assigned again and provisioned.'),
    risk: 'people',
    scopes: ['Synchronization.ReadWrite.All'],
  };
}
