import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { Plan } from '../../guide/change.ts';
import { Cancelled } from '../errors.ts';
import { words } from '../words.ts';

/** Asks once, naming the tenant and the account. What destroys something asks for its name too. Throws `Cancelled`. */
export async function confirmPlan(session: Session, plan: Plan): Promise<void> {
  const { account } = session.connection;
  const where = tenantName(session);
  const question =
    plan.changes.length === 1
      ? vscode.l10n.t('Make 1 change in {0} as {1}?', where, account)
      : vscode.l10n.t('Make {0} changes in {1} as {2}?', plan.changes.length, where, account);
  const apply = vscode.l10n.t('Apply');
  const detail = plan.changes.map((change) => `• ${words(change.title)}`).join('\n');
  const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, apply);
  if (answer !== apply) throw new Cancelled();
  if (plan.changes.some((change) => change.risk === 'destructive')) await typeTheName(where);
}

/** The tenant as its admins know it: display name and initial domain. */
export function tenantName(session: Session): string {
  const organization = session.current?.snapshot.organization;
  if (organization?.known !== true) return session.connection.tenantId;
  const { displayName, defaultDomain } = organization.value;
  return `${displayName} (${defaultDomain})`;
}

async function typeTheName(name: string): Promise<void> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Something is lost by this'),
    prompt: vscode.l10n.t('Type {0} to go on.', name),
    ignoreFocusOut: true,
    validateInput: (value) => (value === name ? undefined : vscode.l10n.t('Type {0} exactly.', name)),
  });
  if (typed !== name) throw new Cancelled();
}
