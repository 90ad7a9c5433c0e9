import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { Plan } from '../../guide/change.ts';
import { reasons } from '../../guide/permissions.ts';
import { forecastLines } from '../why/forecastLines.ts';
import { Cancelled } from '../errors.ts';
import { words } from '../words.ts';

/**
 * Asks once, naming the tenant and the account, what speaks against it and which permissions the browser will ask for.
 * What destroys something asks for its name too. Throws `Cancelled`.
 */
export async function confirmPlan(session: Session, plan: Plan): Promise<void> {
  const { account } = session.connection;
  const where = tenantName(session);
  const [notices, toAsk, coming] = await Promise.all([
    session.preflight(plan),
    session.permissionsToAsk(plan),
    forecastLines(session, plan),
  ]);
  const question =
    plan.changes.length === 1
      ? vscode.l10n.t('Make 1 change in {0} as {1}?', where, account)
      : vscode.l10n.t('Make {0} changes in {1} as {2}?', plan.changes.length, where, account);
  const doubt = notices.find(({ weight }) => weight === 'doubt');
  const apply = doubt ? vscode.l10n.t('Apply anyway') : vscode.l10n.t('Apply');
  const mend = vscode.l10n.t('Activate a role');
  const detail = [
    ...notices.map(({ sentence }) => `⚠ ${words(sentence)}`),
    ...plan.changes.map((change) => `• ${words(change.title)}`),
    ...coming,
    ...permissionLines(toAsk),
  ].join('\n');
  const answer = await vscode.window.showInformationMessage(
    question,
    { modal: true, detail },
    apply,
    ...(doubt?.link === undefined ? [] : [mend]),
  );
  if (answer === mend && doubt?.link !== undefined)
    await vscode.env.openExternal(vscode.Uri.parse(doubt.link, true));
  if (answer !== apply) throw new Cancelled();
  if (plan.changes.some((change) => change.risk === 'destructive')) await typeTheName(where);
}

function permissionLines(toAsk: readonly string[]): readonly string[] {
  if (toAsk.length === 0) return [];
  return [
    '',
    vscode.l10n.t('The browser will ask for permissions that were not needed so far:'),
    ...reasons(toAsk).map(({ scope, why }) => `${scope}: ${words(why)}`),
  ];
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
