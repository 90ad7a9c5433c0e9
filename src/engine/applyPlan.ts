import type { Change, Plan } from '../guide/change.ts';
import { makePlan } from '../guide/plan.ts';
import type { StepNumber } from '../guide/step.ts';
import { text, type Text } from '../guide/text.ts';
import { mergeRequests, type RequestGroup } from './mergeRequests.ts';
import type { Clock } from './ports.ts';
import type { ApplyOptions, ApplyOutcome, Observation } from './session.ts';

/** What applying needs: a way to look and a way to send one group of changes. */
export interface ApplyDeps {
  readonly clock: Clock;
  readonly observe: () => Promise<Observation>;
  /** Why something of the step, or of these requirements, could not be seen in the last look; `undefined` when all was. */
  readonly unseen: (step: StepNumber, only?: readonly string[]) => Text | undefined;
  /** Sends, journals and interprets; resolves with a sentence if the service refused, `undefined` if all is well. */
  readonly send: (group: RequestGroup) => Promise<Text | undefined>;
}

/** Milliseconds to wait for a write to become visible to reads, look by look: about a minute in all. */
const replicationWaits = [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/** A plan becomes fully concrete after few rounds; more means that the tenant moves under us. */
const maxRounds = 12;

/**
 * Carries a previewed plan out in rounds: send what is concrete, look, plan again. A foreseen change becomes concrete
 * under the id it was previewed with; a change that was not previewed is never made. Cancelling stops between two
 * requests, never inside one, and leaves a state that the next apply completes.
 */
export async function applyPlan(plan: Plan, deps: ApplyDeps, options: ApplyOptions): Promise<ApplyOutcome> {
  const previewed = new Set(plan.changes.map((change) => change.id));
  const made: string[] = [];
  let current = plan;
  for (let round = 0; round < maxRounds; round += 1) {
    const strange = current.changes.find((change) => !previewed.has(change.id));
    if (strange)
      return outcome(
        'changed',
        made,
        text('“{0}” is needed too and was not in the preview. Look at the new preview.', strange.title),
      );
    const groups = mergeRequests(current.changes.filter((change) => !made.includes(change.id)));
    if (groups.length === 0) return finished(current, made, deps.unseen(plan.step, plan.only));
    const sent: Change[] = [];
    for (const group of groups) {
      if (options.signal?.aborted) return cancelled(made);
      const title = group.changes[0]?.title;
      if (title) options.onProgress?.({ title, done: made.length, total: previewed.size });
      const refusal = await unlessAborted(deps.send(group), options.signal);
      if (refusal === 'cancelled') return cancelled(made);
      if (refusal) return outcome('failed', made, refusal);
      made.push(...group.changes.map((change) => change.id));
      sent.push(...group.changes);
    }
    const next = await planAgain(plan, sent, deps, options);
    if (next === 'cancelled') return cancelled(made);
    current = next;
  }
  return outcome(
    'failed',
    made,
    text('The tenant kept changing while the plan was carried out. Look at it and apply again.'),
  );
}

/** Looks until reads show what was written, or until waiting longer would only keep the admin waiting. */
async function planAgain(
  plan: Plan,
  sent: readonly Change[],
  deps: ApplyDeps,
  options: ApplyOptions,
): Promise<Plan | 'cancelled'> {
  const ids = new Set(sent.map((change) => change.id));
  const meets = sent.flatMap((change) => change.meets);
  let next = plan;
  for (const wait of replicationWaits) {
    try {
      if (wait > 0) await deps.clock.sleep(wait, options.signal);
    } catch {
      return 'cancelled';
    }
    const { snapshot } = await deps.observe();
    next = makePlan(snapshot, plan.step, plan.choices, plan.only);
    // What a look could not see is neither made nor missing: look again.
    if (deps.unseen(plan.step, meets) !== undefined) continue;
    if (!next.changes.some((change) => ids.has(change.id) && change.request.kind === 'graph')) return next;
  }
  return next;
}

/** A wait that was cancelled ends like a cancel between two requests. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | 'cancelled'> {
  try {
    return await work;
  } catch (error) {
    if (signal?.aborted) return 'cancelled';
    throw error;
  }
}

/** Two applies at once would plan against each other's half-made changes. */
export const underWay: ApplyOutcome = outcome(
  'failed',
  [],
  text('Changes are being made already. Wait until they are done, then apply again.'),
);

function finished(current: Plan, made: readonly string[], unseen: Text | undefined): ApplyOutcome {
  const open = current.changes.filter((change) => !made.includes(change.id));
  const stale = current.changes.filter((change) => made.includes(change.id));
  const reason = current.blockedBy[0]?.reason;
  if (open.length === 0 && stale.length === 0) {
    // Nothing planned is not nothing to do when the plan stands on what could not be seen.
    const blind = reason ?? unseen;
    return blind ? outcome('waiting', made, blind) : outcome('done', made, doneSentence(made.length));
  }
  if (reason) return outcome('waiting', made, reason);
  const first = open[0] ?? stale[0];
  return outcome(
    'waiting',
    made,
    first
      ? text(
          '“{0}” is not visible in Entra yet. Look again in a few minutes and apply again if it still is open.',
          first.title,
        )
      : doneSentence(made.length),
  );
}

function doneSentence(count: number): Text {
  if (count === 0) return text('Nothing to change: the tenant is as the guide wants it.');
  return count === 1
    ? text('1 change made and seen in the tenant.')
    : text('{0} changes made and seen in the tenant.', count);
}

function cancelled(made: readonly string[]): ApplyOutcome {
  return outcome(
    'cancelled',
    made,
    made.length === 0
      ? text('Cancelled before anything was changed.')
      : text('Cancelled after {0} changes. Apply again to complete the rest.', made.length),
  );
}

function outcome(result: ApplyOutcome['result'], made: readonly string[], summary: Text): ApplyOutcome {
  return { result, made, summary };
}
