import type { Kept, TickId } from '../../guide/kept.ts';
import type { Finding } from '../../guide/requirement.ts';

/** The requirements that rest on what the admin confirms. */
const ticks: ReadonlyMap<string, TickId> = new Map([
  ['profile.created', 'profile'],
  ['provisioning.tokenCount', 'tokenCount'],
  ['people.groupSubscription', 'groupSubscription'],
  ['people.subscriptionActivated', 'subscriptionActivated'],
  ['people.seatsReviewed', 'seatsReviewed'],
]);

/** The tick that a finding asks for, or rests on. */
export function tickOf(finding: Pick<Finding, 'id' | 'action'>): TickId | undefined {
  if (finding.action?.kind === 'tick') return finding.action.tick;
  const [, left] = /^people\.left\.(.+)$/.exec(finding.id) ?? [];
  return left === undefined ? ticks.get(finding.id) : `left.${left}`;
}

/** Whether the admin ticked it. */
export function isTicked(kept: Kept, tick: TickId): boolean {
  return kept.ticks[tick] !== undefined;
}

/** The domain that a finding is about, if it is about one: its id is `profile.domain.<name>.…`. */
export function domainOf({ id, action }: Pick<Finding, 'id' | 'action'>, kept: Kept): string | undefined {
  if (action && 'domain' in action) return action.domain;
  return kept.domains.find(({ name }) => id.startsWith(`profile.domain.${name}.`))?.name;
}
