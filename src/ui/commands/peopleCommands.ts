import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

/** Commands that answer questions about people. They only read. */
export function peopleCommands({
  store,
  documents,
}: CommandDeps): Pick<Handlers, 'whyPerson' | 'whoCan' | 'comparePeople'> {
  return {
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
