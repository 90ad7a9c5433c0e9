import type { Health } from './health.ts';
import type { Finding } from './requirement.ts';
import { valueOf, type Snapshot } from './snapshot.ts';

/** What was in order at a look, to be held against a later one. */
export interface Baseline {
  /** When that look was, epoch milliseconds. */
  readonly at: number;
  readonly appId: string;
  /** Ids of the requirements that were met. */
  readonly met: readonly string[];
}

/** One change of the directory, by whom and when. */
export interface DirectoryChange {
  /** Epoch milliseconds. */
  readonly at: number;
  /** For example `Update application`. */
  readonly activity: string;
  /** An account's name, or that of an application; `undefined` where the log names nobody. */
  readonly by: string | undefined;
}

/** What somebody else broke since the last look, and who it was as far as the directory's log can be read. */
export interface Drift {
  readonly findings: readonly Finding[];
  readonly change: DirectoryChange | undefined;
}

/** Of these the admin's own entries decide, here: a new token to save is no change of somebody else's. */
const ownEntries: ReadonlySet<string> = new Set(['provisioning.secrets', 'provisioning.credentials']);

/** `undefined` while there is no application, or it could not be read: nothing can be held against that. */
export function baselineOf(snapshot: Snapshot, health: Health): Baseline | undefined {
  const application = valueOf(snapshot.application);
  if (application === undefined) return undefined;
  const met = findingsOf(health).filter(({ status }) => status === 'met');
  return { at: snapshot.at, appId: application.appId, met: met.map(({ id }) => id) };
}

/**
 * What the later look keeps of a baseline: what could not be seen is neither broken nor in order, and stays as it was
 * known, so that a short fault of the network hides no change.
 */
export function nextBaseline(before: Baseline | undefined, now: Baseline, health: Health): Baseline {
  if (before?.appId !== now.appId) return now;
  const unseen = findingsOf(health).filter(({ status }) => status === 'unknown');
  const kept = unseen.map(({ id }) => id).filter((id) => before.met.includes(id));
  return { ...now, met: [...new Set([...now.met, ...kept])] };
}

/** Requirements that were met and no longer are, and that this tool would set right: somebody changed the tenant. */
export function drifted(before: Baseline, health: Health): readonly Finding[] {
  return findingsOf(health).filter(
    ({ id, status, action }) =>
      status === 'unmet' && action?.kind === 'apply' && before.met.includes(id) && !ownEntries.has(id),
  );
}

function findingsOf({ steps }: Health): readonly Finding[] {
  return steps.flatMap(({ findings }) => findings);
}
