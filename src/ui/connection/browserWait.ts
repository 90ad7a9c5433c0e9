import * as vscode from 'vscode';
import { Cancelled } from '../errors.ts';
import { signalOf } from '../inputs/abort.ts';

/**
 * Says that a sign-in waits for the browser, and lets it be cancelled there: a page that was closed never answers, and
 * whatever waits for a token would wait for ever.
 */
export class BrowserWait {
  readonly #waiting = new Map<symbol, AbortController>();
  readonly #title: string | undefined;
  #settled: (() => void) | undefined;

  constructor(title?: string) {
    this.#title = title;
  }

  /** Runs what may open the browser. Its signal is aborted by the admin, or with `signal`. */
  async during<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const id = Symbol('sign-in');
    const controller = new AbortController();
    this.#waiting.set(id, controller);
    try {
      return await work(signal ? AbortSignal.any([signal, controller.signal]) : controller.signal);
    } finally {
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#settled?.();
    }
  }

  /** Opens the page; the notification stays until everything that waited has its answer. */
  async open(url: string): Promise<void> {
    if (!(await vscode.env.openExternal(vscode.Uri.parse(url, true)))) throw new Cancelled();
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: this.#title ?? vscode.l10n.t('Finish signing in in the browser'),
      cancellable: true,
    };
    // Not awaited: MSAL listens for the answer as soon as the page is open.
    void vscode.window.withProgress(options, (_progress, token) => {
      signalOf(token).addEventListener('abort', () => {
        for (const controller of this.#waiting.values()) controller.abort();
      });
      return new Promise<void>((resolve) => {
        this.#settled?.();
        this.#settled = resolve;
        if (this.#waiting.size === 0) resolve();
      });
    });
  }
}
