import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { accessHeadline } from '../../guide/diagnosis/accessHeadline.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import { signalOf } from '../inputs/abort.ts';
import { words } from '../words.ts';
import { accessText } from './accessText.ts';

/** Reads who gets a seat or could sign in, and shows it. */
export async function showWhoCan(session: Session, documents: ReadOnlyDocuments): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Looking at who can get Kiro'),
    cancellable: true,
  };
  const overview = await vscode.window.withProgress(options, (_progress, token) =>
    session.people.whoCan({ signal: signalOf(token) }),
  );
  await documents.show('/who-can-get-kiro.kiro-plan', accessText(overview));
  void vscode.window.showInformationMessage(words(accessHeadline(overview)));
}
