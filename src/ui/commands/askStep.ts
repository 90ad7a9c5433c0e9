import * as vscode from 'vscode';
import type { StepNumber } from '../../guide/requirement.ts';
import { Cancelled } from '../errors.ts';
import type { SessionStore } from '../sessionStore.ts';
import { stepName } from '../tree/guideTree.ts';
import { stepArg } from './args.ts';

/** The step that a command was given, else the one that is picked. */
export async function askStep(store: SessionStore, arg: unknown): Promise<StepNumber> {
  const given = stepArg(arg);
  if (given !== undefined) return given;
  const steps = store.observation?.health.steps ?? [];
  const items = steps.map((step) => ({ label: stepName(step), step: step.step }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which step?') });
  if (!picked) throw new Cancelled();
  return picked.step;
}
