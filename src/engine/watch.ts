import type { Health } from '../guide/health.ts';

/** Milliseconds between looks while something waits; each look that brings nothing new takes the next, last one stays. */
const intervals = [15_000, 30_000, 60_000, 120_000, 300_000] as const;

/**
 * How long to wait before looking again by itself, in milliseconds; `undefined`: not at all, nothing waits.
 * A wait whose end is known is looked at soon after its end, never later than the back-off says.
 */
export function nextLook(health: Health, unchangedLooks: number, now: number): number | undefined {
  const waiting = health.steps
    .flatMap((step) => step.findings)
    .filter((finding) => finding.status === 'waiting');
  if (waiting.length === 0) return undefined;
  const backOff = intervals[Math.min(unchangedLooks, intervals.length - 1)] ?? 300_000;
  const ends = waiting.flatMap((finding) => {
    const until = finding.waiting?.until;
    return until !== undefined && until > now ? [until - now + 2_000] : [];
  });
  return Math.min(backOff, ...ends);
}
