import * as vscode from 'vscode';

/**
 * What is under way on rows of the tree, by node id: the row shows it with a spinner in place of its state and returns
 * by itself when the work ends.
 */
export class RowWork implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #running = new Map<string, string>();

  /** The words of the work under way on a row. */
  of(id: string): string | undefined {
    return this.#running.get(id);
  }

  async during<T>(ids: readonly string[], description: string, work: () => Promise<T>): Promise<T> {
    for (const id of ids) this.#running.set(id, description);
    this.#changed.fire();
    try {
      return await work();
    } finally {
      for (const id of ids) this.#running.delete(id);
      this.#changed.fire();
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
