import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { isCancelled, logLines, sentenceOf, textOf } from '../errors.ts';
import { signalOf } from '../inputs/abort.ts';
import type { SessionStore } from '../sessionStore.ts';
import { words } from '../words.ts';

/** Names of the tools; the manifest contributes exactly these. */
export const toolNames = ['kiroConnect_health', 'kiroConnect_whyPerson', 'kiroConnect_whoCan'] as const;
export type ToolName = (typeof toolNames)[number];

/** What the tools are called with; VS Code has checked it against the manifest's schema. */
export interface ToolInput {
  readonly person?: unknown;
}

/**
 * Registers the tools for the assistant in VS Code. All of them only read, none opens a browser, and without a connection
 * they say so. How they answer is loaded when the first is called.
 */
export function registerTools(store: SessionStore, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.Disposable.from(
    ...toolNames.map((name) =>
      vscode.lm.registerTool<ToolInput>(name, {
        prepareInvocation: () => ({ invocationMessage: vscode.l10n.t('Reading the connection to Kiro') }),
        invoke: async ({ input }, token) =>
          new vscode.LanguageModelToolResult([
            new vscode.LanguageModelTextPart(await answer(name, input, token)),
          ]),
      }),
    ),
  );

  async function answer(name: ToolName, input: ToolInput, token: vscode.CancellationToken): Promise<string> {
    const session: Session | undefined = store.session;
    if (!session)
      return 'No tenant is connected. The administrator has to sign in first, with the command "Kiro Connect: Sign in to Microsoft Entra ID".';
    try {
      const { toolAnswer } = await import('../../engine/toolAnswer.ts');
      return await toolAnswer(session, name, input.person, signalOf(token));
    } catch (error) {
      if (isCancelled(error)) throw error;
      log.error(`${name}: ${logLines(error)}`);
      const text = textOf(error);
      return text ? words(text) : sentenceOf(error, 'It could not be read. The log has the details.');
    }
  }
}
