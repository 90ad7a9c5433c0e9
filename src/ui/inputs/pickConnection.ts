import * as vscode from 'vscode';
import type { Connections } from '../connection/connections.ts';
import { isSame, type RememberedConnection } from '../connection/connectionStore.ts';
import { Cancelled } from '../errors.ts';

type Choice = RememberedConnection | 'another';

/** One of the tenants and accounts that were signed in to, or a new sign-in. Throws `Cancelled`. */
export async function pickConnection({ all, current }: Connections): Promise<Choice> {
  const { l10n } = vscode;
  const known = all.map((one): vscode.QuickPickItem & { readonly choice: Choice } => ({
    choice: one,
    label: one.tenantName === '' ? one.tenantId : one.tenantName,
    description: one.account,
    iconPath: new vscode.ThemeIcon(current && isSame(one, current) ? 'check' : 'organization'),
    ...(one.cloud === 'global' ? {} : { detail: l10n.t('Cloud: {0}', one.cloud) }),
  }));
  const another: vscode.QuickPickItem & { readonly choice: Choice } = {
    choice: 'another',
    label: l10n.t('Sign in to another tenant or account'),
    iconPath: new vscode.ThemeIcon('add'),
    alwaysShow: true,
  };
  const picked = await vscode.window.showQuickPick([...known, another], {
    title: l10n.t('Switch tenant or account'),
    matchOnDescription: true,
  });
  if (!picked) throw new Cancelled();
  return picked.choice;
}
