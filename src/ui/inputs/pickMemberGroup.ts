import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { Choices } from '../../guide/change.ts';
import { groupsToChooseFrom } from '../../guide/steps/directAssignments.ts';
import { Cancelled } from '../errors.ts';

/** Lets the admin choose the assigned group that people are moved into; asks nothing where there is no choice. */
export async function pickMemberGroup({ current }: Session): Promise<Choices['groups']> {
  const groups = current ? groupsToChooseFrom(current.snapshot) : [];
  if (groups.length < 2) return [];
  const picked = await vscode.window.showQuickPick(
    groups.map(({ id, displayName, members }) => ({
      label: displayName,
      description: vscode.l10n.t('{0} direct members', members.length),
      iconPath: new vscode.ThemeIcon('organization'),
      group: { id, displayName },
    })),
    { title: vscode.l10n.t('Group that these people are to be in'), ignoreFocusOut: true },
  );
  if (!picked) throw new Cancelled();
  return [picked.group];
}
