import * as vscode from 'vscode';
import type { ContextKey } from './contextKeyNames.ts';
import type { ViewState } from './viewState.ts';

type ValueOf<Key extends ContextKey> = Key extends 'kiroConnect.state' ? ViewState : boolean;

/** Sets context keys; a value that is already set costs no call. */
export class ContextKeySetter {
  readonly #set = new Map<ContextKey, unknown>();

  set<Key extends ContextKey>(key: Key, value: ValueOf<Key>): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
