import type { Plan } from '../guide/change.ts';
import { turnedTo, withoutApplication } from '../guide/formerApplication.ts';
import type { Kept } from '../guide/kept.ts';
import type { Text } from '../guide/text.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { applyPlan, underWay } from './applyPlan.ts';
import { BadInput } from './badInput.ts';
import { canRead, findByName } from './browse.ts';
import type { Connection } from './connection.ts';
import type { Journal } from './journal.ts';
import type { OnDemand } from './onDemandDesk.ts';
import { isNewApplication } from './patience.ts';
import type { Clock } from './ports.ts';
import { sendGroup, type SendDeps } from './sendGroup.ts';
import type { ApplyOptions, ApplyOutcome, Observation } from './session.ts';
import { takeBack } from './undo/takeBack.ts';
import { removesApplication } from './undo/undoPlan.ts';

/** What changing needs of the session. */
export interface ChangingDeps {
  readonly graph: GraphClient;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly connection: Connection;
  readonly scimToken: () => Promise<string | undefined>;
  /** Told what was sent and answered, so that the next look can ask for what it made. */
  readonly noticed: SendDeps['noticed'];
  /** A new look, in which somebody is there to be asked. */
  readonly look: () => Promise<Observation>;
  /** The last look. */
  readonly seen: () => Observation | undefined;
  readonly kept: () => Kept;
  readonly keep: (update: (kept: Kept) => Kept) => Promise<void>;
}

/** Everything that changes something in one connection: one at a time, the others are told that one is under way. */
export interface Changing {
  apply(plan: Plan, options: ApplyOptions): Promise<ApplyOutcome>;
  undo(plan: Plan, options: ApplyOptions): Promise<ApplyOutcome>;
  /** Carries a plan out as it is, one request after another, and stops at the first that is refused. */
  inOrder(plan: Plan, options: ApplyOptions): Promise<ApplyOutcome>;
  /** The same provisioning on demand, in turn with the other changes: rejects with a `BadInput` while one is under way. */
  exclusive(onDemand: OnDemand): OnDemand;
}

/** The changes of one session. */
export function changing(deps: ChangingDeps): Changing {
  let busy = false;
  const told = (): ApplyOutcome => underWay;

  return {
    apply: (plan, options) =>
      inTurn(() => {
        const send = senderFor(plan, options.signal);
        const unseen: Parameters<typeof applyPlan>[1]['unseen'] = (step, only) =>
          unseenIn(deps.seen(), step, only);
        return applyPlan(plan, { clock: deps.clock, send, unseen, observe: deps.look }, options);
      }, told),
    undo: (plan, options) =>
      inTurn(async () => {
        const outcome = await takeBack(plan, senderFor(plan, options.signal), options);
        if (outcome.result === 'done' && removesApplication(plan, deps.kept().application?.applicationId))
          await deps.keep(withoutApplication);
        return outcome;
      }, told),
    inOrder: (plan, options) => inTurn(() => takeBack(plan, senderFor(plan, options.signal), options), told),
    exclusive: (onDemand) => ({
      plan: (target, options) => onDemand.plan(target, options),
      push: (planned, options) =>
        inTurn(
          () => onDemand.push(planned, options),
          () => {
            throw new BadInput(underWay.summary);
          },
        ),
    }),
  };

  async function inTurn<T>(work: () => Promise<T>, otherwise: () => T): Promise<T> {
    if (busy) return otherwise();
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  function senderFor(plan: Plan, signal: AbortSignal | undefined): Parameters<typeof applyPlan>[1]['send'] {
    const { graph, journal, clock, newId, connection } = deps;
    const apply = newId();
    return (group) =>
      sendGroup(group, {
        apply,
        graph,
        journal,
        clock,
        newId,
        account: connection.account,
        displayName: plan.choices.displayName,
        isNew: () => isNewApplication(deps.seen()?.snapshot, clock.now()),
        signal,
        scimToken: deps.scimToken,
        noticed: deps.noticed,
        canRead: (application, name) => canRead(graph, application, name),
        findByName: (name) => findByName(graph, connection.cloud.nonGalleryTemplateId, name),
        keepApplication: (application) =>
          deps.keep((before) => turnedTo(before, application, deps.seen()?.snapshot)),
      });
  }
}

function unseenIn(
  seen: Observation | undefined,
  step: Plan['step'],
  only: readonly string[] | undefined,
): Text | undefined {
  const found = seen?.health.steps
    .find((one) => one.step === step)
    ?.findings.find(
      ({ id, status, severity }) =>
        status === 'unknown' && (only ? only.includes(id) : severity === 'required'),
    );
  return found?.remedy ?? found?.evidence;
}
