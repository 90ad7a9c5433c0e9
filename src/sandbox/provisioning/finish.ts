import type { Thresholds } from './behaviour.ts';
import type { Memory } from './memory.ts';
import { markQuarantine } from './quarantine.ts';
import type { QuarantineReason } from './quarantine.ts';
import type { Run } from './run.ts';
import { CYCLE_MS, markRun } from './status.ts';
import type { Counts } from './status.ts';
import type { Tally } from './tally.ts';

/** What a cycle that ran through ends with. */
export interface Finished {
  readonly began: number;
  readonly tally: Tally;
  /** Deletions and disablings that the accidental-deletion threshold held back. */
  readonly held: number;
  readonly thresholds: Thresholds;
}

/** Notes the end of a cycle: watermark, counts, and quarantine where too much failed. Returns the next cycle's moment. */
export function finish(run: Run, finished: Finished): number | undefined {
  const { job, memory, state } = run;
  const now = state.clock.now();
  const { began, tally } = finished;
  memory.initialDone = true;
  memory.watermark = now;
  job.status['progress'] = [];
  const links = [...job.links.keys()];
  const groups = links.filter((id) => memory.groups.has(id)).length;
  job.status['synchronizedEntryCountByType'] = [
    { key: 'User', value: links.length - groups },
    { key: 'Group', value: groups },
  ];
  const counts = countsOf(run, tally);
  const reason = quarantineReason(memory, job.links, finished);
  if (reason)
    return markQuarantine(job, {
      began,
      now,
      reason,
      error: { code: reason, message: sentence(reason, finished.held) },
      counts,
    });
  markRun(job, { began, ended: now, counts, failures: memory.escrows.size });
  return now + CYCLE_MS;
}

function countsOf(run: Run, tally: Tally): Counts {
  const { scope, memory } = run;
  const entitled = scope.users.size + scope.groups.size;
  return {
    entitled,
    entitledForProvisioning: entitled,
    escrowed: memory.escrows.size,
    escrowedRaw: tally.failed,
    exported: tally.exported,
    exports: tally.exported,
    imported: tally.imported,
    references: tally.references,
  };
}

/**
 * Whether a job belongs into quarantine: of its escrows those of references count only towards the absolute threshold
 * (Microsoft Entra: application provisioning in quarantine status).
 */
export function quarantineReason(
  memory: Memory,
  links: ReadonlyMap<string, string>,
  finished: Pick<Finished, 'held' | 'thresholds'>,
): QuarantineReason | undefined {
  if (finished.held > 0) return 'TooManyDeletes';
  const { fewest, proportion, base, total } = finished.thresholds;
  const failures = [...memory.escrows.values()].filter((one) => !one.reference).length;
  if (memory.escrows.size > total) return 'EncounteredTotalEscrowThreshold';
  if (failures > base) return 'EncounteredBaseEscrowThreshold';
  const well = [...links.keys()].filter((id) => !memory.escrows.has(id)).length;
  if (failures >= fewest && failures > proportion * (failures + well))
    return 'EncounteredEscrowProportionThreshold';
  return undefined;
}

function sentence(reason: QuarantineReason, held: number): string {
  return reason === 'TooManyDeletes'
    ? `The job would disable or delete ${held} objects, which is above the accidental deletion threshold.`
    : 'Too many of the objects in scope could not be provisioned.';
}
