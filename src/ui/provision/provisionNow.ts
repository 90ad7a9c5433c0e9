import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import { lacksOnDemand, noOnDemand } from '../../guide/cloudLimits.ts';
import type { OnDemandPlan } from '../../guide/onDemand.ts';
import type { OnDemandTarget } from '../../guide/onDemandTarget.ts';
import { countOutcomes, onDemandHeadline, type OnDemandReport } from '../../guide/onDemandWords.ts';
import { confirmPlan } from '../apply/confirm.ts';
import type { ReadOnlyDocuments } from '../apply/readOnlyDocuments.ts';
import type { ContextKeySetter } from '../contextKeys.ts';
import { signalOf } from '../inputs/abort.ts';
import { pick } from '../inputs/ask.ts';
import { words } from '../words.ts';
import { memberOf, pickWhom } from './pickWhom.ts';
import { reportText } from './reportText.ts';

export interface ProvisionDeps {
  readonly session: Session;
  readonly documents: ReadOnlyDocuments;
  readonly keys: ContextKeySetter;
}

/** Whom, one question, progress that can be cancelled, and what became of everybody by name. */
export async function provisionNow(deps: ProvisionDeps, personId: string | undefined): Promise<void> {
  const { session } = deps;
  const snapshot = session.current?.snapshot;
  if (!snapshot) return;
  if (lacksOnDemand(snapshot.cloud)) throw new Error(words(noOnDemand));
  const person = personId === undefined ? undefined : memberOf(snapshot, personId);
  const target: OnDemandTarget = person ? { kind: 'person', person } : await pickWhom(snapshot);
  const plan = await planFor(session, target);
  if (plan.people.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is nobody to provision: the group has no members whom Entra provisions.'),
    );
    return;
  }
  await confirmPlan(session, plan.plan);
  await say(deps, await push(deps, plan));
}

/** A run that broke off can go on, or begin anew. */
async function planFor(session: Session, target: OnDemandTarget): Promise<OnDemandPlan> {
  const plan = (again: boolean) =>
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Reading who is in the group'),
        cancellable: true,
      },
      (_progress, token) => session.onDemand.plan(target, { again, signal: signalOf(token) }),
    );
  const first = target.kind === 'person' ? await session.onDemand.plan(target) : await plan(false);
  if (first.before === 0) return first;
  const goesOn = await pick(vscode.l10n.t('{0} people were pushed already', first.before), [
    { label: vscode.l10n.t('Go on with the {0} who are left', first.people.length), value: true },
    { label: vscode.l10n.t('Begin anew with all {0}', first.before + first.people.length), value: false },
  ]);
  return goesOn ? first : plan(true);
}

async function push({ session, keys }: ProvisionDeps, plan: OnDemandPlan): Promise<OnDemandReport> {
  keys.set('kiroConnect.busy', true);
  try {
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Provisioning on demand'),
        cancellable: true,
      },
      (progress, token) => {
        let reported = 0;
        return session.onDemand.push(plan, {
          signal: signalOf(token),
          onProgress: ({ done, total, next }) => {
            const share = (done / total) * 100;
            const message = vscode.l10n.t('{0} of {1}, now {2}', done, total, next);
            progress.report({ message, increment: share - reported });
            reported = share;
          },
        });
      },
    );
  } finally {
    keys.set('kiroConnect.busy', false);
  }
}

async function say({ session, documents }: ProvisionDeps, report: OnDemandReport): Promise<void> {
  const headline = words(onDemandHeadline(report));
  if (report.target.kind === 'group')
    await documents.show('/provisioned-now.kiro-plan', reportText(report, session.now(), words));
  const bad = report.ended === 'stopped' || countOutcomes(report.results).failed > 0;
  const show = bad ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  // Not awaited: the command is over, whenever the message is closed.
  void show(headline);
}
