import * as vscode from 'vscode';
import type { Connection } from '../engine/connection.ts';
import type { Observation } from '../engine/session.ts';

/** Whose tenant is shown: account and, once it was seen, the tenant's name. */
export function whoseTenant(connection: Connection, { snapshot }: Observation): string {
  const { organization } = snapshot;
  return [
    ...(connection.kind === 'sandbox' ? [vscode.l10n.t('Sandbox')] : []),
    connection.account,
    ...(organization.known ? [organization.value.displayName] : []),
  ].join(' · ');
}
