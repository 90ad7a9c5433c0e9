import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { clientDisplayName, clientRedirectUris } from '../../guide/clientRegistration.ts';
import { permissions } from '../../guide/permissions.ts';
import { tenantName } from '../apply/confirm.ts';
import { Cancelled } from '../errors.ts';
import { signalOf } from '../inputs/abort.ts';
import { words } from '../words.ts';
import type { Connections } from './connections.ts';

/** Makes the organization's own sign-in client for this tool, once the admin has seen what it is, and switches to it. */
export async function registerOwnClient(session: Session, connections: Connections): Promise<void> {
  const { l10n } = vscode;
  const asked = Object.entries(permissions).filter(
    ([, { asked: when }]) => when === 'signIn' || when === 'write',
  );
  const create = l10n.t('Create and switch');
  const detail = [
    l10n.t('Name: {0}', clientDisplayName),
    l10n.t('Kind: public client of this tenant only, without secret'),
    l10n.t('Redirect URIs: {0} and that of the Windows sign-in broker', clientRedirectUris.join(', ')),
    '',
    l10n.t('It may ask for these permissions, each when it is needed:'),
    ...asked.map(([scope, { why }]) => `${scope}: ${words(why)}`),
    '',
    l10n.t('Afterwards you sign in with it, and kiroConnect.clientId names it.'),
  ].join('\n');
  const answer = await vscode.window.showInformationMessage(
    l10n.t('Create a sign-in client in {0} as {1}?', tenantName(session), session.connection.account),
    { modal: true, detail },
    create,
  );
  if (answer !== create) throw new Cancelled();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n.t('Creating the sign-in client'),
    cancellable: true,
  };
  const clientId = await vscode.window.withProgress(options, (_progress, token) =>
    session.registerClient(
      asked.map(([scope]) => scope),
      { signal: signalOf(token) },
    ),
  );
  // A sandbox's client is of no use to any real tenant.
  if (session.connection.kind === 'tenant') {
    const settings = vscode.workspace.getConfiguration('kiroConnect');
    await settings.update('clientId', clientId, vscode.ConfigurationTarget.Global);
  }
  await connections.signIn({ clientId });
}
