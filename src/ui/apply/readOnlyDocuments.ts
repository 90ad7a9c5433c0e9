import * as vscode from 'vscode';

const scheme = 'kiro-connect';

/** Read-only documents that exist while somebody looks at them: previews and the journal. They hold no secret. */
export class ReadOnlyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #contents = new Map<string, string>();
  readonly #disposable: vscode.Disposable;

  constructor() {
    this.#disposable = vscode.Disposable.from(
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#contents.delete(uri.toString())),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#contents.get(uri.toString()) ?? '';
  }

  /** A document by a path such as `/what-is/step-2.kiro-plan`; the same path shows the new content where it is open. */
  put(path: string, content: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path });
    this.#contents.set(uri.toString(), content);
    this.#changed.fire(uri);
    return uri;
  }

  async show(path: string, content: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.put(path, content));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  async showDiff(before: vscode.Uri, after: vscode.Uri, title: string): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
  }

  /** Closes the diff editor of these two, wherever it is. */
  async closeDiff(before: vscode.Uri, after: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const ours = tabs.filter(
      ({ input }) =>
        input instanceof vscode.TabInputTextDiff &&
        input.original.toString() === before.toString() &&
        input.modified.toString() === after.toString(),
    );
    await vscode.window.tabGroups.close(ours);
  }

  dispose(): void {
    this.#disposable.dispose();
  }
}
