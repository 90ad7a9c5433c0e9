/** What the store of the views needs of VS Code, for a process without it: loaded in the place of the module `vscode`. */
export class EventEmitter<T> {
  readonly #listeners = new Set<(what: T) => void>();

  readonly event = (listener: (what: T) => void): { dispose(): void } => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(what: T): void {
    for (const listener of this.#listeners) listener(what);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

export const l10n = { t: (message: string): string => message };
