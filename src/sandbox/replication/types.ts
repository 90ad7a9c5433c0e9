import type { Lag } from './lag.ts';

/** Who reads: each lags for itself. */
export type View = Exclude<keyof Lag, 'logs'>;

/**
 * What reads see of a tenant whose writes take time to be known everywhere. The tenant's maps hold what is true; this
 * holds what was true a moment ago. It depends on nothing but the clock, so that a test can step through it, and what
 * one read has seen, later reads of its kind see, also when the lag is changed meanwhile.
 *
 * `Items` are the tenant's collections of objects; `Parts` hang on an object and are written apart from it.
 */
export interface Replication<Items, Parts> {
  lag: Lag;
  /** To be called before each write to a collection: reads go on with what it holds now. */
  before(collection: keyof Items, id: string): void;
  /** The same for a part; `now` is what it holds, undefined when there is none. */
  beforePart<K extends keyof Parts>(part: K, id: string, now: Parts[K] | undefined): void;
  /** An object as a reader sees it, perhaps an older version; undefined: not there yet, or gone. */
  one<K extends keyof Items>(view: View, collection: K, id: string): Items[K] | undefined;
  /** A whole collection as a reader sees it. */
  all<K extends keyof Items>(view: View, collection: K): Items[K][];
  /** A part as a reader sees it; `latest` is what it is now. */
  part<K extends keyof Parts>(
    view: View,
    part: K,
    id: string,
    latest: Parts[K] | undefined,
  ): Parts[K] | undefined;
  /** The rows of a log that have arrived; `property` holds the moment of each. */
  arrived<T extends Readonly<Record<string, unknown>>>(rows: readonly T[], property: string): T[];
  /** Makes everything known at once, as after a pause that was long enough. */
  settle(): void;
}
