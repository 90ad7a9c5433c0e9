import type { ProvisionDeps } from '../provision/provisionNow.ts';
import type { CommandDeps } from './deps.ts';
import type { Handlers } from './registry.ts';

type Names =
  | 'removeAccess'
  | 'whyPerson'
  | 'whoCan'
  | 'comparePeople'
  | 'provisionNow'
  | 'leaveOutAttributes'
  | 'repairExternalIds';

/** Commands that answer questions about people, and the one that brings them to Kiro at once. */
export function peopleCommands(deps: CommandDeps): Pick<Handlers, Names> {
  const { store, documents, keys, refresh } = deps;
  /** What changes something begins with a fresh look and ends with one. */
  async function changing(work: (given: ProvisionDeps) => Promise<void>): Promise<void> {
    const session = store.require();
    await store.look();
    await work({ session, documents, keys });
    await store.look();
    refresh.restart();
  }

  return {
    provisionNow: (arg) =>
      changing(async (given) => {
        const { provisionNow } = await import('../provision/provisionNow.ts');
        await provisionNow(given, wordOf(arg));
      }),
    leaveOutAttributes: (arg) =>
      changing(async ({ session }) => {
        const { leaveOutAttributes } = await import('../provision/leaveOutAttributes.ts');
        await leaveOutAttributes(deps, session, wordOf(arg));
      }),
    repairExternalIds: () =>
      changing(async (given) => {
        const { repairExternalIds } = await import('../rescue/repairExternalIds.ts');
        await repairExternalIds(given);
      }),
    removeAccess: (arg) =>
      changing(async (given) => {
        const { removeAccess } = await import('../leaving/removeAccess.ts');
        await removeAccess(given, wordOf(arg));
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
