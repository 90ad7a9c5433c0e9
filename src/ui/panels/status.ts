import type * as vscode from 'vscode';
import { text } from '../../guide/text.ts';
import { PanelHost } from './panelHost.ts';
import type { PanelPorts } from './ports.ts';
import { ProvisioningLog } from './provisioningLog.ts';
import { statusModel } from './statusModel.ts';

/** The status panel in the panel area: a provider for the view `kiroConnect.status`. */
export class StatusPanel implements vscode.WebviewViewProvider {
  readonly #ports: PanelPorts;

  constructor(ports: PanelPorts) {
    this.#ports = ports;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const ports = this.#ports;
    const log = new ProvisioningLog(ports, () => host.refresh());
    const host = new PanelHost(
      ports,
      { webview: view.webview, visible: () => view.visible },
      {
        script: 'status',
        title: ports.words(text('Status')),
        model: (seen) => ({ model: statusModel(seen, log.view), copies: new Map() }),
      },
    );
    const look = (): void => {
      if (view.visible) log.readIfNew();
    };
    const subscription = ports.store.onDidChange(look);
    view.onDidChangeVisibility(() => {
      look();
      host.refresh();
    });
    view.onDidDispose(() => {
      subscription.dispose();
      log.dispose();
      host.dispose();
    });
    look();
  }
}
