import * as v from 'valibot';
import { changesOf } from '../entra/directoryAudits.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import {
  baselineOf,
  drifted,
  nextBaseline,
  type Baseline,
  type DirectoryChange,
  type Drift,
} from '../guide/drift.ts';
import { valueOf } from '../guide/snapshot.ts';
import { askFor } from './askFor.ts';
import type { Journal } from './journal.ts';
import type { KeyValue } from './ports.ts';
import type { Observation } from './session.ts';

/** A change may be read back as it was before for about this long, in milliseconds: Entra replicates. */
const showsWithin = 2 * 60_000;

const baselineShape = v.object({ at: v.number(), appId: v.string(), met: v.array(v.string()) });

/** Holds each look against the last one that is kept, over restarts too; every change is told once. */
export interface DriftWatch {
  /** `undefined` when nothing broke, or when this tool changed the tenant itself since the last look. */
  compare(seen: Observation): Promise<Drift | undefined>;
  clear(): Promise<void>;
}

export function driftWatch(
  graph: GraphClient,
  deps: {
    readonly keyValue: KeyValue;
    readonly key: string;
    readonly journal: Journal;
    readonly now: () => number;
  },
): DriftWatch {
  const key = `baseline/${deps.key}`;
  const read = (): Baseline | undefined => {
    const parsed = v.safeParse(baselineShape, deps.keyValue.get(key));
    return parsed.success ? parsed.output : undefined;
  };
  return {
    async compare({ snapshot, health }) {
      const now = baselineOf(snapshot, health);
      if (now === undefined) return undefined;
      const before = read();
      if (before !== undefined && before.at >= now.at) return undefined;
      await deps.keyValue.set(key, nextBaseline(before, now, health));
      if (before?.appId !== now.appId) return undefined;
      const findings = drifted(before, health);
      if (findings.length === 0) return undefined;
      // An apply, or taking one back, is no news to whoever did it, nor is what of it the last look did not show yet.
      if ((await deps.journal.entries()).some(({ at }) => at >= before.at - showsWithin)) return undefined;
      return { findings, change: await lastChange(snapshot, before.at) };
    },
    clear: () => deps.keyValue.set(key, undefined),
  };

  /** The newest change since then of what belongs to Kiro; nothing where the log may not be read. */
  async function lastChange(
    snapshot: Observation['snapshot'],
    since: number,
  ): Promise<DirectoryChange | undefined> {
    const ids = [valueOf(snapshot.application)?.id, valueOf(snapshot.servicePrincipal)?.id];
    const found: DirectoryChange[] = [];
    for (const id of ids) {
      if (id === undefined) continue;
      const changes = await askFor(graph, changesOf(id), { now: deps.now });
      found.push(...(valueOf(changes) ?? []));
    }
    return found.filter(({ at }) => at > since).sort((one, other) => other.at - one.at)[0];
  }
}
