import type { OverallHealth } from '../guide/health.ts';

/** The health that is shown, and the worse one that only one look has said so far. */
export interface Steady {
  readonly shown: OverallHealth;
  readonly doubted?: OverallHealth;
}

/**
 * Keeps a blip between two good readings from flashing red: `failing` and `unknown` are shown when a second look says
 * the same, or when nothing better was shown before. While `doubted` stands, look again soon.
 */
export function steady(previous: Steady | undefined, seen: OverallHealth): Steady {
  const alarming = seen === 'failing' || seen === 'unknown';
  if (!previous || !alarming || previous.shown === seen || previous.doubted === seen) return { shown: seen };
  return { shown: previous.shown, doubted: seen };
}
