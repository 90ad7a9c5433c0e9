import { actions } from './actions.ts';
import type { ActionName } from './actions.ts';
import type { Scene } from './scene.ts';

/** Everything that the guide asks for, in its order, until people have their seats and the job is in steady state. */
export const healthy = [
  'register',
  'setIdUri',
  'addScopes',
  'addRedirectUris',
  'setTokenVersion',
  'consent',
  'createProfile',
  'verifyDomain',
  'saveCredentials',
  'createJob',
  'correctMappings',
  'assignGroup',
  'start',
  'runCycle',
  'subscribeGroups',
] as const satisfies readonly ActionName[];

/** A step of the healthy set-up. */
export type Step = (typeof healthy)[number];

/** How a set-up differs from the healthy one. */
export interface Variation {
  /** The last step that was done. */
  readonly until?: Step;
  /** Steps that were left out. */
  readonly without?: readonly Step[];
  /** Steps that were done in another way. */
  readonly instead?: Readonly<Partial<Record<Step, ActionName | readonly ActionName[]>>>;
  /** What happened afterwards. */
  readonly then?: readonly ActionName[];
}

/** The actions that lead to a set-up. */
export function actionsOf({ until, without = [], instead = {}, then = [] }: Variation): ActionName[] {
  const steps = until === undefined ? healthy : healthy.slice(0, healthy.indexOf(until) + 1);
  const done = steps
    .filter((step) => !without.includes(step))
    .flatMap((step): readonly ActionName[] => [instead[step] ?? step].flat());
  return [...done, ...then];
}

/** Makes a set-up, one action after the other. */
export async function carryOut(names: readonly ActionName[], scene: Scene): Promise<void> {
  for (const name of names) await actions[name](scene);
}
