import type { Clock } from '../clock.ts';
import type { ReplicatedItems, ReplicatedParts } from '../state.ts';
import { createHistory } from './history.ts';
import type { History } from './history.ts';
import { lagNames } from './lag.ts';
import type { Lag } from './lag.ts';
import type { Replication } from './types.ts';

type Latest = { readonly [K in keyof ReplicatedItems]: ReadonlyMap<string, ReplicatedItems[K]> };

/** One collection, with what reads go on seeing of it. */
interface Followed<T> {
  before(id: string): void;
  one(moment: number, id: string): T | undefined;
  all(moment: number): T[];
}

/** Replication of a tenant's collections. Nothing is hidden at first. */
export function createReplication(
  tenant: Latest,
  clock: Clock,
  lag: Lag,
): Replication<ReplicatedItems, ReplicatedParts> {
  let current = lag;
  /** No reader's knowledge ends before these moments any more. */
  const floor = { objects: 0, lists: 0, templates: 0, targets: 0, logs: 0 };
  const horizon = (view: keyof Lag): number => Math.max(floor[view], clock.now() - current[view]);
  const raiseFloor = (moment: (view: keyof Lag) => number): void => {
    for (const view of lagNames) floor[view] = Math.max(floor[view], moment(view));
  };
  /** Up to here every reader knows everything. */
  const common = (): number =>
    Math.min(horizon('objects'), horizon('lists'), horizon('templates'), horizon('targets'));

  const follow = <T>(latest: ReadonlyMap<string, T>): Followed<T> => {
    const history = createHistory<T>();
    return {
      before: (id) => {
        history.forget(common());
        history.keep(id, clock.now(), structuredClone(latest.get(id)));
      },
      one: (moment, id) => history.seen(id, moment, latest.get(id)),
      all: (moment) => {
        history.forget(common());
        const written = [...history.ids()];
        if (written.length === 0) return [...latest.values()];
        const ids = [...latest.keys(), ...written.filter((id) => !latest.has(id))];
        return ids.flatMap((id) => history.seen(id, moment, latest.get(id)) ?? []);
      },
    };
  };
  const items: { readonly [K in keyof ReplicatedItems]: Followed<ReplicatedItems[K]> } = {
    applications: follow(tenant.applications),
    servicePrincipals: follow(tenant.servicePrincipals),
    deletedItems: follow(tenant.deletedItems),
    users: follow(tenant.users),
    groups: follow(tenant.groups),
    appRoleAssignments: follow(tenant.appRoleAssignments),
    grants: follow(tenant.grants),
  };
  const parts: { readonly [K in keyof ReplicatedParts]: History<ReplicatedParts[K]> } = {
    secrets: createHistory(),
    schema: createHistory(),
    job: createHistory(),
  };

  return {
    get lag() {
      return current;
    },
    set lag(next) {
      raiseFloor(horizon);
      current = next;
    },
    before: (collection, id) => items[collection].before(id),
    beforePart: (part, id, now) => {
      parts[part].forget(common());
      parts[part].keep(id, clock.now(), structuredClone(now));
    },
    one: (view, collection, id) => items[collection].one(horizon(view), id),
    all: (view, collection) => items[collection].all(horizon(view)),
    part: (view, part, id, latest) => parts[part].seen(id, horizon(view), latest),
    arrived: (rows, property) => {
      const moment = horizon('logs');
      return rows.filter((row) => Date.parse(String(row[property])) <= moment);
    },
    settle: () => raiseFloor(() => clock.now()),
  };
}
