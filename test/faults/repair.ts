import type { Choices } from '../../src/guide/change.ts';
import { format } from '../../src/guide/text.ts';
import { createPerson } from '../../scripts/rehearse/person.ts';
import { walkFiveSteps } from '../../scripts/rehearse/fiveSteps.ts';
import { enterConsole, lookAtConsole } from './admin.ts';
import type { Fault } from './fault.ts';
import type { Place } from './place.ts';

export interface Mended {
  readonly changes: number;
  readonly said: readonly string[];
}

/** Longest way from one cycle to the next and to the one after it, in minutes. */
const cycle = 41;

/**
 * Mends a set-up as an admin does: what only a person can do by hand, then step after step by plan and apply. Tells
 * what was changed, and what an apply said that did not end well.
 */
export async function repair(place: Place, fault: Fault, groups: Choices['groups']): Promise<Mended> {
  const { session, endpoints } = place;
  const said: string[] = [];
  let changes = 0;
  const before = await lookAtConsole(endpoints);
  if (!before.profile || before.groups.length === 0) return unfinished(place);
  for (const step of fault.byHand ?? []) await place.carryOut(step);
  if (fault.byHand?.some((step) => typeof step === 'object' && 'kiro' in step && step.kiro === 'tokens')) {
    const secret = place.sandbox.state.kiro.profile?.tokens.at(-1)?.secret ?? '';
    await enterConsole(session, endpoints);
    await session.keepScimToken(secret, session.now());
  }
  for (const step of [1, 2, 4, 5] as const) {
    await session.observe();
    const plan = session.plan(step, { choices: { groups } });
    if (plan.changes.length === 0) continue;
    const outcome = await session.apply(plan, {});
    changes += outcome.made.length;
    if (outcome.result !== 'done') said.push(`step ${step}: ${format(outcome.summary)}`);
  }
  const { health } = await session.observe();
  const alone = health.steps
    .flatMap(({ findings }) => findings)
    .filter(({ action }) => action?.kind === 'applyAlone');
  for (const { id, step } of alone) {
    const outcome = await session.apply(session.plan(step, { choices: { groups }, only: [id] }), {});
    changes += outcome.made.length;
    if (outcome.result !== 'done') said.push(`${id}: ${format(outcome.summary)}`);
  }
  await place.carryOut({ minutes: cycle });
  await enterConsole(session, endpoints);
  return { changes, said };
}

/** A set-up that never came to people is gone on with, through all five steps. */
async function unfinished({ session, endpoints }: Place): Promise<Mended> {
  try {
    await walkFiveSteps({ session, person: createPerson(endpoints), say: () => undefined });
    return { changes: 1, said: [] };
  } catch (error) {
    return { changes: 1, said: [error instanceof Error ? error.message : String(error)] };
  }
}
