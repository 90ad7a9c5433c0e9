import * as vscode from 'vscode';
import type { Observation, Session } from '../../engine/session.ts';
import { leftOutId } from '../../guide/steps/leftOut.ts';
import { applyFlow, type ApplyDeps } from '../apply/applyFlow.ts';
import { commandIds } from '../commandIds.ts';
import { words } from '../words.ts';
import { memberOf, pickMember } from './pickWhom.ts';

/**
 * Leaves out every attribute of people that Kiro does not need, provisions one person without them, and says what that shows,
 * with the way back beside it.
 */
export async function leaveOutAttributes(
  deps: ApplyDeps,
  session: Session,
  personId: string | undefined,
): Promise<void> {
  const snapshot = session.current?.snapshot;
  if (!snapshot) return;
  const { id, displayName } =
    (personId === undefined ? undefined : memberOf(snapshot, personId)) ??
    (await pickMember(snapshot, vscode.l10n.t('Whom does the attribute error keep out?')));
  await applyFlow(deps, session, {
    step: 4,
    only: [leftOutId],
    choices: { leaveOut: { id, displayName } },
  });
  // Also where the person was refused: that is an answer, too.
  sayWhatItShows(await session.observe());
}

function sayWhatItShows({ health }: Observation): void {
  const finding = health.steps
    .flatMap(({ findings }) => findings)
    .find((one) => one.id === leftOutId && one.status !== 'met');
  if (!finding) return;
  const back = vscode.l10n.t('Put the mapping back');
  // Not awaited: the command is over, whenever the message is closed.
  void vscode.window.showWarningMessage(words(finding.evidence), back).then((choice) => {
    if (choice === back) void vscode.commands.executeCommand(commandIds.applyRequirement, leftOutId);
  });
}
