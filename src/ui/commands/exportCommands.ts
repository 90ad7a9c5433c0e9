import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';
import { askStep } from './askStep.ts';

/** Commands that write a document for people outside this tool. */
export function exportCommands({
  store,
  refresh,
}: CommandDeps): Pick<Handlers, 'exportScript' | 'exportChanges' | 'saveEvidence' | 'saveRunbook'> {
  return {
    exportScript: async (arg) => {
      const session = store.require();
      await store.look({ interactive: !session.current });
      const { exportScript } = await import('../exports/exportScript.ts');
      await exportScript(session, await askStep(store, arg), async () => {
        await store.look();
        refresh.restart();
      });
    },
    saveEvidence: async () => {
      const session = store.require();
      await store.look();
      const { saveEvidence } = await import('../evidence/saveEvidence.ts');
      await saveEvidence(session);
    },
    saveRunbook: async () => {
      const session = store.require();
      await store.look();
      const { saveRunbook } = await import('../runbook/saveRunbook.ts');
      await saveRunbook(session);
    },
    exportChanges: async () => {
      const { exportChanges } = await import('../exports/exportChanges.ts');
      await exportChanges(store.require());
    },
  };
}
