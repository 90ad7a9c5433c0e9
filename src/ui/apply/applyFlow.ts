import * as vscode from 'vscode';
import type { ApplyOutcome, Session } from '../../engine/session.ts';
import type { Choices, Plan } from '../../guide/change.ts';
import type { StepNumber } from '../../guide/requirement.ts';
import { commandIds } from '../commandIds.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { signalOf } from '../inputs/abort.ts';
import { callOf } from '../statusBarState.ts';
import type { RowWork } from '../tree/rowWork.ts';
import { actionLabel } from '../tree/tooltip.ts';
import { words } from '../words.ts';
import { askChoices } from './choices.ts';
import { confirmPlan } from './confirm.ts';
import { showPreview } from './preview.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';

export interface ApplyDeps {
  readonly documents: ReadOnlyDocuments;
  readonly rowWork: RowWork;
  readonly keys: ContextKeySetter;
}

export interface ApplyWhat {
  readonly step: StepNumber;
  /** Requirement ids; absent: the whole step. */
  readonly only?: readonly string[];
  /** What is known already; the rest is asked. */
  readonly choices?: Partial<Choices>;
}

/** Preview, one question, progress that can be cancelled, one sentence at the end. */
export async function applyFlow(deps: ApplyDeps, session: Session, what: ApplyWhat): Promise<void> {
  const choices = what.choices ?? (await askChoices(session, what.step, what.only));
  const options = { choices, ...(what.only && { only: what.only }) };
  for (;;) {
    const plan = session.plan(what.step, options);
    if (plan.changes.length === 0) {
      sayNothingToDo(session, plan);
      return;
    }
    const closePreview = await showPreview(deps.documents, plan);
    await confirmPlan(session, plan);
    const outcome = await carryOut(deps, session, plan);
    if (outcome.result === 'done' || outcome.result === 'waiting') await closePreview();
    if (outcome.result !== 'changed') {
      sayOutcome(outcome);
      return;
    }
    // The tenant needs something that was not previewed: say so, then show it and ask again.
    void vscode.window.showInformationMessage(words(outcome.summary));
  }
}

/** Nothing for this tool to change: why, and the next thing that a person does, one click away. */
function sayNothingToDo(session: Session, { step, only, blockedBy: [blocked] }: Plan): void {
  const open = session.current?.health.steps.find((health) => health.step === step)?.findings ?? [];
  const next = open.find(
    ({ id, status, action }) =>
      status !== 'met' && action && action.kind !== 'apply' && (!only || only.includes(id)),
  );
  const sentence = blocked
    ? words(blocked.reason)
    : next
      ? vscode.l10n.t('Step {0} waits for you: {1}.', step, words(next.title))
      : vscode.l10n.t('Step {0} needs no change.', step);
  const buttons = next ? [actionLabel(next)] : [];
  const show = blocked ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the command is over, whenever the message is closed.
  void show(sentence, ...buttons).then((choice) => {
    if (choice === undefined || !next?.action) return;
    const { command, args } = callOf(next.action, next);
    void vscode.commands.executeCommand(command, ...args);
  });
}

async function carryOut(deps: ApplyDeps, session: Session, plan: Plan): Promise<ApplyOutcome> {
  deps.keys.set('kiroConnect.busy', true);
  const rows = [`step${plan.step}`, ...plan.changes.flatMap((change) => change.meets)];
  try {
    return await deps.rowWork.during(rows, vscode.l10n.t('applying'), async () =>
      vscode.window.withProgress(
        {
          location: vscode.ProgressLocation.Notification,
          title: vscode.l10n.t('Applying step {0}', plan.step),
          cancellable: true,
        },
        (progress, token) => {
          let reported = 0;
          return session.apply(plan, {
            signal: signalOf(token),
            onProgress: ({ title, done, total }) => {
              const share = total === 0 ? 0 : (done / total) * 100;
              progress.report({ message: words(title), increment: Math.max(0, share - reported) });
              reported = Math.max(reported, share);
            },
          });
        },
      ),
    );
  } finally {
    deps.keys.set('kiroConnect.busy', false);
  }
}

function sayOutcome(outcome: ApplyOutcome): void {
  if (outcome.result === 'failed') throw new Error(words(outcome.summary));
  const show = vscode.l10n.t('Show what changed');
  const buttons = outcome.made.length === 0 ? [] : [show];
  // Not awaited: the command is over, whenever the message is closed.
  void vscode.window.showInformationMessage(words(outcome.summary), ...buttons).then((choice) => {
    if (choice === show) void vscode.commands.executeCommand(commandIds.showChanges);
  });
}
