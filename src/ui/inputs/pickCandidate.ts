import * as vscode from 'vscode';
import type { Candidate, Session } from '../../engine/session.ts';
import { Cancelled } from '../errors.ts';

/** Lets the admin choose one of the applications that look like Kiro's. Throws `Cancelled`. */
export async function pickCandidate(session: Session): Promise<Candidate> {
  const candidates = await session.candidates();
  if (candidates.length === 0) {
    throw new Error(
      vscode.l10n.t(
        'No application made from the non-gallery template or named after Kiro was found. Create one.',
      ),
    );
  }
  const picked = await vscode.window.showQuickPick(candidates.map(itemOf), {
    title: vscode.l10n.t('Use an existing application'),
    placeHolder: vscode.l10n.t('Nothing is changed by choosing it'),
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (!picked) throw new Cancelled();
  return picked.candidate;
}

function itemOf(candidate: Candidate): vscode.QuickPickItem & { candidate: Candidate } {
  const { displayName, appId, provisionable, createdDateTime } = candidate;
  const made =
    createdDateTime === null ? undefined : new Date(createdDateTime).toLocaleDateString(vscode.env.language);
  const kind = provisionable
    ? vscode.l10n.t('non-gallery application')
    : vscode.l10n.t('made under App registrations: can sign people in, can never be provisioned');
  return {
    candidate,
    label: displayName,
    description: appId,
    detail: made === undefined ? kind : vscode.l10n.t('{0} · created {1}', kind, made),
    iconPath: new vscode.ThemeIcon(provisionable ? 'pass' : 'warning'),
  };
}
