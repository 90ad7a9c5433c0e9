import type { Change, GraphRequest, Json, Plan } from '../../../src/guide/change.ts';
import type { Choices } from '../../../src/guide/change.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import type { StepNumber } from '../../../src/guide/requirement.ts';
import {
  known,
  valueOf,
  type Application,
  type PermissionScope,
  type Snapshot,
  type SynchronizationSchema,
  type SynchronizationSecret,
} from '../../../src/guide/snapshot.ts';
import * as given from './snapshots.ts';

type Body = Readonly<Record<string, unknown>>;

/** What Graph would do with a request, seen by the next look. Refuses what Graph is known to refuse. */
export function effectOf(snapshot: Snapshot, request: GraphRequest): Snapshot {
  const { method, path } = request;
  const body = (request.body ?? {}) as Body;
  const at = snapshot.at;
  if (path.endsWith('/instantiate'))
    return { ...given.created, kept: { ...snapshot.kept, ...given.created.kept } };
  if (path.startsWith('/applications/')) {
    return { ...snapshot, application: known(patched(valueOf(snapshot.application)!, body), at) };
  }
  if (path === '/oauth2PermissionGrants') {
    return {
      ...snapshot,
      grants: known(
        [
          {
            id: 'new',
            ...(body as { clientId: string; consentType: string; resourceId: string; scope: string }),
          },
        ],
        at,
      ),
    };
  }
  if (path.startsWith('/oauth2PermissionGrants/')) {
    const grants = valueOf(snapshot.grants)!.map((grant) => ({ ...grant, scope: body.scope as string }));
    return { ...snapshot, grants: known(grants, at) };
  }
  if (path.endsWith('/appRoleAssignedTo')) {
    const assignment = {
      ...given.assignment,
      principalId: body.principalId as string,
      appRoleId: body.appRoleId as string,
    };
    return {
      ...snapshot,
      assignments: known([...valueOf(snapshot.assignments)!, assignment], at),
      groups: known([given.group], at),
    };
  }
  const [, groupId] = /^\/groups\/([^/]+)\/members\/\$ref$/.exec(path) ?? [];
  if (groupId !== undefined) {
    const id = String(body['@odata.id']).split('/').at(-1) ?? '';
    const joined = { ...given.ada, id, userPrincipalName: `${id}@contoso.com` };
    const groups = valueOf(snapshot.groups)!.map((group) =>
      group.id === groupId ? { ...group, members: [...group.members, joined] } : group,
    );
    return { ...snapshot, groups: known(groups, at) };
  }
  const [, removed] = /\/appRoleAssignedTo\/([^/]+)$/.exec(path) ?? [];
  if (removed !== undefined) {
    const left = valueOf(snapshot.assignments)!.filter(({ id }) => id !== removed);
    return { ...snapshot, assignments: known(left, at) };
  }
  if (path.endsWith('/jobs')) return { ...snapshot, job: known(given.stoppedJob, at), schemaSource: 'job' };
  if (path.endsWith('/pause')) {
    const job = valueOf(snapshot.job)!;
    const paused = {
      ...job,
      schedule: { ...job.schedule, state: 'Paused' },
      status: { ...job.status, code: 'Paused' },
    };
    return { ...snapshot, job: known(paused, at) };
  }
  if (path.endsWith('/validateCredentials')) {
    return {
      ...snapshot,
      journal: { ...snapshot.journal, lastValidation: { at, ok: true, endpoint: given.endpoint } },
    };
  }
  if (path.endsWith('/secrets')) {
    const secrets = (body.value as SynchronizationSecret[]).map(({ key, value }) => ({
      key,
      value: typeof value === 'string' ? value : '*',
    }));
    return { ...snapshot, secrets: known(secrets, at), journal: { ...snapshot.journal, savedAt: at } };
  }
  if (path.endsWith('/schema')) {
    return { ...snapshot, schema: known(body as object as SynchronizationSchema, at) };
  }
  if (path.endsWith('/provisionOnDemand')) {
    const journal = { ...snapshot.journal, pushed: [{ objectId: given.ada.id, at, ok: true }] };
    return { ...pushed(snapshot, [given.ada]), journal };
  }
  if (path.endsWith('/start') || path.endsWith('/restart')) {
    const full = JSON.stringify(body).includes('"Full"');
    return {
      ...pushed(snapshot, given.group.members),
      job: known(given.runningJob, at),
      journal: { ...snapshot.journal, startedAt: at, ...(full && { linksForgottenAt: at }) },
    };
  }
  throw new Error(`Nobody knows ${method} ${path}`);
}

function pushed(snapshot: Snapshot, people: typeof given.group.members): Snapshot {
  return {
    ...snapshot,
    scim: known({ users: people.map((person) => given.inKiro(person)), groups: [] }, snapshot.at),
  };
}

function patched(application: Application, body: Body): Application {
  const api = (body.api ?? {}) as Partial<Application['api']>;
  if (api.oauth2PermissionScopes !== undefined) refuseAlteredScopes(application, api.oauth2PermissionScopes);
  return {
    ...application,
    ...(body as Partial<Application>),
    api: { ...application.api, ...api },
  };
}

/** `CannotDeleteOrUpdateEnabledEntitlement`. */
function refuseAlteredScopes(application: Application, sent: readonly PermissionScope[]): void {
  for (const scope of application.api.oauth2PermissionScopes.filter(({ isEnabled }) => isEnabled)) {
    const again = sent.find(({ id }) => id === scope.id);
    if (JSON.stringify({ ...again, isEnabled: true }) !== JSON.stringify(scope)) {
      throw new Error(`CannotDeleteOrUpdateEnabledEntitlement ${scope.value ?? ''}`);
    }
  }
}

export interface Applied {
  readonly snapshot: Snapshot;
  readonly made: readonly Change[];
  readonly last: Plan;
}

/** Carries a step out as the engine does: what is concrete, in order, then look and plan again. */
export function applied(
  snapshot: Snapshot,
  step: StepNumber,
  choices: Choices,
  only?: readonly string[],
): Applied {
  const made: Change[] = [];
  const previewed = makePlan(snapshot, step, choices, only).changes.map(({ id }) => id);
  let current = snapshot;
  for (let round = 0; round < 10; round += 1) {
    const plan = makePlan(current, step, choices, only);
    const strange = plan.changes.find(({ id }) => !previewed.includes(id));
    if (strange) throw new Error(`${strange.id} was not previewed`);
    const concrete = plan.changes.filter(({ request }) => request.kind === 'graph');
    if (concrete.length === 0) return { snapshot: current, made, last: plan };
    for (const change of concrete) {
      if (change.request.kind === 'graph') current = effectOf(current, change.request);
      made.push(change);
    }
  }
  throw new Error(`Step ${step} never comes to an end`);
}

/** The body of the concrete change with this id. */
export function bodyOf(plan: Plan, id: string): Json | undefined {
  const change = plan.changes.find((candidate) => candidate.id === id);
  return change?.request.kind === 'graph' ? change.request.body : undefined;
}
