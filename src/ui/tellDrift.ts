import * as vscode from 'vscode';
import type { Drift } from '../guide/drift.ts';
import { commandIds, viewIds } from './commandIds.ts';
import type { SessionStore } from './sessionStore.ts';
import { reached } from './viewState.ts';
import { dateTime, words } from './words.ts';

/** Tells once, after a look, what somebody changed that breaks the connection, and who it was where the log says so. */
export function tellDrift(store: SessionStore, log: vscode.LogOutputChannel): vscode.Disposable {
  let compared: unknown;
  return store.onDidChange(() => {
    const { session, checking } = store;
    const seen = session?.current;
    if (!session || !seen || checking || seen === compared || !reached(seen)) return;
    compared = seen;
    session.drift().then(
      (drift) => drift && void tell(drift),
      (error: unknown) => log.warn(`Comparing with the last look: ${String(error)}`),
    );
  });
}

async function tell({ findings, change }: Drift): Promise<void> {
  const { l10n } = vscode;
  const [first] = findings;
  if (!first) return;
  const what =
    findings.length === 1
      ? l10n.t('{0} was in order and no longer is. {1}', words(first.title), words(first.evidence))
      : l10n.t(
          '{0} things were in order and no longer are, the first: {1}.',
          findings.length,
          words(first.title),
        );
  const who =
    change === undefined
      ? ''
      : change.by === undefined
        ? l10n.t('The last change was “{0}”, {1}.', change.activity, dateTime(change.at))
        : l10n.t('The last change was “{0}” by {1}, {2}.', change.activity, change.by, dateTime(change.at));
  const show = l10n.t('Show');
  const mend = l10n.t('Apply step {0}', first.step);
  const answer = await vscode.window.showWarningMessage(`${what} ${who}`.trim(), mend, show);
  if (answer === mend) await vscode.commands.executeCommand(commandIds.applyStep, first.step);
  if (answer === show) await vscode.commands.executeCommand(`${viewIds.guide}.focus`);
}
