import type { StepNumber } from '../../guide/requirement.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { exportChanges } from './exportChanges.ts';
import { exportScript } from './exportScript.ts';

/** Documents for people outside this tool. */
export type ExportName = 'exportScript' | 'exportChanges' | 'saveEvidence' | 'saveRunbook';

/** Writes one of them, from a fresh look where it tells what is. */
export async function exportDocument(
  what: ExportName,
  { store, refresh }: Pick<CommandDeps, 'store' | 'refresh'>,
  askStep: () => Promise<StepNumber>,
): Promise<void> {
  const session = store.require();
  if (what === 'exportChanges') return exportChanges(session);
  await store.look({ interactive: what === 'exportScript' && !session.current });
  switch (what) {
    case 'exportScript':
      return exportScript(session, await askStep(), async () => {
        await store.look();
        refresh.restart();
      });
    case 'saveEvidence': {
      const { saveEvidence } = await import('../evidence/saveEvidence.ts');
      return saveEvidence(session);
    }
    case 'saveRunbook': {
      const { saveRunbook } = await import('../runbook/saveRunbook.ts');
      return saveRunbook(session);
    }
  }
}
