import type { Comparison } from '../../guide/comparison.ts';
import type { Snapshot } from '../../guide/snapshot.ts';
import type { Journal } from '../journal.ts';
import type { KiroDeps } from '../observeKiro.ts';
import type { OnDemand } from '../onDemandDesk.ts';
import type { Clock } from '../ports.ts';

/** What a rescue needs of its session. */
export interface RescueDeps {
  readonly kiro: KiroDeps;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly account: string;
  readonly onDemand: OnDemand;
  readonly compare: (options: { readonly signal?: AbortSignal }) => Promise<Comparison>;
  readonly seen: () => Snapshot | undefined;
}
