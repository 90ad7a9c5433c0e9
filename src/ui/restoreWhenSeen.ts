import * as vscode from 'vscode';
import type { Session } from '../engine/session.ts';
import { run } from './commands/registry.ts';
import type { Connections } from './connection/connections.ts';
import type { LazyPanels } from './lazyPanels.ts';
import type { Refresh } from './refresh.ts';
import type { SessionStore } from './sessionStore.ts';
import type { GuideTree } from './tree/guideTree.ts';

/** A stored connection is opened when somebody can see it, or after this many idle milliseconds. */
const idle = 5_000;

/** A look that is older, in milliseconds, is done again when the view is shown: somebody may have changed the tenant. */
const stale = 60 * 60_000;

export interface RestoreDeps {
  readonly tree: GuideTree;
  readonly panels: LazyPanels;
  readonly store: SessionStore;
  readonly connections: Connections;
  readonly refresh: Refresh;
  readonly log: vscode.LogOutputChannel;
}

/** Goes on with the connection of the last window: one silent look, once. Loads nothing where there was none. */
export function restoreWhenSeen(deps: RestoreDeps): vscode.Disposable {
  const { tree, panels, store, connections, refresh, log } = deps;
  let begun = false;
  const begin = (): void => {
    if (begun || !connections.hasLast) return;
    begun = true;
    void run(
      'restore',
      async () => {
        await connections.restore();
        await store.look();
      },
      log,
    );
  };
  const timer = setTimeout(begin, idle);
  if (tree.view.visible) begin();
  return vscode.Disposable.from(
    { dispose: () => clearTimeout(timer) },
    panels.onDidChangeVisibility(() => {
      if (panels.statusVisible) begin();
    }),
    tree.view.onDidChangeVisibility(({ visible }) => {
      if (visible) begin();
      if (visible && isStale(store.session)) void run('look', () => store.look(), log);
      refresh.restart();
    }),
  );
}

function isStale(session: Session | undefined): boolean {
  const at = session?.current?.snapshot.at;
  return session !== undefined && at !== undefined && session.now() - at >= stale;
}
