import * as vscode from 'vscode';
import type { GroupChoice, Session } from '../../engine/session.ts';
import type { Choices } from '../../guide/change.ts';
import { Cancelled, sentenceOf } from '../errors.ts';

interface GroupItem extends vscode.QuickPickItem {
  readonly group: GroupChoice;
}

/** Lets the admin choose groups by the start of their name; what was chosen stays while the search goes on. */
export function pickGroups(session: Session): Promise<Choices['groups']> {
  const pick = vscode.window.createQuickPick<GroupItem>();
  pick.title = vscode.l10n.t('Groups whose members may use Kiro');
  pick.placeholder = vscode.l10n.t('Type the start of a group name');
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  const chosen = new Map<string, GroupItem>();
  let search = new AbortController();

  const find = async (start: string): Promise<void> => {
    search.abort();
    search = new AbortController();
    const { signal } = search;
    pick.busy = true;
    try {
      const found = (await session.searchGroups(start, { signal })).map(itemOf);
      if (signal.aborted) return;
      const others = [...chosen.values()].filter(({ group }) =>
        found.every((item) => item.group.id !== group.id),
      );
      pick.items = [...others, ...found];
      pick.selectedItems = pick.items.filter(({ group }) => chosen.has(group.id));
      pick.placeholder = vscode.l10n.t('Type the start of a group name');
    } catch (error) {
      if (signal.aborted) return;
      pick.placeholder = sentenceOf(error, vscode.l10n.t('The groups could not be read.'));
    } finally {
      if (!signal.aborted) pick.busy = false;
    }
  };

  return new Promise<Choices['groups']>((resolve, reject) => {
    pick.onDidChangeSelection((items) => {
      for (const item of pick.items) chosen.delete(item.group.id);
      for (const item of items) chosen.set(item.group.id, item);
    });
    pick.onDidChangeValue((value) => void find(value));
    pick.onDidAccept(() => {
      if (chosen.size === 0) return;
      resolve([...chosen.values()].map(({ group }) => ({ id: group.id, displayName: group.displayName })));
      pick.hide();
    });
    pick.onDidHide(() => {
      search.abort();
      pick.dispose();
      reject(new Cancelled());
    });
    pick.show();
    void find('');
  });
}

function itemOf(group: GroupChoice): GroupItem {
  const kinds = [
    ...(group.dynamic ? [vscode.l10n.t('dynamic')] : []),
    ...(group.securityEnabled ? [] : [vscode.l10n.t("not a security group, Entra can't provision it")]),
  ];
  return {
    group,
    label: group.displayName,
    description: kinds.join(', '),
    ...(group.description ? { detail: group.description } : {}),
    iconPath: new vscode.ThemeIcon('organization'),
    alwaysShow: true,
  };
}
