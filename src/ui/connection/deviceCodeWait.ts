import * as vscode from 'vscode';
import type { DeviceCode } from '../../entra/signIn/account.ts';
import { signalOf } from '../inputs/abort.ts';

/** Shows a device code, and lets the wait for it be cancelled. */
export class DeviceCodeWait {
  #abort: AbortController | undefined;

  /** Runs what may show a code. Its signal is aborted by the admin, or with `signal`. */
  async during<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const controller = new AbortController();
    this.#abort = controller;
    try {
      return await work(signal ? AbortSignal.any([signal, controller.signal]) : controller.signal);
    } finally {
      // Ends the notification, too.
      controller.abort();
      if (this.#abort === controller) this.#abort = undefined;
    }
  }

  /** Says the code and where it goes. The page may be opened on any device. */
  show({ userCode, verificationUri }: DeviceCode): void {
    const abort = this.#abort;
    if (!abort) return;
    const open = vscode.l10n.t('Copy code and open page');
    const copy = vscode.l10n.t('Copy code');
    const detail = vscode.l10n.t(
      'Enter it at {0}, on this or any other device. Enter only a code that you asked for yourself. Many tenants block this way of signing in; if yours does, the page says so.',
      verificationUri,
    );
    void vscode.window
      .showInformationMessage(
        vscode.l10n.t('Sign in with the code {0}', userCode),
        { modal: true, detail },
        open,
        copy,
      )
      .then(async (choice) => {
        if (choice === undefined) {
          abort.abort();
          return;
        }
        await vscode.env.clipboard.writeText(userCode);
        if (choice === open) await vscode.env.openExternal(vscode.Uri.parse(verificationUri, true));
      });
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Waiting for the code {0} to be entered at {1}', userCode, verificationUri),
      cancellable: true,
    };
    void vscode.window.withProgress(options, (_progress, token) => {
      signalOf(token).addEventListener('abort', () => abort.abort());
      return new Promise<void>((resolve) => {
        abort.signal.addEventListener('abort', () => resolve(), { once: true });
      });
    });
  }
}
