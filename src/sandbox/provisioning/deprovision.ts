import { Trace } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { provisionUser, exporting, failed } from './provisionUser.ts';
import type { Run } from './run.ts';
import { TargetError } from './target.ts';
import { changesOf, patchBody } from './targetPath.ts';

/** Entra deletes a user for good this long after it was deleted. */
const DELETED_FOR_GOOD_MS = 30 * 24 * 3_600_000;

/**
 * Deals with every link whose object is no longer in scope: users are disabled, and deleted thirty days after they
 * vanished from the tenant; groups are deleted. Returns what was done.
 */
export async function deprovision(run: Run): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const { job, memory, scope, state } = run;
  for (const [sourceId, targetId] of [...job.links]) {
    const isGroup = memory.groups.has(sourceId) || state.tenant.groups.has(sourceId);
    if (isGroup) {
      if (!scope.groups.has(sourceId)) outcomes.push(...(await removeGroup(run, sourceId, targetId)));
      continue;
    }
    const user = state.tenant.users.get(sourceId);
    if (!user) outcomes.push(...(await removeUser(run, sourceId, targetId)));
    else if (!scope.users.has(sourceId) && !run.skipOutOfScopeDeletions) {
      const outcome = await provisionUser(run, user, { byFilter: false, stopOnCredentials: true });
      outcomes.push(outcome);
      if (outcome.status !== 'failure' || outcome.errorCode === 'InvalidAnchor') forget(run, sourceId);
    }
  }
  return outcomes;
}

async function removeGroup(run: Run, sourceId: string, targetId: string): Promise<Outcome[]> {
  const { rule, state, skipOutOfScopeDeletions } = run;
  const group = state.tenant.groups.get(sourceId);
  if (!rule.group?.flows.has('delete') || (group && skipOutOfScopeDeletions)) return [];
  const trace = traceOf('Group', sourceId, group?.displayName ?? sourceId, rule.group.targetObjectName);
  return attempt(run, trace, sourceId, async () => {
    await exporting(trace, 'EntryExportDelete', 'delete', () => run.target.delete('Groups', targetId));
    forget(run, sourceId);
    return [trace.end('delete', 'success', { targetId })];
  });
}

async function removeUser(run: Run, sourceId: string, targetId: string): Promise<Outcome[]> {
  const { rule, target, memory, state } = run;
  if (!rule.user?.flows.has('delete')) return [];
  const now = state.clock.now();
  const deletedAt = memory.deletedAt.get(sourceId);
  const trace = traceOf('User', sourceId, sourceId, rule.user.targetObjectName);
  if (deletedAt !== undefined && now - deletedAt < DELETED_FOR_GOOD_MS) return [];
  return attempt(run, trace, sourceId, async () => {
    if (deletedAt !== undefined) {
      await exporting(trace, 'EntryExportDelete', 'delete', () => target.delete('Users', targetId));
      forget(run, sourceId);
      return [trace.end('delete', 'success', { targetId })];
    }
    memory.deletedAt.set(sourceId, now);
    if (!rule.user?.attributes.some((one) => one.target === 'active')) return [];
    const existing = await target.get('Users', targetId);
    const changes = changesOf([{ target: 'active', value: 'False', onlyAtCreation: false }], existing);
    if (changes.length === 0) return [];
    await exporting(trace, 'EntryExportUpdate', 'disable', () =>
      target.patch('Users', targetId, patchBody(changes, target.optimised)),
    );
    return [trace.end('disable', 'success', { changes, targetId })];
  });
}

/** What is gone from the target already needs no removal. */
async function attempt(
  run: Run,
  trace: Trace,
  sourceId: string,
  work: () => Promise<Outcome[]>,
): Promise<Outcome[]> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TargetError && error.status === 404) {
      forget(run, sourceId);
      return [];
    }
    if (error instanceof TargetError && error.stopsTheCycle) throw error;
    return [failed(trace, error)];
  }
}

function traceOf(kind: 'User' | 'Group', id: string, label: string, targetType: string): Trace {
  const trace = new Trace(
    kind,
    label,
    { id, displayName: label, identityType: kind, details: { odatatype: kind } },
    targetType,
  );
  trace.step(
    'EntryImportDelete',
    'import',
    'success',
    `Received ${kind} '${label}' change of type (Delete) from Microsoft Entra ID`,
  );
  return trace;
}

/** Drops the link to an object and everything remembered of it. */
function forget(run: Run, sourceId: string): void {
  const { job, memory } = run;
  job.links.delete(sourceId);
  memory.exported.delete(sourceId);
  memory.escrows.delete(sourceId);
  memory.members.delete(sourceId);
  memory.groups.delete(sourceId);
  memory.deletedAt.delete(sourceId);
}
