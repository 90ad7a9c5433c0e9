import * as vscode from 'vscode';
import { Cancelled } from '../errors.ts';

/** A tenant ID, or a domain of the tenant: what may stand in the address of its sign-in. Throws `Cancelled`. */
export async function askTenant(): Promise<string> {
  const { l10n } = vscode;
  const typed = await vscode.window.showInputBox({
    title: l10n.t('Which tenant is the client of kiroConnect.clientId registered in?'),
    prompt: l10n.t('Its directory (tenant) ID, or one of its domains.'),
    placeHolder: 'contoso.onmicrosoft.com',
    ignoreFocusOut: true,
    validateInput: (value) =>
      isTenant(value.trim())
        ? undefined
        : l10n.t('A tenant is named by its ID or by a domain, such as contoso.onmicrosoft.com.'),
  });
  if (typed === undefined) throw new Cancelled();
  return typed.trim().toLowerCase();
}

function isTenant(value: string): boolean {
  return (
    /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i.test(value) ||
    /^(?=.{4,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{2,63}$/i.test(value)
  );
}
