import type { Plan } from '../../guide/change.ts';
import type { Kept } from '../../guide/kept.ts';
import type { Snapshot } from '../../guide/snapshot.ts';
import type { GraphClient } from '../../entra/graphClient.ts';
import type { Journal } from '../journal.ts';
import type { KiroDeps } from '../observeKiro.ts';
import type { OnDemand } from '../onDemandDesk.ts';
import type { Clock } from '../ports.ts';
import type { ApplyOptions, ApplyOutcome } from '../session.ts';

/** What removing somebody needs of its session. */
export interface LeavingDeps {
  readonly graph: GraphClient;
  /** Microsoft Graph's address with its version. */
  readonly root: string;
  readonly kiro: KiroDeps;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly account: string;
  readonly onDemand: OnDemand;
  /** Looks at the tenant afresh. */
  readonly observe: (options: { readonly signal?: AbortSignal }) => Promise<{ readonly snapshot: Snapshot }>;
  /** The last look. */
  readonly seen: () => Snapshot | undefined;
  /** Sends the changes of a plan one after another. */
  readonly send: (plan: Plan, options: ApplyOptions) => Promise<ApplyOutcome>;
  readonly keep: (update: (kept: Kept) => Kept) => Promise<void>;
}
