import type { Plan } from '../../guide/change.ts';
import type { PersonAccount } from '../../guide/diagnosis/person.ts';
import type { KiroState, LeavingView } from '../../guide/leaving/leavingPaths.ts';
import type { Observed } from '../../guide/snapshot.ts';
import type { Text } from '../../guide/text.ts';

export interface LeavingOptions {
  readonly signal?: AbortSignal;
  /** The change under way. */
  readonly onProgress?: (progress: { readonly title: Text }) => void;
}

/** What still gives access. */
export interface Left {
  readonly direct: number;
  /** Names. */
  readonly groups: readonly string[];
  /** Why it could not be seen. */
  readonly unseen?: Text;
}

/** How a removal ended. Whatever is left of it is done by the same command once more. */
export interface LeavingReport {
  readonly result: 'done' | 'cancelled' | 'failed';
  /** Ids of the changes that were made. */
  readonly made: readonly string[];
  readonly left: Left;
  readonly inKiro: Observed<KiroState>;
  /** One sentence for the end. */
  readonly summary: Text;
}

/** Removing a person's access: paths found, removed, pushed to Kiro and read back. */
export interface Leaving {
  /** People by an object id, an address or the start of a name; twenty at most. Rejects with a `GraphError`. */
  find(typed: string, options?: { readonly signal?: AbortSignal }): Promise<readonly PersonAccount[]>;
  /** What gives the person access. Looks afresh. Rejects with a `BadInput` sentence where that can't be told. */
  look(person: PersonAccount, options?: { readonly signal?: AbortSignal }): Promise<LeavingView>;
  /** What removing would do; of memberships only those in these groups. Sends nothing. */
  plan(view: LeavingView, groupIds: readonly string[]): Plan;
  /** Carries it out. The task that stays open is kept before the first request. Never rejects for what a service refuses. */
  run(view: LeavingView, plan: Plan, options: LeavingOptions): Promise<LeavingReport>;
}
