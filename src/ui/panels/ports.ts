import type * as vscode from 'vscode';
import type { Observation, ProvisioningEvent, Session } from '../../engine/session.ts';
import type { EntryField } from '../../webview/models.ts';
import type { ViewState } from '../viewState.ts';
import type { PanelWords } from './view.ts';

/** What both panels need of the rest of the extension. */
export interface PanelPorts {
  readonly extensionUri: vscode.Uri;
  readonly store: PanelStore;
  readonly words: PanelWords;
  /** Runs a command of this extension. */
  readonly run: (command: string, ...args: readonly (string | number)[]) => Thenable<unknown>;
  /**
   * Stores what the admin entered on a page; a token goes straight into secret storage. Resolves with one sentence that
   * says what was stored, rejects with an error whose message is the sentence for the admin. Neither holds the value.
   */
  readonly enter: (field: EntryField, value: string, domain: string | undefined) => Promise<string>;
  /** One sentence for an error that a view met. */
  readonly sentenceOf: (error: unknown) => string;
  readonly now: () => number;
}

/** The store that every view renders from; `SessionStore` is one. */
export interface PanelStore {
  readonly session:
    | (Pick<Session, 'connection' | 'kept' | 'comparison'> & {
        provisioningEvents(options?: { signal?: AbortSignal }): Promise<readonly ProvisioningEvent[]>;
      })
    | undefined;
  readonly state: ViewState;
  readonly observation: Observation | undefined;
  readonly checking: boolean;
  readonly onDidChange: vscode.Event<void>;
}
