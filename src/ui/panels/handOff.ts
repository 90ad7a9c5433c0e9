import * as vscode from 'vscode';
import { text } from '../../guide/text.ts';
import { handOffModel } from './handOffModel.ts';
import type { PanelKind } from './panelHost.ts';
import { PanelHost } from './panelHost.ts';
import type { PanelPorts } from './ports.ts';

/** The id under which VS Code keeps the tab over a reload; in `activationEvents` as `onWebviewPanel:` this. */
export const handOffViewType = 'kiroConnect.handOff';

/** The hand-off table in an editor tab. There is one at most. */
export class HandOffPanel implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #ports: PanelPorts;
  #open: { readonly panel: vscode.WebviewPanel; readonly host: PanelHost } | undefined;

  constructor(ports: PanelPorts) {
    this.#ports = ports;
  }

  /** Opens the tab, or brings it to the front. */
  show(): void {
    if (this.#open) {
      this.#open.panel.reveal();
      return;
    }
    this.#adopt(
      vscode.window.createWebviewPanel(handOffViewType, this.#kind().title, vscode.ViewColumn.Active, {
        enableScripts: true,
      }),
    );
  }

  /** VS Code gives back the tab of before the reload. What it shows comes from the store, not from the page's state. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#open) panel.dispose();
    else this.#adopt(panel);
  }

  #adopt(panel: vscode.WebviewPanel): void {
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(this.#ports.extensionUri, 'media', `hand-off-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    const host = new PanelHost(
      this.#ports,
      { webview: panel.webview, visible: () => panel.visible },
      this.#kind(),
    );
    this.#open = { panel, host };
    panel.onDidChangeViewState(() => host.refresh());
    panel.onDidDispose(() => {
      host.dispose();
      this.#open = undefined;
    });
  }

  #kind(): PanelKind {
    return {
      script: 'handOff',
      title: this.#ports.words(text('Kiro: hand-off table')),
      model: handOffModel,
    };
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }
}
