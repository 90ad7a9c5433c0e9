/**
 * How long writes stay hidden from reads, in milliseconds of the sandbox's clock. Microsoft publishes no replication
 * times: what is known is which reads lag and that lists lag longer than objects.
 */
export interface Lag {
  /** GET of one object by its key, and of what hangs on it. */
  readonly objects: number;
  /** Collections, with or without a filter. */
  readonly lists: number;
  /** Synchronization templates of a new service principal, and jobs made from them. */
  readonly templates: number;
  /** A new principal or resource as the target of an assignment. */
  readonly targets: number;
  /** Rows of the logs. */
  readonly logs: number;
}

export const lagNames = ['objects', 'lists', 'templates', 'targets', 'logs'] as const;

/** Reads see every write at once. */
export const noLag: Lag = { objects: 0, lists: 0, templates: 0, targets: 0, logs: 0 };

/** What an administrator meets on an ordinary day. */
export const realisticLag: Lag = {
  objects: 2_000,
  lists: 5_000,
  templates: 10_000,
  targets: 10_000,
  logs: 120_000,
};

/** A lag by its name on the command line, `none`, `realistic` or milliseconds for all; undefined for anything else. */
export function lagNamed(name: string): Lag | undefined {
  if (name === 'none') return noLag;
  if (name === 'realistic') return realisticLag;
  if (!/^\d{1,7}$/.test(name)) return undefined;
  const all = Number(name);
  return { objects: all, lists: all, templates: all, targets: all, logs: all };
}
