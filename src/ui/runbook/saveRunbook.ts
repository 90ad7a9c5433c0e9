import * as vscode from 'vscode';
import type { Session } from '../../engine/session.ts';
import type { StepNumber } from '../../guide/requirement.ts';
import { saveMarkdown } from '../exports/saveMarkdown.ts';
import { words } from '../words.ts';
import { runbook } from './runbook.ts';

const steps: readonly StepNumber[] = [1, 2, 3, 4, 5];

/** Saves the set-up as a document for whoever keeps it running. */
export async function saveRunbook(session: Session): Promise<void> {
  const { l10n } = vscode;
  const observation = session.current;
  if (!observation) throw new Error(l10n.t('Nothing was looked at yet. Check now.'));
  const document = runbook(
    {
      at: session.now(),
      connection: session.connection,
      observation,
      plans: steps.map((step) => session.plan(step, { choices: {} })),
      journal: await session.journal(),
    },
    words,
  );
  await saveMarkdown(
    l10n.t('Save the set-up as a runbook'),
    'kiro-entra-runbook.md',
    await session.withoutSecrets(document),
  );
}
