import type { GraphUser } from '../state.ts';
import { ExpressionError } from './expression.ts';
import { flowsOf, match, matchingAttributes } from './flows.ts';
import type { ObjectMapping } from './mapping.ts';
import { text } from './mapping.ts';
import { Trace } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { isActive } from './run.ts';
import type { Run } from './run.ts';
import { userSource } from './source.ts';
import { TargetError } from './target.ts';
import { changesOf, creationBody, patchBody } from './targetPath.ts';
import type { Flow } from './targetPath.ts';

const SOURCE = 'Microsoft Entra ID';
const TARGET = 'customappsso';

/**
 * Brings one user to the target: import, scope, match, create or update. `byFilter` looks the user up by its matching
 * attribute even where a link is known. Failures are outcomes; with `stopOnCredentials` those of credentials or connection
 * are thrown as `TargetError`.
 */
export async function provisionUser(
  run: Run,
  user: GraphUser,
  options: { byFilter: boolean; stopOnCredentials: boolean },
): Promise<Outcome> {
  const mapping = run.rule.user;
  const name = user.userPrincipalName;
  const trace = new Trace(
    'User',
    name,
    {
      id: user.id,
      displayName: user.displayName,
      identityType: 'User',
      details: { odatatype: 'User', DisplayName: user.displayName, UserPrincipalName: name },
    },
    mapping?.targetObjectName ?? 'User',
  );
  trace.step(
    'EntryImportAdd',
    'import',
    'success',
    `Received User '${name}' change of type (Add) from ${SOURCE}`,
  );
  const entitled = run.scope.users.has(user.id);
  const linked = run.job.links.get(user.id);
  const passed = mapping !== undefined && (isActive(run, user) || linked !== undefined);
  trace.step(
    'EntrySynchronizationScoping',
    'scoping',
    passed ? 'success' : 'skipped',
    'Determined if User in scope by evaluating against each scoping filter',
    {
      'Active in the source system': user.accountEnabled ? 'True' : 'False',
      'Assigned to the application': entitled ? 'True' : 'False',
      'User has the required role': entitled ? 'True' : 'False',
      'Scoping filter evaluation passed': 'True',
      ScopeEvaluationResult: '{}',
    },
  );
  if (!mapping || !passed) return skipOutOfScope(trace, { entitled, mapped: mapping !== undefined });
  try {
    return await synchronize(run, user, mapping, trace, options.byFilter);
  } catch (error) {
    if (error instanceof TargetError && error.stopsTheCycle && options.stopOnCredentials) throw error;
    return failed(trace, error);
  }
}

function skipOutOfScope(trace: Trace, why: { entitled: boolean; mapped: boolean }): Outcome {
  const [errorCode, cause] = !why.mapped
    ? ['EntrySynchronizationSkipped', 'Provisioning of users is switched off in the mappings.']
    : !why.entitled
      ? ['NotEffectivelyEntitled', 'This object is not assigned to the application.']
      : ['EntrySynchronizationSkipped', 'This object is not active in the source system.'];
  const reason = `The User '${trace.label}' will be skipped due to the following reasons: 1) ${cause}`;
  trace.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
  return trace.end('other', 'skipped', { errorCode, reason });
}

async function synchronize(
  run: Run,
  user: GraphUser,
  mapping: ObjectMapping,
  trace: Trace,
  byFilter: boolean,
): Promise<Outcome> {
  const manager = user.managerId === null ? undefined : run.job.links.get(user.managerId);
  const active = isActive(run, user);
  const flows = flowsOf(mapping, userSource(user, !active), manager);
  const linked = run.job.links.get(user.id);
  const existing =
    linked !== undefined && !byFilter
      ? await run.target.get('Users', linked)
      : await match(run.target, 'Users', mapping, flows);
  if (!existing) return active ? create(run, user, mapping, flows, trace) : leave(trace);
  const id = text(existing['id']);
  run.job.links.set(user.id, id);
  // Someone who left the scope is disabled and otherwise left as is.
  const wanted = active ? flows : flows.filter((flow) => flow.target === 'active');
  const changes = changesOf(wanted, existing);
  const label = `'${trace.label}'`;
  trace.step('EntrySynchronizationUpdate', 'matching', 'success', `Retrieved ${label} from ${TARGET}`, {
    id,
    'Matching attribute': matchingAttributes(mapping)[0]?.target ?? '',
  });
  if (changes.length === 0 || !mapping.flows.has(active ? 'update' : 'delete')) {
    const reason = `The state of the user in both the source and target systems already match. No change to the User ${label} currently needs to be made.`;
    trace.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
    return trace.end('other', 'skipped', { errorCode: 'RedundantExport', reason, targetId: id });
  }
  const disable = changes.some((one) => one.displayName === 'active' && one.newValue === 'False');
  await exporting(trace, 'EntryExportUpdate', disable ? 'disable' : 'update', () =>
    run.target.patch('Users', id, patchBody(changes, run.target.optimised)),
  );
  return trace.end(disable ? 'disable' : 'update', 'success', { changes, targetId: id });
}

async function create(
  run: Run,
  user: GraphUser,
  mapping: ObjectMapping,
  flows: readonly Flow[],
  trace: Trace,
): Promise<Outcome> {
  if (!mapping.flows.has('add')) return leave(trace);
  trace.step(
    'EntrySynchronizationAdd',
    'matching',
    'success',
    `User '${trace.label}' will be created in ${TARGET} (User is active and assigned in ${SOURCE}, but no matching User was found in ${TARGET})`,
  );
  const made = await exporting(trace, 'EntryExportAdd', 'create', () =>
    run.target.create('Users', creationBody('User', mapping, flows)),
  );
  const id = text(made['id']);
  run.job.links.set(user.id, id);
  const changes = flows.map((flow) => ({
    displayName: flow.target,
    oldValue: null,
    newValue: String(flow.value),
  }));
  return trace.end('create', 'success', { changes, targetId: id });
}

function leave(trace: Trace): Outcome {
  const reason = `The User '${trace.label}' has no matching User in ${TARGET} and will not be created.`;
  trace.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
  return trace.end('other', 'skipped', { errorCode: 'EntrySynchronizationSkipped', reason });
}

/** Runs an export and notes its step, whichever way it ends. */
export async function exporting<T>(
  trace: Trace,
  step: string,
  verb: 'create' | 'update' | 'disable' | 'delete',
  work: () => Promise<T>,
): Promise<T> {
  const object = `${trace.kind} '${trace.label}'`;
  try {
    const result = await work();
    trace.step(step, 'export', 'success', `${object} was ${verb}d in ${TARGET}`);
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    trace.step(step, 'export', 'failure', `Failed to ${verb} ${object} in ${TARGET}; Error: ${why}`);
    throw error;
  }
}

/** The outcome of an object whose processing threw; anything that is not a fault of target or mapping is thrown on. */
export function failed(trace: Trace, error: unknown): Outcome {
  if (error instanceof TargetError)
    return trace.end('other', 'failure', { errorCode: error.code, reason: error.message });
  if (error instanceof ExpressionError)
    return trace.end('other', 'failure', { errorCode: 'AttributeMappingError', reason: error.message });
  throw error;
}
