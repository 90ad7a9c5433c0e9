import * as vscode from 'vscode';
import type { ViewState } from './viewState.ts';

/** Context keys that the manifest's when clauses ask for, with what each may hold. */
export interface ContextKeys {
  'kiroConnect.state': ViewState;
  /** A session is open, whatever it could see. */
  'kiroConnect.connected': boolean;
  'kiroConnect.signedIn': boolean;
  'kiroConnect.sandboxRunning': boolean;
  /** A sign-in or an apply runs: commands that would cross it are disabled. */
  'kiroConnect.busy': boolean;
  /** The tenant has applications that look like Kiro's. */
  'kiroConnect.candidates': boolean;
  /** Comes and goes when VS Code shows an editor of its own; see `walkthrough.ts`. */
  'kiroConnect.walkthroughShown': boolean;
  'kiroConnect.step1Met': boolean;
  'kiroConnect.step2Met': boolean;
  'kiroConnect.step3Met': boolean;
  'kiroConnect.step4Met': boolean;
  'kiroConnect.step5Met': boolean;
}

/** Sets context keys; a value that is already set costs no call. */
export class ContextKeySetter {
  readonly #set = new Map<string, unknown>();

  set<Key extends keyof ContextKeys>(key: Key, value: ContextKeys[Key]): void {
    if (this.#set.get(key) === value) return;
    this.#set.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
