import type { ExportName } from '../exports/exportDocument.ts';
import { askStep } from './askStep.ts';
import type { CommandDeps } from './deps.ts';
import type { Handler, Handlers } from './registry.ts';

/** Commands that write a document for people outside this tool. */
export function exportCommands(deps: CommandDeps): Pick<Handlers, ExportName> {
  const writing =
    (what: ExportName): Handler =>
    async (arg) => {
      const { exportDocument } = await import('../exports/exportDocument.ts');
      await exportDocument(what, deps, () => askStep(deps.store, arg));
    };
  return {
    exportScript: writing('exportScript'),
    exportChanges: writing('exportChanges'),
    saveEvidence: writing('saveEvidence'),
    saveRunbook: writing('saveRunbook'),
  };
}
