import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { undoPlan } from '../../engine/undo/undoPlan.ts';
import type { Undoable } from '../../engine/undo/undoable.ts';
import { confirmPlan } from '../apply/confirm.ts';
import { showPreview } from '../apply/preview.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import { Cancelled } from '../errors.ts';
import { signalOf } from '../inputs/abort.ts';
import { dateTime, words } from '../words.ts';

/**
 * Takes back what this tool changed: the last apply is chosen already, everything can be. Preview, one question, the name
 * typed where the application goes, then one sentence. What others made is not on the list.
 */
export async function undoFlow(session: Session, documents: ReadOnlyDocuments): Promise<void> {
  const { l10n } = vscode;
  const all = await session.undoable();
  if (all.length === 0)
    throw new Error(l10n.t('There is nothing to take back: Kiro Connect changed nothing here.'));
  const plan = undoPlan(await choose(all));
  const closePreview = await showPreview(documents, plan);
  await confirmPlan(session, plan);
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Taking back'),
    cancellable: true,
  };
  const outcome = await vscode.window.withProgress(options, (progress, token) =>
    session.undo(plan, {
      signal: signalOf(token),
      onProgress: ({ title }) => progress.report({ message: words(title) }),
    }),
  );
  if (outcome.result === 'failed') throw new Error(words(outcome.summary));
  await closePreview();
  void vscode.window.showInformationMessage(words(outcome.summary));
}

async function choose(all: readonly Undoable[]): Promise<readonly Undoable[]> {
  const [last] = all;
  const items = all.map((one) => ({
    label: one.title,
    description: dateTime(one.at),
    picked: one.apply !== undefined && one.apply === last?.apply,
    one,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('What to take back'),
    placeHolder: vscode.l10n.t(
      'The last apply is chosen. Choose all to remove everything that Kiro Connect made.',
    ),
    canPickMany: true,
  });
  if (!picked || picked.length === 0) throw new Cancelled();
  return picked.map(({ one }) => one);
}
