import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

/** Commands that answer questions about people, and the one that brings them to Kiro at once. */
export function peopleCommands({
  store,
  documents,
  keys,
  refresh,
}: CommandDeps): Pick<
  Handlers,
  'removeAccess' | 'whyPerson' | 'whoCan' | 'comparePeople' | 'provisionNow' | 'repairExternalIds'
> {
  return {
    provisionNow: async (arg) => {
      const session = store.require();
      await store.look();
      const { provisionNow } = await import('../provision/provisionNow.ts');
      await provisionNow({ session, documents, keys }, typeof arg === 'string' ? arg : undefined);
      await store.look();
      refresh.restart();
    },
    repairExternalIds: async () => {
      const session = store.require();
      await store.look();
      const { repairExternalIds } = await import('../rescue/repairExternalIds.ts');
      await repairExternalIds({ session, documents, keys });
      await store.look();
      refresh.restart();
    },
    removeAccess: async (arg) => {
      const session = store.require();
      const { removeAccess } = await import('../leaving/removeAccess.ts');
      await removeAccess({ session, documents, keys }, typeof arg === 'string' ? arg : undefined);
      await store.look();
      refresh.restart();
    },
    whyPerson: async (arg) => {
      const { askWhy } = await import('../why/askWhy.ts');
      await askWhy(store.require(), documents, typeof arg === 'string' ? arg : undefined);
    },
    whoCan: async () => {
      const { showWhoCan } = await import('../why/showWhoCan.ts');
      await showWhoCan(store.require(), documents);
    },
    comparePeople: async () => {
      const session = store.require();
      await store.look();
      const { showComparison } = await import('../compare/showComparison.ts');
      await showComparison(session, documents);
    },
  };
}
