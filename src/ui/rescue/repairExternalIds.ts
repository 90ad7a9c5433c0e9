import * as vscode from 'vscode';
import type { Affected, RescuePlan, RescueReport } from '../../engine/rescue/desk.ts';
import type { Session } from '../../engine/session.ts';
import { rescueQuestion } from '../../guide/rescueQuestion.ts';
import { confirmPlan } from '../apply/confirm.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import { commandIds } from '../commandIds.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { Cancelled } from '../errors.ts';
import { signalOf } from '../inputs/abort.ts';
import { words } from '../words.ts';

export interface RepairDeps {
  readonly session: Session;
  readonly documents: ReadOnlyDocuments;
  readonly keys: ContextKeySetter;
}

const location = vscode.ProgressLocation.Notification;

/** Whom, the records saved to a file, a typed yes, one person, then the rest, and whose seats are to be given again. */
export async function repairExternalIds({ session, documents, keys }: RepairDeps): Promise<void> {
  const title = vscode.l10n.t('Looking for wrong external IDs');
  const plan = await vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) =>
    session.rescue.plan({ signal: signalOf(token) }),
  );
  if (plan.people.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Nobody has a wrong external ID in Kiro.'));
    return;
  }
  await documents.show('/wrong-external-ids.kiro-plan', preview(plan));
  await saveRecords(plan);
  await confirmPlan(session, rescueQuestion(plan.people.length));
  const report = await run(session, plan, keys);
  await documents.show('/external-ids-repaired.kiro-plan', afterwards(report));
  say(report);
}

/** Not awaited: the command is over, whenever the message is closed. */
function say({ rescued, left, why }: RescueReport): void {
  if (why) void vscode.window.showWarningMessage(words(why));
  else if (left > 0)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} people repaired, {1} left.', rescued.length, left),
    );
  else {
    const start = vscode.l10n.t('Apply step {0}', 5);
    const done = vscode.l10n.t(
      '{0} people repaired. Give them their seats again in the Kiro console; apply step 5 starts provisioning.',
      rescued.length,
    );
    void vscode.window.showInformationMessage(done, start).then((choice) => {
      if (choice === start) void vscode.commands.executeCommand(commandIds.applyStep5);
    });
  }
}

/** Nothing is deleted before what is deleted lies in a file. Throws `Cancelled`. */
async function saveRecords({ people }: RescuePlan): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const name = 'kiro-records-before-repair.json';
  const uri = await vscode.window.showSaveDialog({
    // Without a folder the dialog opens at the last one, and asks for the name.
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder.uri, name) }),
    title: vscode.l10n.t('Save the records before they are deleted'),
    filters: { JSON: ['json'] },
  });
  if (!uri) throw new Cancelled();
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${JSON.stringify(people, null, 2)}\n`));
}

async function run(session: Session, plan: RescuePlan, keys: ContextKeySetter): Promise<RescueReport> {
  keys.set('kiroConnect.busy', true);
  try {
    const title = vscode.l10n.t('Repairing external IDs');
    return await vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) =>
      session.rescue.run(plan, {
        signal: signalOf(token),
        goOn: ({ person }) => goOn(person.displayName, plan.people.length - 1),
        onProgress: ({ done, total, name }) =>
          progress.report({ message: vscode.l10n.t('{0} of {1}, now {2}', done, total, name) }),
      }),
    );
  } finally {
    keys.set('kiroConnect.busy', false);
  }
}

async function goOn(name: string, others: number): Promise<boolean> {
  const yes = vscode.l10n.t('Repair the rest');
  const detail = vscode.l10n.t(
    'Best let {0} sign in to Kiro first. You can go on later with the same command.',
    name,
  );
  const question = vscode.l10n.t('{0} is in Kiro with the right external ID. Repair {1} more?', name, others);
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, yes)) === yes;
}

function preview({ people, begun, more }: RescuePlan): string {
  return [
    vscode.l10n.t(
      'Kiro has these people under another external ID than their object ID and never changes it.',
    ),
    '',
    vscode.l10n.t('   1. You save their records to a file. Nothing is changed so far.'),
    vscode.l10n.t('   2. You confirm, typing the name of the tenant.'),
    vscode.l10n.t(
      '   3. The record of the first person is deleted, the person provisioned on demand and read back.',
    ),
    vscode.l10n.t('   4. You decide whether the rest follow in the same way.'),
    ...(begun > 0 ? [vscode.l10n.t('With the first {0} an earlier repair broke off.', begun)] : []),
    ...(more > 0 ? [vscode.l10n.t('{0} more are not listed; repair again for them.', more)] : []),
    '',
    vscode.l10n.t('External ID in Kiro → object ID, which it has to be'),
    ...people.map(
      ({ person, externalId }) =>
        `   ${nameOf(person)} · ${externalId === '' ? '–' : externalId} → ${person.id}`,
    ),
    '',
  ].join('\n');
}

function afterwards({ rescued, left }: RescueReport): string {
  return [
    vscode.l10n.t('{0} people repaired, {1} left.', rescued.length, left),
    '',
    vscode.l10n.t(
      'In the Kiro console, give these people their seats again and remove those of their old records:',
    ),
    ...rescued.map(
      ({ person, recordId }) => `   ${vscode.l10n.t('{0}, old record {1}', nameOf(person), recordId)}`,
    ),
    '',
    left > 0
      ? vscode.l10n.t('Repair again for who is left; apply step 5 after that, which starts provisioning.')
      : vscode.l10n.t('Then apply step 5, which starts provisioning.'),
    '',
  ].join('\n');
}

function nameOf({ displayName, userPrincipalName }: Affected['person']): string {
  return userPrincipalName === undefined ? displayName : `${displayName} <${userPrincipalName}>`;
}
