import * as vscode from 'vscode';
import { Cancelled } from '../errors.ts';

/** Asks where, writes the document there and opens it, so that it can be read before it is given away. Throws `Cancelled`. */
export async function saveMarkdown(title: string, name: string, content: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = await vscode.window.showSaveDialog({
    title,
    filters: { Markdown: ['md'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!uri) throw new Cancelled();
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(content));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}
