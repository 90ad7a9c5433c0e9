import type { Kept, TickId } from '../../guide/kept.ts';
import type { Finding } from '../../guide/requirement.ts';

const all: readonly TickId[] = [
  'profile',
  'tokenCount',
  'groupSubscription',
  'subscriptionActivated',
  'seatsReviewed',
];

/** The tick that a finding asks for, or rests on: then the last part of its id is the tick's. */
export function tickOf(finding: Finding): TickId | undefined {
  if (finding.action?.kind === 'tick') return finding.action.tick;
  return all.find((tick) => finding.id.endsWith(`.${tick}`));
}

/** Whether the admin ticked it. */
export function isTicked(kept: Kept, tick: TickId): boolean {
  return kept.ticks[tick] !== undefined;
}

/** The domain that a finding is about, if it is about one. */
export function domainOf(finding: Finding, kept: Kept): string | undefined {
  if (finding.action && 'domain' in finding.action) return finding.action.domain;
  return kept.domains.find(({ name }) => finding.id.endsWith(`.${name}`) || finding.id.endsWith(`:${name}`))
    ?.name;
}
