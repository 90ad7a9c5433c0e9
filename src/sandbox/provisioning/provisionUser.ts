import type { GraphUser } from '../state.ts';
import { creationBody, patchBody } from './bodies.ts';
import { attempting, exporting } from './exporting.ts';
import type { ObjectOptions } from './exporting.ts';
import { canMatch, changeOf, changesOf, demandRequired, demandUnowned, flowsOf, match } from './flows.ts';
import type { Flow } from './flows.ts';
import { text } from './json.ts';
import { managerChange } from './manager.ts';
import { matchingAttributes } from './mapping.ts';
import type { ObjectMapping } from './mapping.ts';
import { SOURCE, TARGET, Trace } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { isActive, isInScope, link, passesFilter } from './run.ts';
import type { Run } from './run.ts';
import { userSource } from './source.ts';

/**
 * Brings one user to the target: import, scope, match, create or update; someone who is no longer to be active is disabled.
 * Failures are outcomes, see `ObjectOptions`.
 */
export function provisionUser(run: Run, user: GraphUser, options: ObjectOptions): Promise<Outcome> {
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
  return attempting(trace, options, async () => {
    if (!mapping) {
      trace.imported('Add');
      return skipped(
        trace,
        'EntrySynchronizationSkipped',
        'Provisioning of users is switched off in the mappings.',
      );
    }
    const linked = run.job.links.get(user.id);
    const active = isActive(run, user);
    const flows = flowsOf(mapping, userSource(user, !active));
    if (!canMatch(mapping, flows)) return importSkipped(trace, mapping);
    trace.imported(linked === undefined ? 'Add' : 'Update');
    scoping(run, user, trace, active || linked !== undefined);
    if (!active && linked === undefined) return outOfScope(run, user, trace);
    const existing =
      linked !== undefined && !options.byFilter
        ? await run.target.get('Users', linked)
        : await match(run.target, 'Users', mapping, flows);
    if (existing) return update(run, { user, mapping, flows, existing, trace, active });
    return active ? create(run, user, mapping, flows, trace) : leave(trace);
  });
}

function importSkipped(trace: Trace, mapping: ObjectMapping): Outcome {
  const names = matchingAttributes(mapping).map((one) => one.target);
  const reason = `The ${trace.kind} '${trace.label}' will be skipped since its matching attribute ${names.join(', ')} is empty at the source.`;
  trace.step('EntryImport', 'import', 'skipped', reason);
  return trace.end('other', 'skipped', { errorCode: 'ImportSkipped', reason });
}

function scoping(run: Run, user: GraphUser, trace: Trace, passed: boolean): void {
  const word = (yes: boolean): string => (yes ? 'True' : 'False');
  const entitled = run.scope.users.has(user.id);
  trace.step(
    'EntrySynchronizationScoping',
    'scoping',
    passed ? 'success' : 'skipped',
    'Determined if User in scope by evaluating against each scoping filter',
    {
      'Active in the source system': word(user.accountEnabled),
      'Assigned to the application': word(entitled),
      'User has the required role': word(entitled),
      'Scoping filter evaluation passed': word(passesFilter(run, user)),
      ScopeEvaluationResult: '{}',
    },
  );
}

function outOfScope(run: Run, user: GraphUser, trace: Trace): Outcome {
  if (!run.scope.users.has(user.id))
    return skipped(trace, 'NotEffectivelyEntitled', 'This object is not assigned to the application.');
  return skipped(
    trace,
    'EntrySynchronizationSkipped',
    passesFilter(run, user)
      ? 'This object is not active in the source system.'
      : 'This object does not pass the scoping filters.',
  );
}

function skipped(trace: Trace, errorCode: string, cause: string): Outcome {
  const reason = `The User '${trace.label}' will be skipped due to the following reasons: 1) ${cause}`;
  return trace.skip(errorCode, reason);
}

async function update(
  run: Run,
  what: {
    readonly user: GraphUser;
    readonly mapping: ObjectMapping;
    readonly flows: readonly Flow[];
    readonly existing: Record<string, unknown>;
    readonly trace: Trace;
    readonly active: boolean;
  },
): Promise<Outcome> {
  const { user, mapping, flows, existing, trace, active } = what;
  const id = text(existing['id']);
  demandUnowned(run, user.id, id);
  link(run, user.id, id);
  const label = `'${trace.label}'`;
  trace.step('EntrySynchronizationUpdate', 'matching', 'success', `Retrieved ${label} from ${TARGET}`, {
    id,
    'Matching attribute': matchingAttributes(mapping)[0]?.target ?? '',
  });
  // Someone who is to be active no longer is disabled and otherwise left as is.
  const changes = active
    ? [...changesOf(flows, existing), ...managerChange(run, user, existing)]
    : changesOf(
        flows.filter((flow) => flow.followsDeletion),
        existing,
      );
  if (changes.length === 0 || !mayUpdate(run, user, mapping, active))
    return trace.skip(
      'RedundantExport',
      `The state of the user in both the source and target systems already match. No change to the User ${label} currently needs to be made.`,
      id,
    );
  const disable = !active;
  await exporting(trace, 'EntryExportUpdate', disable ? 'disable' : 'update', () =>
    run.target.patch('Users', id, patchBody(changes, run.target.optimised)),
  );
  return trace.end(disable ? 'disable' : 'update', 'success', { changes, targetId: id });
}

/** Disabling is an update; where it comes from leaving the scope, Delete must be among the flow types as well. */
function mayUpdate(run: Run, user: GraphUser, mapping: ObjectMapping, active: boolean): boolean {
  if (!mapping.flows.has('update')) return false;
  return active || isInScope(run, user) || mapping.flows.has('delete');
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
  demandRequired(mapping, flows);
  const made = await exporting(trace, 'EntryExportAdd', 'create', () =>
    run.target.create('Users', creationBody('User', mapping, flows)),
  );
  const id = text(made['id']);
  link(run, user.id, id);
  const changes = flows.map((flow) => changeOf(flow, null));
  // References follow when the object is there.
  const manager = managerChange(run, user, made);
  if (manager.length > 0)
    await exporting(trace, 'EntryExportUpdate', 'update', () =>
      run.target.patch('Users', id, patchBody(manager, run.target.optimised)),
    );
  return trace.end('create', 'success', { changes: [...changes, ...manager], targetId: id });
}

function leave(trace: Trace): Outcome {
  return trace.skip(
    'EntrySynchronizationSkipped',
    `The User '${trace.label}' has no matching User in ${TARGET} and will not be created.`,
  );
}
