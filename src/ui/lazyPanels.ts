import * as vscode from 'vscode';
import { viewIds } from './commandIds.ts';
import { sentenceOf, textOf } from './errors.ts';
import type { HandOffPanel } from './panels/handOff.ts';
import type { PanelPorts } from './panels/ports.ts';
import type { SessionStore } from './sessionStore.ts';
import { words } from './words.ts';

/** Under this id VS Code keeps the hand-off table over a reload; the manifest's `onWebviewPanel:` names it too. */
const handOffViewType = 'kiroConnect.handOff';

/** The webviews: registered at start, loaded when one is first shown. */
export class LazyPanels implements vscode.Disposable {
  readonly #extensionUri: vscode.Uri;
  readonly #store: SessionStore;
  readonly #disposable: vscode.Disposable;
  readonly #visibility = new vscode.EventEmitter<void>();
  readonly onDidChangeVisibility = this.#visibility.event;
  #handOff: Promise<HandOffPanel> | undefined;
  #status: vscode.WebviewView | undefined;

  constructor(extensionUri: vscode.Uri, store: SessionStore) {
    this.#extensionUri = extensionUri;
    this.#store = store;
    this.#disposable = vscode.Disposable.from(
      this.#visibility,
      vscode.window.registerWebviewViewProvider(viewIds.status, {
        resolveWebviewView: (view) => this.#resolveStatus(view),
      }),
      vscode.window.registerWebviewPanelSerializer(handOffViewType, {
        deserializeWebviewPanel: async (panel) => (await this.#handOffPanel()).deserializeWebviewPanel(panel),
      }),
    );
  }

  get statusVisible(): boolean {
    return this.#status?.visible === true;
  }

  async openHandOff(): Promise<void> {
    (await this.#handOffPanel()).show();
  }

  #handOffPanel(): Promise<HandOffPanel> {
    this.#handOff ??= (async () => {
      const { HandOffPanel } = await import('./panels/handOff.ts');
      return new HandOffPanel(await this.#ports());
    })();
    return this.#handOff;
  }

  async #resolveStatus(view: vscode.WebviewView): Promise<void> {
    this.#status = view;
    view.onDidChangeVisibility(() => this.#visibility.fire());
    view.onDidDispose(() => {
      this.#status = undefined;
      this.#visibility.fire();
    });
    const { StatusPanel } = await import('./panels/status.ts');
    new StatusPanel(await this.#ports()).resolveWebviewView(view);
    this.#visibility.fire();
  }

  async #ports(): Promise<PanelPorts> {
    const { enter } = await import('./inputs/enter.ts');
    return {
      extensionUri: this.#extensionUri,
      store: this.#store,
      words,
      run: (command, ...args) => vscode.commands.executeCommand(command, ...args),
      enter: async (field, value, domain) => {
        const said = words(await enter(this.#store.require(), field, value, domain));
        // Not awaited: the page is told at once, and shows what the look finds when it comes.
        void this.#store.look();
        return said;
      },
      sentenceOf: (error) => {
        const text = textOf(error);
        return text
          ? words(text)
          : sentenceOf(error, vscode.l10n.t('This could not be read. The log has the details.'));
      },
      now: () => this.#store.session?.now() ?? Date.now(),
    };
  }

  dispose(): void {
    this.#disposable.dispose();
    void this.#handOff?.then((panel) => panel.dispose());
  }
}
