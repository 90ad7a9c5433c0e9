import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { SessionStore } from '../sessionStore.ts';
import type { GuideTree } from './guideTree.ts';

/** A click on a row's tick box is the command of the same meaning; the box is drawn from what is then kept. */
export function followTicks(tree: GuideTree, store: SessionStore): vscode.Disposable {
  return tree.view.onDidChangeCheckboxState(({ items }) => {
    for (const [node, state] of items) {
      if (!store.session) continue;
      const checked = state === vscode.TreeItemCheckboxState.Checked;
      const command = checked ? commandIds.tick : commandIds.untick;
      // The command's own wrapper says what went wrong.
      void vscode.commands.executeCommand(command, node).then(() => tree.redraw());
    }
  });
}
