import type { Change, Choices, Plan } from './change.ts';
import { obstacle } from './obstacle.ts';
import type { StepNumber } from './requirement.ts';
import { requirements } from './requirements.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * The changes that turn what is unmet in a step into met, in the order in which they are made; with `only`, just what
 * meets those requirements; what is planned alone is left out without it. Depends on nothing but its arguments: the same look and choices give the same plan. Where
 * nothing is unmet, there are no changes.
 */
export function makePlan(
  snapshot: Snapshot,
  step: StepNumber,
  choices: Choices,
  only?: readonly string[],
): Plan {
  const first = new Map<string, Change>();
  const changes = new Map<string, Change>();
  const blockedBy: Plan['blockedBy'][number][] = [];
  for (const requirement of requirements(snapshot, choices)) {
    if (requirement.step !== step || requirement.plan === undefined) continue;
    if (only === undefined ? requirement.alone === true : !only.includes(requirement.id)) continue;
    const unmet = requirement.evaluate(snapshot).status === 'unmet';
    if (unmet) for (const change of requirement.first?.(snapshot) ?? []) first.set(change.id, change);
    if (!unmet && requirement.wanted?.(choices) !== true) continue;
    const reason = obstacle(snapshot, step, requirement.id);
    const planned = reason === undefined ? requirement.plan(snapshot, choices) : { blocked: reason };
    if ('blocked' in planned) {
      blockedBy.push({ requirement: requirement.id, reason: planned.blocked });
      continue;
    }
    // One change may meet several requirements: the first that asks for it gives its place.
    for (const change of planned) if (!changes.has(change.id)) changes.set(change.id, change);
  }
  return {
    step,
    choices,
    ...(only === undefined ? {} : { only }),
    changes: [...first.values(), ...changes.values()],
    blockedBy,
  };
}
