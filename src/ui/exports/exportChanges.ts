import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { Cancelled } from '../errors.ts';
import { changeRows, changesCsv, changesMarkdown } from './changeRecord.ts';

/** Opens the journal as a change record, in a new document to save where changes are kept. */
export async function exportChanges(session: Session): Promise<void> {
  const { l10n } = vscode;
  const rows = changeRows(await session.journal());
  if (rows.length === 0) throw new Error(l10n.t('Nothing was changed yet, so there is nothing to record.'));
  const items = [
    { label: 'Markdown', detail: l10n.t('to read, or for a ticket'), csv: false },
    { label: 'CSV', detail: l10n.t('for a spreadsheet or a change system'), csv: true },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: l10n.t('Change record as') });
  if (!picked) throw new Cancelled();
  const title = `Kiro Connect: ${session.connection.account}, ${session.connection.tenantId}`;
  const document = await vscode.workspace.openTextDocument(
    picked.csv
      ? { content: changesCsv(rows), language: 'csv' }
      : { content: changesMarkdown(rows, title), language: 'markdown' },
  );
  await vscode.window.showTextDocument(document);
}
