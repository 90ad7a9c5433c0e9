import type { ProvisionDeps } from '../provision/provisionNow.ts';
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
  /** What changes something begins with a fresh look and ends with one. */
  async function changing(work: (deps: ProvisionDeps) => Promise<void>): Promise<void> {
    const session = store.require();
    await store.look();
    await work({ session, documents, keys });
    await store.look();
    refresh.restart();
  }

  return {
    provisionNow: (arg) =>
      changing(async (deps) => {
        const { provisionNow } = await import('../provision/provisionNow.ts');
        await provisionNow(deps, wordOf(arg));
      }),
    repairExternalIds: () =>
      changing(async (deps) => {
        const { repairExternalIds } = await import('../rescue/repairExternalIds.ts');
        await repairExternalIds(deps);
      }),
    removeAccess: (arg) =>
      changing(async (deps) => {
        const { removeAccess } = await import('../leaving/removeAccess.ts');
        await removeAccess(deps, wordOf(arg));
      }),
    whyPerson: async (arg) => {
      const { askWhy } = await import('../why/askWhy.ts');
      await askWhy(store.require(), documents, wordOf(arg));
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

function wordOf(arg: unknown): string | undefined {
  return typeof arg === 'string' ? arg : undefined;
}
