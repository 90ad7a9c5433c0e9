import { randomUUID } from 'node:crypto';
import type { SandboxState, Synchronization } from '../state.ts';
import { deprovision } from './deprovision.ts';
import { matchingAttributes } from './flows.ts';
import { logRow } from './log.ts';
import type { Outcome } from './outcome.ts';
import { provisionGroup } from './provisionGroup.ts';
import { provisionUser } from './provisionUser.ts';
import { isActive, openRun } from './run.ts';
import type { Memory, Run } from './run.ts';
import { markQuarantine, markRun } from './status.ts';
import { TargetError } from './target.ts';

/** Time between two cycles; it cannot be configured in Entra. */
export const CYCLE_MS = 40 * 60_000;
const LONGEST_BACKOFF = 24 * 3_600_000;
const FEWEST_FAILURES = 5000;

/**
 * Runs one cycle: everyone when it is an initial one, else what changed and what failed before and is due. Returns the
 * moment of the next cycle, or undefined when the job was disabled.
 */
export async function runCycle(
  state: SandboxState,
  synchronization: Synchronization,
  memory: Memory,
): Promise<number | undefined> {
  const { job } = synchronization;
  if (!job) return undefined;
  const began = state.clock.now();
  try {
    const run = openRun(state, synchronization, memory);
    await test(run);
    const initial = job.initialCycleDue || !memory.initialDone;
    const outcomes = await everyObject(run, initial);
    outcomes.push(...(await deprovision(run)));
    job.initialCycleDue = false;
    memory.initialDone = true;
    return finish(run, outcomes, initial, began);
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const fault = { code: error.code, message: error.message };
    return markQuarantine(job, began, state.clock.now(), 'EncounteredQuarantineException', fault);
  }
}

/** The search by which Entra tests a connection: it must be answered with an empty list. */
export async function test(run: Pick<Run, 'rule' | 'target'>): Promise<void> {
  const sides = [
    ['Users', run.rule.user],
    ['Groups', run.rule.group],
  ] as const;
  for (const [endpoint, mapping] of sides) {
    const attribute = mapping && matchingAttributes(mapping)[0]?.target;
    if (attribute === undefined) continue;
    try {
      await run.target.find(endpoint, attribute, randomUUID());
    } catch (error) {
      // Any refusal here means that nothing else can be asked.
      if (error instanceof TargetError) throw new TargetError(0, error.code, error.message);
      throw error;
    }
  }
}

async function everyObject(run: Run, initial: boolean): Promise<Outcome[]> {
  const { tenant } = run.state;
  const outcomes: Outcome[] = [];
  const options = { byFilter: initial, stopOnCredentials: true };
  for (const id of run.scope.users) {
    const user = tenant.users.get(id);
    // Someone disabled who never was in the target is not looked at.
    if (!user || (!isActive(run, user) && !run.job.links.has(id))) continue;
    const seen = JSON.stringify([user, isActive(run, user), run.job.links.get(user.managerId ?? '')]);
    if (isDue(run, id, seen, initial))
      outcomes.push(note(run, id, seen, await provisionUser(run, user, options)));
  }
  for (const id of run.scope.groups) {
    const group = tenant.groups.get(id);
    if (!group) continue;
    const members = [...group.members].map((member) => [member, run.job.links.get(member)]);
    const seen = JSON.stringify([group.displayName, group.description, members]);
    if (isDue(run, id, seen, initial))
      outcomes.push(note(run, id, seen, await provisionGroup(run, group, options)));
  }
  return outcomes;
}

/** Whether an object has to be looked at: in an initial cycle all are; later what changed, and what failed when it is time. */
function isDue(run: Run, id: string, seen: string, initial: boolean): boolean {
  if (initial) return true;
  const escrow = run.memory.escrows.get(id);
  if (escrow && run.memory.exported.get(id) === seen) return escrow.nextAt <= run.state.clock.now();
  return run.memory.exported.get(id) !== seen;
}

function note(run: Run, id: string, seen: string, outcome: Outcome): Outcome {
  const { memory } = run;
  memory.exported.set(id, seen);
  if (outcome.status !== 'failure') memory.escrows.delete(id);
  else {
    const attempts = (memory.escrows.get(id)?.attempts ?? 0) + 1;
    const wait = Math.min(CYCLE_MS * 2 ** (attempts - 1), LONGEST_BACKOFF);
    memory.escrows.set(id, { attempts, nextAt: run.state.clock.now() + wait });
  }
  return outcome;
}

function finish(run: Run, outcomes: readonly Outcome[], initial: boolean, began: number): number | undefined {
  const { job, memory, scope, state } = run;
  const ended = state.clock.now();
  const cycleId = randomUUID();
  // What needed no change is told of only once.
  for (const outcome of outcomes)
    if (initial || outcome.status !== 'skipped')
      state.tenant.provisioningLogs.push(logRow(run, outcome, { cycleId, began, ended }));
  const failures = outcomes.filter((one) => one.status === 'failure').length;
  if (failures >= FEWEST_FAILURES && failures > 0.4 * outcomes.length)
    return markQuarantine(job, began, ended, 'EncounteredEscrowProportionThreshold', {
      code: 'EncounteredEscrowProportionThreshold',
      message: 'Most of the objects in scope could not be provisioned.',
    });
  const links = [...job.links.keys()];
  const groups = links.filter((id) => memory.groups.has(id)).length;
  markRun(job, {
    began,
    ended,
    failures: memory.escrows.size,
    users: links.length - groups,
    groups,
    counts: {
      entitled: scope.users.size + scope.groups.size,
      escrowed: memory.escrows.size,
      exported: outcomes.filter((one) => one.status === 'success').length,
      imported: outcomes.length,
    },
  });
  return ended + CYCLE_MS;
}
