import * as vscode from 'vscode';
import { ReadOnlyDocuments } from './ui/apply/readOnlyDocuments.ts';
import type { CommandDeps } from './ui/commands/deps.ts';
import { registerCommands } from './ui/commands/registry.ts';
import { Connections } from './ui/connection/connections.ts';
import { ConnectionStore } from './ui/connection/connectionStore.ts';
import { SandboxHolder } from './ui/connection/sandboxHolder.ts';
import { SandboxStore } from './ui/connection/sandboxStore.ts';
import { ContextKeySetter } from './ui/contextKeys.ts';
import { followContext } from './ui/followContext.ts';
import { LazyPanels } from './ui/lazyPanels.ts';
import { mementoKeyValue } from './ui/ports/keyValue.ts';
import { storedSecrets } from './ui/ports/secrets.ts';
import { Refresh } from './ui/refresh.ts';
import { restoreWhenSeen } from './ui/restoreWhenSeen.ts';
import { SessionStore } from './ui/sessionStore.ts';
import { StatusBar } from './ui/statusBar.ts';
import { registerTools } from './ui/tools/registerTools.ts';
import { tellDrift } from './ui/tellDrift.ts';
import { followTicks } from './ui/tree/followTicks.ts';
import { GuideTree } from './ui/tree/guideTree.ts';
import { RowWork } from './ui/tree/rowWork.ts';
import { followWalkthrough } from './ui/walkthrough.ts';

/**
 * Composition root: makes every part once and hands each what it needs. Nothing here waits for the network or the disk;
 * the rooms that do are loaded when they are first entered.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Kiro Connect', { log: true });
  const keys = new ContextKeySetter();
  const store = new SessionStore();
  const rowWork = new RowWork();
  const documents = new ReadOnlyDocuments();
  const remembered = new ConnectionStore(mementoKeyValue(context.globalState));
  const secrets = storedSecrets(context.secrets);
  const keyValue = mementoKeyValue(context.globalState);
  const storagePath = context.globalStorageUri.fsPath;
  const sandbox = new SandboxHolder({
    script: context.asAbsolutePath('dist/sandbox.cjs'),
    store: new SandboxStore({ keyValue, secrets, storagePath }),
    keys,
    log,
  });
  const connections = new Connections({
    store,
    remembered,
    sandbox,
    keys,
    log,
    secrets,
    keyValue,
    storagePath,
  });
  const tree = new GuideTree(store, rowWork);
  const panels = new LazyPanels(context.extensionUri, store);
  const refresh = new Refresh(store, () => tree.view.visible || panels.statusVisible);
  const deps: CommandDeps = {
    documents,
    rowWork,
    keys,
    store,
    connections,
    sandbox,
    tree,
    refresh,
    log,
    openHandOff: () => panels.openHandOff(),
  };
  const commands = registerCommands(async () => {
    const { handlers } = await import('./ui/commands/handlers.ts');
    return handlers(deps);
  }, log);
  context.subscriptions.push(
    log,
    store,
    rowWork,
    documents,
    sandbox,
    tree,
    panels,
    refresh,
    commands,
    new StatusBar(store),
    registerTools(store, log),
    followContext(store, keys, connections),
    followWalkthrough(store, keys),
    followTicks(tree, store),
    tellDrift(store, log),
    panels.onDidChangeVisibility(() => refresh.restart()),
    restoreWhenSeen({ tree, panels, store, connections, refresh, log }),
  );
}
