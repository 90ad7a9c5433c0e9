import { randomUUID } from 'node:crypto';
import type { Job, SandboxState, Synchronization } from '../state.ts';
import type { Behaviour } from './behaviour.ts';
import { deprovision, staged } from './deprovision.ts';
import { finish } from './finish.ts';
import { appendRow, logRow } from './log.ts';
import type { Memory } from './memory.ts';
import { everyObject, remember } from './objects.ts';
import type { Outcome } from './outcome.ts';
import { markQuarantine } from './quarantine.ts';
import { REMOVAL, removalsOf } from './removals.ts';
import { isEveryone, openRun } from './run.ts';
import type { Run } from './run.ts';
import { noCounts } from './status.ts';
import { count, newTally } from './tally.ts';
import { TargetError } from './targetErrors.ts';
import { testConnection } from './testConnection.ts';

/** What a cycle works with. */
export interface CycleContext {
  readonly state: SandboxState;
  readonly synchronization: Synchronization;
  readonly memory: Memory;
  readonly behaviour: Behaviour;
}

/**
 * Runs one cycle: everyone when it is an initial one, else what changed since the watermark and what failed before and is
 * due. Returns the moment of the next cycle, or undefined when the job was disabled. What stops a cycle puts the job into
 * quarantine.
 */
export async function runCycle(context: CycleContext): Promise<number | undefined> {
  const { state, synchronization, memory } = context;
  const { job } = synchronization;
  if (!job) return undefined;
  const began = state.clock.now();
  const initial = isInitial(job, synchronization, memory);
  // A change of the schema while the cycle runs asks for another initial one.
  job.initialCycleDue = false;
  try {
    const run = openRun(state, synchronization, memory, { initial, followFlag: true });
    await testConnection(run.target, run.rule);
    if (initial) memory.everyone = isEveryone(synchronization);
    return await whole(run, { initial, began, behaviour: context.behaviour });
  } catch (error) {
    job.initialCycleDue ||= initial;
    job.status['progress'] = [];
    if (!(error instanceof TargetError)) throw error;
    return markQuarantine(job, {
      began,
      now: state.clock.now(),
      reason: 'EncounteredQuarantineException',
      error: { code: error.code, message: error.message },
      counts: noCounts,
    });
  }
}

/** Widening the scope makes an initial cycle; narrowing it waits for a restart (Microsoft Entra: known issues). */
function isInitial(job: Job, synchronization: Synchronization, memory: Memory): boolean {
  const widened = isEveryone(synchronization) && !memory.everyone;
  return job.initialCycleDue || !memory.initialDone || widened;
}

async function whole(
  run: Run,
  how: { readonly initial: boolean; readonly began: number; readonly behaviour: Behaviour },
): Promise<number | undefined> {
  const { initial, began } = how;
  const cycleId = randomUUID();
  const tally = newTally();
  const note = (outcome: Outcome): void => {
    count(tally, outcome);
    // What needed no change is told of only once.
    if (initial || outcome.status !== 'skipped' || outcome.action === 'stagedDelete')
      appendRow(run.state.tenant, logRow(run, outcome, { cycleId, began, ended: run.state.clock.now() }));
  };
  const removals = removalsOf(run);
  const held = run.mostDeletes !== undefined && removals.length > run.mostDeletes;
  const untouched = new Set(held ? removals.map((one) => one.sourceId) : []);
  await everyObject(run, { initial, untouched, note });
  for (const removal of removals) {
    const outcome = held ? staged(run, removal, run.mostDeletes) : await deprovision(run, removal);
    if (!outcome) continue;
    if (!held && run.job.links.has(removal.sourceId)) {
      remember(run, removal.sourceId, outcome);
      if (outcome.status === 'failure') run.memory.exported.set(removal.sourceId, REMOVAL);
    }
    note(outcome);
  }
  run.memory.deletesAllowed = false;
  return finish(run, {
    began,
    tally,
    held: held ? removals.length : 0,
    thresholds: how.behaviour.thresholds,
  });
}
