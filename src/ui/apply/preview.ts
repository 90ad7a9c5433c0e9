import * as vscode from 'vscode';
import type { Plan } from '../../guide/change.ts';
import { words } from '../words.ts';
import { previewText } from './previewText.ts';
import type { ReadOnlyDocuments } from './readOnlyDocuments.ts';

/** Opens the preview of a plan in VS Code's diff editor: what is, and what will be. Returns what closes it again. */
export async function showPreview(documents: ReadOnlyDocuments, plan: Plan): Promise<() => Promise<void>> {
  const { l10n } = vscode;
  const text = previewText(plan, {
    write: words,
    count: countOf(plan),
    nothingSent: l10n.t('Nothing is sent before you confirm.'),
    why: l10n.t('Why'),
    undo: l10n.t('Undo'),
    canBeUndone: l10n.t('can be undone.'),
    cannotBeUndone: l10n.t("can't be undone."),
    toFollow: l10n.t('Not yet:'),
    unchanged: {
      one: l10n.t('stays as it is'),
      more: (count) => l10n.t('{0} more stay as they are', count),
    },
    before: l10n.t('What is · step {0}', plan.step),
    after: l10n.t('What will be · step {0}', plan.step),
  });
  const before = documents.put(`/what-is/step-${plan.step}.kiro-plan`, text.before);
  const after = documents.put(`/what-will-be/step-${plan.step}.kiro-plan`, text.after);
  await documents.showDiff(before, after, l10n.t('Step {0}: what is ↔ what will be', plan.step));
  return () => documents.closeDiff(before, after);
}

export function countOf({ changes }: Plan): string {
  return changes.length === 1 ? vscode.l10n.t('1 change.') : vscode.l10n.t('{0} changes.', changes.length);
}
