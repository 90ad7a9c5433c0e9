import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { Choices } from '../../guide/change.ts';
import { defaultDisplayName } from '../../guide/kiro.ts';
import type { StepNumber } from '../../guide/requirement.ts';
import { valueOf } from '../../guide/snapshot.ts';
import { directAssignmentsId } from '../../guide/steps/directAssignments.ts';
import { Cancelled } from '../errors.ts';
import { pickGroups } from '../inputs/pickGroups.ts';
import { pickMemberGroup } from '../inputs/pickMemberGroup.ts';

/** Asks what the plan of a step needs to know and no look can tell; nothing when it needs nothing. */
export async function askChoices(
  session: Session,
  step: StepNumber,
  only: readonly string[] = [],
): Promise<Partial<Choices>> {
  if (only.includes(directAssignmentsId)) return { groups: await pickMemberGroup(session) };
  const open = session.current?.health.steps.find((health) => health.step === step)?.findings ?? [];
  const asks = (kind: string): boolean =>
    open.some(({ action, status }) => action?.kind === kind && status !== 'met');
  if (step === 1 && asks('createOrAdopt')) return { displayName: await askName(session) };
  if (step === 5 && asks('chooseGroup')) return { groups: await pickGroups(session) };
  return {};
}

async function askName({ current }: Session): Promise<string> {
  const former = current && valueOf(current.snapshot.application)?.displayName;
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the application'),
    prompt: vscode.l10n.t('Colleagues find it in the admin center by this name. It can be changed later.'),
    // Beside another one of this name it has to be told apart.
    value: former === defaultDisplayName ? `${defaultDisplayName}-2` : defaultDisplayName,
    ignoreFocusOut: true,
    validateInput: nameProblem,
  });
  if (name === undefined) throw new Cancelled();
  return name.trim();
}

/** Microsoft Graph takes 1 to 120 characters and refuses some. */
function nameProblem(value: string): string | undefined {
  const name = value.trim();
  if (name === '') return vscode.l10n.t('Enter a name.');
  if (name.length > 120) return vscode.l10n.t('Entra takes at most 120 characters.');
  if (/[<>;&%\u0000-\u001f]/u.test(name)) return vscode.l10n.t('Entra refuses the characters < > ; & %.');
  return undefined;
}
