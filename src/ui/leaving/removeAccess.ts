import * as vscode from 'vscode';
import type { LeavingReport } from '../../engine/leaving/desk.ts';
import type { Session } from '../../engine/session.ts';
import type { Plan } from '../../guide/change.ts';
import type { LeavingView } from '../../guide/leaving/leavingPaths.ts';
import { confirmPlan } from '../apply/confirm.ts';
import { showPreview } from '../apply/preview.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { Cancelled } from '../errors.ts';
import { signalOf } from '../inputs/abort.ts';
import { words } from '../words.ts';
import { pathsText, reportText } from './leavingText.ts';
import { pickPerson } from './pickPerson.ts';

export interface LeavingUiDeps {
  readonly session: Session;
  readonly documents: ReadOnlyDocuments;
  readonly keys: ContextKeySetter;
}

const location = vscode.ProgressLocation.Notification;

/** Whom, what gives them access, which memberships too, preview, one question, and what stays open afterwards. */
export async function removeAccess(deps: LeavingUiDeps, given: string | undefined): Promise<void> {
  const { session, documents } = deps;
  const { l10n } = vscode;
  const person = await pickPerson(session, l10n.t('Whose access to Kiro to remove?'), given);
  const title = l10n.t('Looking at what gives {0} access', person.displayName);
  const view = await vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) =>
    session.leaving.look(person, { signal: signalOf(token) }),
  );
  await documents.show('/access-of-a-person.kiro-plan', pathsText(view));
  const groupIds = await askMemberships(view);
  const plan = session.leaving.plan(view, groupIds);
  if (plan.changes.length === 0) {
    void vscode.window.showInformationMessage(nothingToDo(view));
    return;
  }
  const closePreview = await showPreview(documents, plan);
  await confirmPlan(session, plan);
  const report = await run(deps, view, plan);
  await closePreview();
  await documents.show('/access-removed.kiro-plan', reportText(view, report));
  const bad = report.result !== 'done' || (report.inKiro.known && report.inKiro.value === 'active');
  const show = bad ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the command is over, whenever the message is closed.
  void show(words(report.summary));
}

/** Memberships are asked apart, and none is chosen beforehand: a group may give other things. Throws `Cancelled`. */
async function askMemberships({ groups, person }: LeavingView): Promise<readonly string[]> {
  const changeable = groups.filter(({ changeable: can }) => can === 'yes');
  if (changeable.length === 0) return [];
  const picked = await vscode.window.showQuickPick(
    changeable.map(({ id, displayName }) => ({ label: displayName, id })),
    {
      title: vscode.l10n.t('Take {0} out of which groups?', person.displayName),
      placeHolder: vscode.l10n.t('A group may give other things than Kiro. Choose none to leave them all.'),
      canPickMany: true,
      ignoreFocusOut: true,
    },
  );
  if (!picked) throw new Cancelled();
  return picked.map(({ id }) => id);
}

function nothingToDo({ person, groups }: LeavingView): string {
  const { l10n } = vscode;
  const { displayName: name } = person;
  return groups.length === 0
    ? l10n.t('Nothing gives {0} access to Kiro, and Kiro does not have them active.', name)
    : l10n.t(
        'Nothing was changed: {0} keeps access by {1}.',
        name,
        groups.map(({ displayName }) => displayName).join(', '),
      );
}

async function run({ session, keys }: LeavingUiDeps, view: LeavingView, plan: Plan): Promise<LeavingReport> {
  const title = vscode.l10n.t('Removing the access of {0}', view.person.displayName);
  keys.set('kiroConnect.busy', true);
  try {
    return await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
      session.leaving.run(view, plan, {
        signal: signalOf(token),
        onProgress: (one) => progress.report({ message: words(one.title) }),
      }),
    );
  } finally {
    keys.set('kiroConnect.busy', false);
  }
}
