import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { maxScimTokens } from '../../guide/kiro.ts';
import { commandIds } from '../commandIds.ts';
import { Cancelled } from '../errors.ts';
import { pick } from '../inputs/ask.ts';
import { keepTick } from '../inputs/entries.ts';

/** What the walk has done by the commands that do it alone, too. */
export interface RotationSteps {
  /** Asks for the new token, masked, and stores it. */
  readonly enter: () => Promise<void>;
  /** Lets Entra try the stored token and save it, after a preview and a question. */
  readonly save: () => Promise<void>;
}

/**
 * Changes Kiro's SCIM token for another: the second token is entered, tried and saved before the first is revoked, so that
 * provisioning never stops; a token that others know is revoked first. Each stage can be the last one for today: Entra
 * works with the old token until the new one is saved, and the tree shows what is left.
 */
export async function rotateToken(session: Session, steps: RotationSteps): Promise<void> {
  const { l10n } = vscode;
  const known = await pick<boolean>(l10n.t('Why another access token?'), [
    {
      label: l10n.t('It grows old'),
      detail: l10n.t('The old one is revoked last: provisioning never stops.'),
      value: false,
    },
    {
      label: l10n.t('Somebody else may know it'),
      detail: l10n.t('It is revoked first: changes wait until the new one is saved.'),
      value: true,
    },
  ]);
  await (known ? revokeKnown() : makeRoom(session));
  await inConsole(
    l10n.t('Generate a new token'),
    l10n.t(
      'In the Kiro console under Settings, Identity management, Access tokens. It is shown only once: leave that page open until you have entered it here.',
    ),
    l10n.t('I have it'),
  );
  await steps.enter();
  await steps.save();
  if (!isSaved(session)) {
    const sentence = known
      ? l10n.t(
          'The new token is not saved in Entra yet: until it is, Entra can send nothing to Kiro. Apply step 4.',
        )
      : l10n.t(
          'The new token is not saved in Entra yet, which goes on with the old one. Do not revoke that yet.',
        );
    throw new Error(sentence);
  }
  if (!known) {
    await inConsole(
      l10n.t('Now revoke the old token'),
      l10n.t('Entra uses the new one. In the Kiro console revoke the older of the two.'),
    );
  }
  await keepTick(session, 'tokenCount', session.now(), 1);
  void vscode.window.showInformationMessage(l10n.t('Done: Entra uses the new access token.'));
}

async function revokeKnown(): Promise<void> {
  const { l10n } = vscode;
  await inConsole(
    l10n.t('Revoke the token first'),
    l10n.t(
      'Whoever knows it can read and change everybody in Kiro. Nobody loses access meanwhile: only changes wait until the new token is saved.',
    ),
  );
}

/** Kiro takes two tokens: the one in use stays until the new one is saved, so another has to go first. */
async function makeRoom(session: Session): Promise<void> {
  const { l10n } = vscode;
  if ((session.kept.scim?.tokenCount ?? 1) < maxScimTokens) return;
  await inConsole(
    l10n.t('There are {0} access tokens already', maxScimTokens),
    l10n.t(
      'Kiro takes no third. Revoke the one that Entra does not use: it is not the one last entered here.',
    ),
  );
}

function isSaved({ current }: Session): boolean {
  const findings = current?.health.steps.flatMap((step) => step.findings) ?? [];
  return findings.some(({ id, status }) => id === 'provisioning.secrets' && status === 'met');
}

/** Waits until it was done where no API reaches. Throws `Cancelled`. */
async function inConsole(
  question: string,
  detail: string,
  done = vscode.l10n.t('It is revoked'),
): Promise<void> {
  const open = vscode.l10n.t('Open the Kiro console');
  for (;;) {
    const answer = await vscode.window.showInformationMessage(question, { modal: true, detail }, done, open);
    if (answer === done) return;
    if (answer !== open) throw new Cancelled();
    await vscode.commands.executeCommand(commandIds.openKiroConsole);
  }
}
