import type * as vscode from 'vscode';
import type { ContextKeySetter } from './contextKeys.ts';
import type { SessionStore } from './sessionStore.ts';

/** Tells the manifest's when clauses what the store holds. */
export function followContext(store: SessionStore, keys: ContextKeySetter): vscode.Disposable {
  const render = (): void => {
    keys.set('kiroConnect.state', store.state);
    keys.set('kiroConnect.connected', store.session !== undefined);
    keys.set('kiroConnect.candidates', store.candidates.length > 0);
  };
  render();
  return store.onDidChange(render);
}
