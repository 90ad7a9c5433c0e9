import type * as vscode from 'vscode';
import type { Connections } from './connection/connections.ts';
import type { ContextKeySetter } from './contextKeys.ts';
import type { SessionStore } from './sessionStore.ts';

/** Tells the manifest's when clauses what the store holds, and whether the last window left something to go on with. */
export function followContext(
  store: SessionStore,
  keys: ContextKeySetter,
  connections: Pick<Connections, 'hasLast' | 'all'>,
): vscode.Disposable {
  const render = (): void => {
    keys.set('kiroConnect.state', store.state);
    keys.set('kiroConnect.connected', store.session !== undefined);
    keys.set('kiroConnect.disconnected', store.session === undefined && !connections.hasLast);
    keys.set('kiroConnect.severalConnections', connections.all.length > 1);
    keys.set('kiroConnect.candidates', store.candidates.length > 0);
  };
  render();
  return store.onDidChange(render);
}
