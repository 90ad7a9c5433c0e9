import type { Clock } from '../clock.ts';
import type { ReplicatedItems, ReplicatedParts } from '../state.ts';
import { createHistory } from './history.ts';
import type { History } from './history.ts';
import { lagNames } from './lag.ts';
import type { Lag } from './lag.ts';
import type { Replication } from './types.ts';

type Histories<T> = { readonly [K in keyof T]: History<T[K]> };
type Latest = { readonly [K in keyof ReplicatedItems]: ReadonlyMap<string, ReplicatedItems[K]> };

/** Replication of a tenant's collections. Nothing is hidden at first. */
export function createReplication(
  tenant: Latest,
  clock: Clock,
  lag: Lag,
): Replication<ReplicatedItems, ReplicatedParts> {
  let current = lag;
  /** No reader's knowledge ends before these moments any more. */
  const floor = { objects: 0, lists: 0, templates: 0, targets: 0, logs: 0 };
  const items: Histories<ReplicatedItems> = {
    applications: createHistory(),
    servicePrincipals: createHistory(),
    deletedItems: createHistory(),
    users: createHistory(),
    groups: createHistory(),
    appRoleAssignments: createHistory(),
    grants: createHistory(),
  };
  const parts: Histories<ReplicatedParts> = {
    secrets: createHistory(),
    schema: createHistory(),
    job: createHistory(),
  };

  const horizon = (view: keyof Lag): number => Math.max(floor[view], clock.now() - current[view]);
  const raiseFloor = (moment: (view: keyof Lag) => number): void => {
    for (const view of lagNames) floor[view] = Math.max(floor[view], moment(view));
  };
  /** The history of a collection or part, without what no reader needs any more. */
  const pruned = <T>(history: History<T>): History<T> => {
    history.forget(Math.min(horizon('objects'), horizon('lists'), horizon('templates'), horizon('targets')));
    return history;
  };

  return {
    get lag() {
      return current;
    },
    set lag(next) {
      raiseFloor(horizon);
      current = next;
    },
    before: <K extends keyof ReplicatedItems>(collection: K, id: string) => {
      const now = tenant[collection].get(id);
      const history: History<ReplicatedItems[K]> = items[collection];
      pruned(history).keep(id, clock.now(), now && structuredClone(now));
    },
    beforePart: <K extends keyof ReplicatedParts>(
      part: K,
      id: string,
      now: ReplicatedParts[K] | undefined,
    ) => {
      const history: History<ReplicatedParts[K]> = parts[part];
      pruned(history).keep(id, clock.now(), now && structuredClone(now));
    },
    one: (view, collection, id) => items[collection].seen(id, horizon(view), tenant[collection].get(id)),
    all: <K extends keyof ReplicatedItems>(view: keyof Lag, collection: K) => {
      const history: History<ReplicatedItems[K]> = pruned(items[collection]);
      const known: ReadonlyMap<string, ReplicatedItems[K]> = tenant[collection];
      const written = [...history.ids()];
      if (written.length === 0) return [...known.values()];
      const moment = horizon(view);
      const ids = [...known.keys(), ...written.filter((id) => !known.has(id))];
      return ids.flatMap((id) => history.seen(id, moment, known.get(id)) ?? []);
    },
    part: (view, part, id, latest) => parts[part].seen(id, horizon(view), latest),
    arrived: (rows, property) => {
      const moment = horizon('logs');
      return rows.filter((row) => Date.parse(String(row[property])) <= moment);
    },
    settle: () => raiseFloor(() => clock.now()),
  };
}
