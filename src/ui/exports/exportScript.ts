import * as vscode from 'vscode';
import type { Session, Shell } from '../../engine/session.ts';
import type { Plan } from '../../guide/change.ts';
import { askChoices } from '../apply/choices.ts';
import { Cancelled } from '../errors.ts';
import type { StepNumber } from '../../guide/step.ts';
import { words } from '../words.ts';

/** Writes what a step would send as a script into a new document, for organizations that let no tool write. */
export async function exportScript(
  session: Session,
  step: StepNumber,
  lookAgain: () => Promise<void>,
): Promise<void> {
  const { l10n } = vscode;
  const plan = session.plan(step, { choices: await askChoices(session, step) });
  if (!plan.changes.some(({ request }) => request.kind === 'graph')) {
    const [blocked] = plan.blockedBy;
    throw new Error(blocked ? words(blocked.reason) : l10n.t('Step {0} needs no change.', step));
  }
  const { shell, language } = await askShell();
  const document = await vscode.workspace.openTextDocument({
    content: session.script(plan, shell),
    language,
  });
  await vscode.window.showTextDocument(document);
  void askWhetherItRan(session, plan, lookAgain);
}

async function askShell(): Promise<{ readonly shell: Shell; readonly language: string }> {
  const items = [
    { label: 'Microsoft Graph PowerShell', shell: 'powerShell', language: 'powershell' },
    { label: 'bash, curl', shell: 'bash', language: 'shellscript' },
  ] as const;
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Script for which shell?'),
  });
  if (!picked) throw new Cancelled();
  return picked;
}

/** Nothing tells that a script ran but whoever ran it; the command is over meanwhile. */
async function askWhetherItRan(session: Session, plan: Plan, lookAgain: () => Promise<void>): Promise<void> {
  const ran = vscode.l10n.t('It ran to its end');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The script of step {0} holds no secret: it asks for the tokens when it runs. Say here when it ran without an error.',
      plan.step,
    ),
    ran,
  );
  if (answer !== ran) return;
  await session.scriptRan(plan);
  await lookAgain();
}
