import type { GraphRequest, Plan } from './change.ts';
import { lacksOnDemand, noOnDemand } from './cloudLimits.ts';
import { onDemandMembers } from './kiro.ts';
import type { OnDemandPerson, OnDemandTarget } from './onDemandTarget.ts';
import type { OnDemandResult } from './onDemandWords.ts';
import { valueOf, type DirectoryMember, type Snapshot } from './snapshot.ts';
import { assignedGroups, expectedPeople } from './steps/arrivals.ts';
import { firstArrived } from './steps/firstArrived.ts';
import { synchronizationPath } from './steps/job.ts';
import { readyToPush } from './steps/readyToPush.ts';
import { text, type Text } from './text.ts';

/** What provisioning on demand would do, before anything is sent. */
export interface OnDemandPlan {
  readonly target: OnDemandTarget;
  readonly people: readonly OnDemandPerson[];
  /** Members that Entra does not provision, each with the reason. */
  readonly leftOut: readonly OnDemandResult[];
  /** People whom an interrupted run of the group has pushed: they are not pushed again. */
  readonly before: number;
  /** Of the group's run; a run that goes on keeps its id. */
  readonly run: string;
  /** The same for the question that asks for a yes. */
  readonly plan: Plan;
}

/**
 * Why nobody may be provisioned on demand now; `undefined` if it may be tried. A whole group waits for the first person to
 * be read back, since Kiro keeps the first external ID that it receives.
 */
export function onDemandBlocked(snapshot: Snapshot, target: OnDemandTarget): Text | undefined {
  if (lacksOnDemand(snapshot.cloud)) return noOnDemand;
  if (!snapshot.job.known) return snapshot.job.detail;
  if (requestFor(snapshot, []) === undefined || !readyToPush(snapshot)) {
    return text(
      'Complete step 4 first: endpoint, token and mapping have to be right before anyone is pushed.',
    );
  }
  if (target.kind === 'person') return undefined;
  const group = assignedGroups(snapshot).find(({ id }) => id === target.group.id);
  if (group?.securityEnabled !== true) {
    return text(
      '{0} is not an assigned security group, so Entra does not provision its people.',
      target.group.displayName,
    );
  }
  return firstArrived(snapshot).status === 'met'
    ? undefined
    : text(
        'Nobody of the assigned groups was read back from Kiro yet. Apply step 5 first: it pushes one person, and shows whether the external ID is right before all follow.',
      );
}

/** Whether provisioning on demand is worth offering: somebody is assigned and nothing stands against one person at least. */
export function offersOnDemand(snapshot: Snapshot): boolean {
  const [person] = expectedPeople(snapshot);
  return person !== undefined && onDemandBlocked(snapshot, { kind: 'person', person }) === undefined;
}

/** The call for one person alone. */
export function personRequest(snapshot: Snapshot, { id }: OnDemandPerson): GraphRequest | undefined {
  return requestFor(snapshot, [{ objectId: id, objectTypeName: 'User' }]);
}

/** The call for a group with these members of it, five at most. */
export function groupRequest(
  snapshot: Snapshot,
  groupId: string,
  people: readonly OnDemandPerson[],
): GraphRequest | undefined {
  const members = people.map(({ id }) => ({ objectId: id, objectTypeName: 'User' }));
  return requestFor(snapshot, [{ objectId: groupId, objectTypeName: 'Group', links: { members } }]);
}

type Subject = {
  readonly objectId: string;
  readonly objectTypeName: 'User' | 'Group';
  readonly links?: {
    readonly members: readonly { readonly objectId: string; readonly objectTypeName: string }[];
  };
};

/** Rule ids differ between tenants, so the rule is read from the job's schema; one holds people and groups. */
function requestFor(snapshot: Snapshot, subjects: readonly Subject[]): GraphRequest | undefined {
  const principal = valueOf(snapshot.servicePrincipal);
  const job = valueOf(snapshot.job);
  const rule = valueOf(snapshot.schema)?.synchronizationRules.find(({ objectMappings }) =>
    objectMappings.some(({ sourceObjectName }) => sourceObjectName.toLowerCase() === 'user'),
  );
  if (principal === undefined || job === undefined || rule === undefined) return undefined;
  if (snapshot.schemaSource !== 'job') return undefined;
  return {
    kind: 'graph',
    method: 'POST',
    path: `${synchronizationPath(principal)}/jobs/${job.id}/provisionOnDemand`,
    body: { parameters: [{ ruleId: rule.id, subjects: subjects.map((subject) => ({ ...subject })) }] },
    answer: 'provisionOnDemand',
  };
}

/** Members of a group who can be provisioned, and the others with the reason. */
export function sortMembers(members: readonly DirectoryMember[]): {
  readonly people: readonly OnDemandPerson[];
  readonly leftOut: readonly OnDemandResult[];
} {
  const people: OnDemandPerson[] = [];
  const leftOut: OnDemandResult[] = [];
  for (const { id, type, displayName, userPrincipalName, accountEnabled } of members) {
    const person = { id, displayName, ...(userPrincipalName !== undefined && { userPrincipalName }) };
    const reason =
      type === 'group'
        ? text('a group inside the group: its people do not come')
        : type === 'other'
          ? text('not a person')
          : accountEnabled === false
            ? text('the account is disabled in Entra')
            : undefined;
    if (reason === undefined) people.push(person);
    else leftOut.push({ person, outcome: 'skipped', said: reason });
  }
  return { people, leftOut };
}

/** Calls that so many members of a group take. */
export function callsFor(people: number): number {
  return Math.ceil(people / onDemandMembers);
}

/** What the question that asks for a yes says of it. */
export function onDemandPlan(target: OnDemandTarget, people: number): Plan {
  const title =
    target.kind === 'person'
      ? text('Provision {0} on demand', target.person.displayName)
      : text(
          'Provision {0} people of {1} on demand, in {2} calls of at most five; Entra takes five calls in ten seconds',
          people,
          target.group.displayName,
          callsFor(people),
        );
  return {
    step: 5,
    choices: { displayName: '', groups: [], newIds: [] },
    blockedBy: [],
    changes: [
      {
        id: 'people.provisionNow',
        step: 5,
        meets: ['people.arrived'],
        title,
        why: text('They need not wait for Entra’s next cycle.'),
        before: null,
        after: { people },
        request: { kind: 'later', method: 'POST', outline: '{job}/provisionOnDemand' },
        notUndoable: text('Who was pushed stays in Kiro; removing the assignment makes the record inactive.'),
        risk: 'people',
        scopes: ['Synchronization.ReadWrite.All'],
      },
    ],
  };
}
