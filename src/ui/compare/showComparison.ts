import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { comparisonHeadline } from '../../guide/comparisonWords.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import { signalOf } from '../inputs/abort.ts';
import { words } from '../words.ts';
import { comparisonText } from './comparisonText.ts';

/** Compares everybody with Kiro, and shows who differs, by name. */
export async function showComparison(session: Session, documents: ReadOnlyDocuments): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Comparing people with Kiro'),
    cancellable: true,
  };
  const comparison = await vscode.window.withProgress(options, (progress, token) => {
    let saidAt = 0;
    return session.comparePeople({
      signal: signalOf(token),
      onProgress: ({ people, records }) => {
        // A page comes every few milliseconds; nobody reads that fast.
        if (Date.now() - saidAt < 250) return;
        saidAt = Date.now();
        progress.report({ message: vscode.l10n.t('{0} in Entra, {1} in Kiro', people, records) });
      },
    });
  });
  await documents.show('/people-compared.kiro-plan', comparisonText(comparison, words));
  void vscode.window.showInformationMessage(words(comparisonHeadline(comparison)));
}
