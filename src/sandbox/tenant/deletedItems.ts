import type { GraphObject, SandboxState } from '../state.ts';

/** How long a deleted object can be restored (Microsoft Entra: deletion and recovery of applications). */
const recoverableMs = 30 * 24 * 3_600_000;

/** Takes away for ever what was deleted thirty days ago. To be called before the deleted items are looked at. */
export function purgeExpired({ tenant, clock }: SandboxState): void {
  for (const item of tenant.deletedItems.values())
    if (Date.parse(String(item['deletedDateTime'])) + recoverableMs <= clock.now())
      tenant.deletedItems.delete(item.id);
}

/** An object as it was before it was deleted. */
export function undeleted(item: GraphObject): GraphObject {
  const rest = Object.entries(item).filter(([name]) => name !== '@odata.type');
  return { ...Object.fromEntries(rest), id: item.id, deletedDateTime: null };
}
