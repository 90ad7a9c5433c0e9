import type { Choices } from '../../src/guide/change.ts';
import type { StepNumber } from '../../src/guide/requirement.ts';
import { valueOf } from '../../src/guide/snapshot.ts';
import { leftOutId } from '../../src/guide/steps/leftOut.ts';
import { format } from '../../src/guide/text.ts';
import type { Session } from '../../src/engine/session.ts';
import { createPerson } from '../../scripts/rehearse/person.ts';
import { walkFiveSteps } from '../../scripts/rehearse/fiveSteps.ts';
import { enterConsole, lookAtConsole } from './admin.ts';
import type { Cause, Fault } from './fault.ts';
import type { Place } from './place.ts';
import { provisionNow, repairExternalIds } from './repairPeople.ts';

export interface Mended {
  readonly changes: number;
  readonly said: readonly string[];
}

/** Longest way from one cycle to the next and to the one after it, in minutes. */
const cycle = 41;

export interface Repairing {
  readonly groups: Choices['groups'];
  /** The cause that was named, where it was. */
  readonly named?: Cause;
}

/**
 * Mends a set-up as an admin does: what only a person can do by hand, then step after step by plan and apply, and by the
 * tool's own command where no plan helps. Tells what was changed, and what did not end well.
 */
export async function repair(place: Place, fault: Fault, { groups, named }: Repairing): Promise<Mended> {
  const { session, endpoints } = place;
  const { snapshot } = await session.observe();
  const before = await lookAtConsole(endpoints);
  const ran = valueOf(snapshot.job)?.status.lastSuccessfulExecution;
  if (!before.profile || (before.groups.length === 0 && !ran)) return unfinished(place, fault);
  await doByHand(place, fault);
  const said: string[] = [];
  let changes = 0;
  const count = (one: Mended): void => {
    changes += one.changes;
    said.push(...one.said);
  };
  for (const step of [1, 2, 4] as const) count(await applyPlan(session, step, { choices: { groups } }));
  count(await repairExternalIds(session));
  count(await applyPlan(session, 5, { choices: { groups } }));
  if (named) count(await provisionNow(session, named));
  if (named?.leaveOut) {
    // Without the attributes the person comes; then the mapping goes back to what it was.
    for (const choices of [{ leaveOut: named.leaveOut }, {}])
      count(await applyPlan(session, 4, { choices, only: [leftOutId] }));
  }
  const { health } = await session.observe();
  const alone = health.steps
    .flatMap(({ findings }) => findings)
    .filter(({ action }) => action?.kind === 'applyAlone');
  for (const { id, step } of alone)
    count(await applyPlan(session, step, { choices: { groups }, only: [id] }));
  await place.carryOut({ minutes: cycle });
  for (const step of fault.afterwards ?? []) await place.carryOut(step);
  await enterConsole(session, endpoints);
  return { changes, said };
}

/** What only a person can do, and the entering of a token that was made. */
async function doByHand(place: Place, { byHand = [] }: Fault): Promise<void> {
  const { session, endpoints, sandbox } = place;
  for (const step of byHand) await place.carryOut(step);
  if (!byHand.some((step) => typeof step === 'object' && 'kiro' in step && step.kiro === 'tokens')) return;
  await enterConsole(session, endpoints);
  await session.keepScimToken(sandbox.state.kiro.profile?.tokens.at(-1)?.secret ?? '', session.now());
}

async function applyPlan(
  session: Session,
  step: StepNumber,
  options: Parameters<Session['plan']>[1],
): Promise<Mended> {
  await session.observe();
  const plan = session.plan(step, options);
  if (plan.changes.length === 0) return { changes: 0, said: [] };
  const { result, made, summary } = await session.apply(plan, {});
  return {
    changes: made.length,
    said: result === 'done' ? [] : [`${options.only?.join() ?? `step ${step}`}: ${format(summary)}`],
  };
}

/** A set-up that never came to people is gone on with, through all five steps. */
async function unfinished(place: Place, { byHand = [] }: Fault): Promise<Mended> {
  const { session, endpoints } = place;
  for (const step of byHand) await place.carryOut(step);
  try {
    await walkFiveSteps({ session, person: createPerson(endpoints), say: () => undefined });
    return { changes: 1, said: [] };
  } catch (error) {
    return { changes: 1, said: [error instanceof Error ? error.message : String(error)] };
  }
}
