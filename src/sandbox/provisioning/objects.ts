import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { GraphGroup, GraphUser } from '../state.ts';
import { awaitedManager } from './manager.ts';
import { escrow } from './memory.ts';
import type { Outcome } from './outcome.ts';
import { provisionGroup } from './provisionGroup.ts';
import { provisionUser } from './provisionUser.ts';
import { isActive, isGroupInScope, isInScope } from './run.ts';
import type { Run } from './run.ts';
import { CYCLE_MS, iso } from './status.ts';
import { testConnection } from './testConnection.ts';

const options = { byFilter: false, stopOnCredentials: true };
/** After so many objects the other servers of this process get their turn. */
const TURN = 250;

/** How the objects in scope are gone through. */
export interface Walk {
  /** Everyone, and not only what changed since the watermark. */
  readonly initial: boolean;
  /** Objects that the accidental-deletion threshold holds back. */
  readonly untouched: ReadonlySet<string>;
  note(outcome: Outcome): void;
}

/**
 * Brings what is in scope to the target: people, then groups, then the managers who arrived in the same cycle. Throws
 * `TargetError` when nothing else can be asked.
 */
export async function everyObject(run: Run, walk: Walk): Promise<void> {
  const { tenant } = run.state;
  const progress = walk.initial ? new Progress(run) : undefined;
  const withoutManager: GraphUser[] = [];
  let count = 0;
  for (const id of run.scope.users) {
    const user = tenant.users.get(id);
    progress?.step();
    if (++count % TURN === 0) await turn();
    if (!user || walk.untouched.has(id) || !isConcerned(run, user)) continue;
    run.memory.deletedAt.delete(id);
    const seen = userFingerprint(user, isActive(run, user));
    if (!isDue(run, id, seen, walk.initial)) continue;
    await handle(run, id, seen, walk, () => provisionUser(run, user, options));
    if (awaitedManager(run, user) !== undefined) withoutManager.push(user);
    else run.memory.references.delete(id);
  }
  for (const id of run.scope.groups) {
    const group = tenant.groups.get(id);
    progress?.step();
    if (!group || walk.untouched.has(id) || !isGroupInScope(run, group)) continue;
    const seen = groupFingerprint(group);
    if (!isDue(run, id, seen, walk.initial)) continue;
    await handle(run, id, seen, walk, () => provisionGroup(run, group, options));
  }
  for (const user of withoutManager) await bringManager(run, user, walk);
}

/** Someone out of scope is another matter, and someone disabled who never was in the target is not looked at. */
function isConcerned(run: Run, user: GraphUser): boolean {
  return isInScope(run, user) && (user.accountEnabled || run.job.links.has(user.id));
}

/** Sends the reference to a manager who arrived later in this cycle, or waits for one who failed. */
async function bringManager(run: Run, user: GraphUser, walk: Walk): Promise<void> {
  const { memory } = run;
  const manager = awaitedManager(run, user);
  if (manager !== undefined) {
    if (memory.escrows.has(manager)) memory.references.set(user.id, new Set([manager]));
    return;
  }
  memory.references.delete(user.id);
  if (memory.escrows.has(user.id)) return;
  const seen = memory.exported.get(user.id) ?? '';
  await handle(run, user.id, seen, walk, () => provisionUser(run, user, options));
}

async function handle(
  run: Run,
  id: string,
  seen: string,
  walk: Walk,
  work: () => Promise<Outcome>,
): Promise<void> {
  const outcome = await work();
  run.memory.exported.set(id, seen);
  remember(run, id, outcome);
  walk.note(outcome);
  // Where the connection broke, the rest may be spared.
  if (['WebExceptionProtocolError', 'Timeout'].includes(outcome.errorCode ?? ''))
    await testConnection(run.target, run.rule);
}

/** Puts an object that failed into escrow, and takes one that didn't out of it. */
export function remember(run: Run, id: string, outcome: Outcome): void {
  const { memory, state } = run;
  if (outcome.status !== 'failure') memory.escrows.delete(id);
  else escrow(memory, id, { now: state.clock.now(), cycleMs: CYCLE_MS, reference: outcome.reference });
}

/** Whether an object has to be looked at: what changed, what failed when it is time, what a reference waits for. */
function isDue(run: Run, id: string, seen: string, initial: boolean): boolean {
  const { memory, job, state } = run;
  if (initial || memory.exported.get(id) !== seen) return true;
  const failed = memory.escrows.get(id);
  if (failed) return failed.nextAt <= state.clock.now();
  return [...(memory.references.get(id) ?? [])].some((awaited) => job.links.has(awaited));
}

/** What the service remembers of a person whom it looked at; `active` as it was sent. */
export function userFingerprint(user: GraphUser, active: boolean): string {
  return fingerprint(active, user);
}

/** What the service remembers of a group that it looked at. */
export function groupFingerprint(group: GraphGroup): string {
  return fingerprint(true, [group.displayName, group.description, [...group.members]]);
}

/** A short text that differs where the object differs; it begins with whether the object is to be active. */
function fingerprint(active: boolean, object: unknown): string {
  const digest = createHash('sha1').update(JSON.stringify(object)).digest('base64url');
  return `${active ? 'on' : 'off'} ${digest}`;
}

/** How far an initial cycle is, where Graph shows it (Microsoft Graph: synchronizationProgress). */
class Progress {
  #done = 0;
  readonly #run: Run;
  constructor(run: Run) {
    this.#run = run;
    this.#show();
  }

  step(): void {
    this.#done++;
    this.#show();
  }

  #show(): void {
    const { scope, job, state } = this.#run;
    job.status['progress'] = [
      {
        completedUnits: this.#done,
        totalUnits: scope.users.size + scope.groups.size,
        units: 'Objects',
        progressObservationDateTime: iso(state.clock.now()),
      },
    ];
  }
}
