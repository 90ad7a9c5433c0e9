import * as vscode from 'vscode';
import { commandIds } from '../commandIds.ts';
import type { CommandName } from '../commandIds.ts';
import { isCancelled, logLines, needsConsent, sentenceOf, textOf } from '../errors.ts';
import { words } from '../words.ts';

/** Carries a command out. Throws a sentence for the admin, or `Cancelled`. */
export type Handler = (arg?: unknown) => void | Promise<void>;
export type Handlers = Readonly<Record<CommandName, Handler>>;

/**
 * Registers every command, each inside the one wrapper that says what came of it. What carries them out is loaded when the
 * first of them is run.
 */
export function registerCommands(
  load: () => Promise<Handlers>,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const names = Object.keys(commandIds) as CommandName[];
  let handlers: Promise<Handlers> | undefined;
  const room = (): Promise<Handlers> => {
    handlers ??= load().catch((error: unknown) => {
      handlers = undefined;
      throw error;
    });
    return handlers;
  };
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commandIds[name], (arg?: unknown) =>
        run(name, async () => (await room())[name](arg), log),
      ),
    ),
  );
}

/** Runs something that the admin asked for: a wish to stop is silent, an error is one sentence with the log at hand. */
export async function run(
  name: string,
  work: () => void | Promise<void>,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const started = Date.now();
  try {
    await work();
    log.debug(`${name}: done in ${Date.now() - started} ms`);
  } catch (error) {
    if (isCancelled(error)) {
      log.debug(`${name}: cancelled`);
      return;
    }
    log.error(`${name}: ${logLines(error)}`);
    const showLog = vscode.l10n.t('Show log');
    const text = textOf(error);
    const otherwise = vscode.l10n.t('Something failed without saying why. The log has the details.');
    const sentence = text ? words(text) : sentenceOf(error, otherwise);
    const link = vscode.l10n.t('Copy link for an administrator');
    const buttons = needsConsent(error) ? [link, showLog] : [showLog];
    // Not awaited: the command is over, whenever the message is closed.
    void vscode.window.showErrorMessage(sentence, ...buttons).then((choice) => {
      if (choice === showLog) log.show();
      if (choice === link) void vscode.commands.executeCommand(commandIds.copyConsentLink);
    });
  }
}
