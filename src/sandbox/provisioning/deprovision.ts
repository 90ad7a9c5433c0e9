import { patchBody } from './bodies.ts';
import { attempting, exporting } from './exporting.ts';
import { changeOf } from './flows.ts';
import { forgetObject } from './memory.ts';
import { TARGET, Trace } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { provisionUser } from './provisionUser.ts';
import type { Removal } from './removals.ts';
import { unlink } from './run.ts';
import type { Run } from './run.ts';
import { TargetError } from './targetErrors.ts';
import { valueAt } from './targetPath.ts';

const options = { byFilter: false, stopOnCredentials: true };

/**
 * Takes someone or something away from the target: people are disabled, and deleted thirty days after they vanished from
 * the tenant; groups are deleted. Whoever left the scope is no longer managed: their link is dropped, and a later deletion in
 * Entra sends nothing. Undefined when there was nothing to do.
 */
export async function deprovision(run: Run, removal: Removal): Promise<Outcome | undefined> {
  const user = run.state.tenant.users.get(removal.sourceId);
  switch (removal.what) {
    case 'disable':
      // A change of somebody in scope: the cycle brings it with the others.
      return undefined;
    case 'leave': {
      if (!user) return undefined;
      const outcome = await provisionUser(run, user, options);
      if (outcome.status !== 'failure' || outcome.errorCode === 'InvalidAnchor')
        forget(run, removal.sourceId);
      return outcome;
    }
    case 'disableDeleted':
      return disableDeleted(run, removal);
    case 'delete':
      return remove(run, removal);
  }
}

/** A row of the log for what the accidental-deletion threshold holds back. */
export function staged(run: Run, removal: Removal, threshold: number): Outcome {
  const trace = traceOf(run, removal);
  const reason = `The ${removal.kind} '${trace.label}' would be disabled or deleted in ${TARGET}, but the number of deletions is above the threshold of ${threshold}. Allow the deletions, or prevent them at the source and restart provisioning.`;
  trace.step('EntrySynchronizationSkip', 'export', 'skipped', reason);
  return trace.end('stagedDelete', 'skipped', {
    errorCode: 'TooManyDeletes',
    reason,
    targetId: removal.targetId,
  });
}

async function remove(run: Run, removal: Removal): Promise<Outcome> {
  const { sourceId, targetId } = removal;
  const trace = traceOf(run, removal);
  return attempting(trace, options, async () => {
    await unlessGone(() =>
      exporting(trace, 'EntryExportDelete', 'delete', () =>
        run.target.delete(removal.kind === 'User' ? 'Users' : 'Groups', targetId),
      ),
    );
    forget(run, sourceId);
    return trace.end('delete', 'success', { targetId });
  });
}

/** Of a deleted user only what follows deletion is known: the values that the mappings give to nobody. */
async function disableDeleted(run: Run, removal: Removal): Promise<Outcome | undefined> {
  const { sourceId, targetId } = removal;
  const flow = run.rule.user?.attributes.find((one) => one.target === 'active' && one.followsDeletion);
  const { deletedAt } = run.memory;
  if (!deletedAt.has(sourceId)) deletedAt.set(sourceId, run.state.clock.now());
  if (!flow) return undefined;
  const trace = traceOf(run, removal);
  return attempting(trace, options, async () => {
    let existing: Record<string, unknown>;
    try {
      existing = await run.target.get('Users', targetId);
    } catch (error) {
      if (!(error instanceof TargetError) || error.status !== 404) throw error;
      forget(run, sourceId);
      return trace.skip(
        'EntrySynchronizationSkipped',
        `The User '${trace.label}' is gone from ${TARGET} already.`,
      );
    }
    const before = valueAt(existing, 'active');
    if (before === 'False')
      return trace.skip(
        'RedundantExport',
        `The User '${trace.label}' is disabled in ${TARGET} already.`,
        targetId,
      );
    const off = { ...plainFlow, value: 'False' };
    const changes = [changeOf(off, before ?? null)];
    await exporting(trace, 'EntryExportUpdate', 'disable', () =>
      run.target.patch('Users', targetId, patchBody(changes, run.target.optimised)),
    );
    return trace.end('disable', 'success', { changes, targetId });
  });
}

const plainFlow = {
  target: 'active',
  onlyAtCreation: false,
  onlyWhereEmpty: false,
  always: false,
  boolean: true,
  caseExact: false,
  followsDeletion: true,
};

/** What is gone from the target already needs no removal. */
async function unlessGone(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof TargetError) || error.status !== 404) throw error;
  }
}

function traceOf(run: Run, { kind, sourceId }: Removal): Trace {
  const { users, groups } = run.state.tenant;
  const user = users.get(sourceId);
  const displayName = user?.displayName ?? groups.get(sourceId)?.displayName ?? sourceId;
  const details = { odatatype: kind, DisplayName: displayName };
  const name = user?.userPrincipalName ?? displayName;
  const mapping = kind === 'User' ? run.rule.user : run.rule.group;
  const trace = new Trace(
    kind,
    name,
    { id: sourceId, displayName, identityType: kind, details },
    mapping?.targetObjectName ?? kind,
  );
  trace.imported('Delete');
  return trace;
}

/** Drops the link to an object and everything remembered of it. */
function forget(run: Run, sourceId: string): void {
  unlink(run, sourceId);
  forgetObject(run.memory, sourceId);
}
