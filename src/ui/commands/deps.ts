import type * as vscode from 'vscode';
import type { ApplyDeps } from '../apply/applyFlow.ts';
import type { Connections } from '../connection/connections.ts';
import type { SandboxHolder } from '../connection/sandboxHolder.ts';
import type { Refresh } from '../refresh.ts';
import type { SessionStore } from '../sessionStore.ts';
import type { GuideTree } from '../tree/guideTree.ts';

/** What the commands work with; made once in `extension.ts`. */
export interface CommandDeps extends ApplyDeps {
  readonly store: SessionStore;
  readonly connections: Connections;
  readonly sandbox: SandboxHolder;
  readonly tree: GuideTree;
  readonly refresh: Refresh;
  readonly openHandOff: () => Promise<void>;
  readonly log: vscode.LogOutputChannel;
}
