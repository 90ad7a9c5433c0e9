import * as vscode from 'vscode';
import { isBadInput } from '../../engine/badInput.ts';
import { unreadable } from '../../engine/observed.ts';
import type { ProvisioningEvent, Session } from '../../engine/session.ts';
import { known, unknown, type Observed } from '../../guide/snapshot.ts';
import { saveMarkdown } from '../exports/saveMarkdown.ts';
import { signalOf } from '../inputs/abort.ts';
import { pick } from '../inputs/ask.ts';
import { evidenceMarkdown } from './evidence.ts';

/** Asks whether people are named, reads the log, and saves everything that support asks for in one file. */
export async function saveEvidence(session: Session): Promise<void> {
  const { l10n } = vscode;
  const observation = session.current;
  if (!observation) throw new Error(l10n.t('Nothing was looked at yet. Check now.'));
  const names = await pick(l10n.t('Evidence for support: name people?'), [
    {
      label: l10n.t('Without names'),
      detail: l10n.t('People are numbered; support finds them by their object IDs'),
      value: false,
    },
    {
      label: l10n.t('With names and addresses'),
      detail: l10n.t('Only if you may give them to Microsoft or AWS'),
      value: true,
    },
  ]);
  const [events, journal] = await Promise.all([readEvents(session), session.journal()]);
  const document = evidenceMarkdown({
    at: session.now(),
    versions: versions(),
    connection: session.connection,
    observation,
    events,
    journal,
    names,
  });
  const day = new Date(session.now()).toISOString().slice(0, 10);
  await saveMarkdown(
    l10n.t('Save evidence for support'),
    `kiro-evidence-${day}.md`,
    await session.withoutSecrets(document),
  );
}

async function readEvents(session: Session): Promise<Observed<readonly ProvisioningEvent[]>> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Reading the provisioning log'),
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (_progress, token) => {
    const signal = signalOf(token);
    try {
      return known(await session.provisioningEvents({ signal }), session.now());
    } catch (error) {
      signal.throwIfAborted();
      return isBadInput(error) ? unknown('not-read', error.text) : unreadable(error);
    }
  });
}

function versions(): Readonly<Record<string, string>> {
  const extension = vscode.extensions.getExtension('kiro-connect.kiro-connect-entra');
  const manifest: unknown = extension?.packageJSON;
  const version: unknown =
    typeof manifest === 'object' && manifest !== null ? Reflect.get(manifest, 'version') : undefined;
  return {
    'Kiro Connect': typeof version === 'string' ? version : 'not known',
    [vscode.env.appName]: vscode.version,
    'Node.js': process.version,
    system: `${process.platform} ${process.arch}${vscode.env.remoteName === undefined ? '' : `, remote (${vscode.env.remoteName})`}`,
  };
}
