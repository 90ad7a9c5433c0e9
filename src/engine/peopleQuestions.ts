import type { ReadOptions } from '../entra/batch.ts';
import type { AccessOverview } from '../guide/diagnosis/access.ts';
import type { GroupForecast } from '../guide/diagnosis/accessForecast.ts';
import type { Snapshot } from '../guide/snapshot.ts';
import { forecast, whoCan } from './whoCan.ts';
import { whyPerson, type WhyAnswer, type WhyDeps, type WhyOptions } from './whyPerson.ts';

/** Questions about people, answered by reading. */
export interface PeopleQuestions {
  /** Why somebody can't use Kiro, by a name, an address or an object id. Looks afresh. */
  why(typed: string, options?: WhyOptions): Promise<WhyAnswer>;
  /** Everybody who gets a seat or could sign in, and by which path. Looks afresh. */
  whoCan(options?: { readonly signal?: AbortSignal }): Promise<AccessOverview>;
  /** What assigning these groups would come to, against the last look; empty before the first. */
  forecast(
    groupIds: readonly string[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly GroupForecast[]>;
}

/** The questions of one session. */
export function peopleQuestions(
  deps: WhyDeps & { readonly seen: () => Snapshot | undefined },
): PeopleQuestions {
  const reading = (options: { readonly signal?: AbortSignal } = {}): ReadOptions => ({
    now: deps.kiro.now,
    ...(options.signal && { signal: options.signal }),
  });
  return {
    why: (typed, options = {}) => whyPerson(deps, typed, options),
    whoCan: async (options) => whoCan(deps.graph, (await deps.observe()).snapshot, reading(options)),
    forecast: async (groupIds, options) => {
      const snapshot = deps.seen();
      return snapshot === undefined ? [] : forecast(deps.graph, snapshot, groupIds, reading(options));
    },
  };
}
