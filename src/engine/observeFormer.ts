import type { KeptApplication } from '../guide/kept.ts';
import { known, type Snapshot } from '../guide/snapshot.ts';
import { appRoleAssignedTo } from '../entra/appRoleAssignments.ts';
import { readBatch, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { servicePrincipalById } from '../entra/servicePrincipals.ts';
import { unreadable } from './observed.ts';

/**
 * Who is assigned to the application in whose place another was made; `undefined` where there is none. Never rejects but for an
 * abort.
 */
export async function observeFormer(
  graph: GraphClient,
  former: KeptApplication | undefined,
  options: ReadOptions,
): Promise<Snapshot['former']> {
  if (former === undefined) return undefined;
  const { servicePrincipalId: id } = former;
  try {
    const reads = [servicePrincipalById(id), appRoleAssignedTo(id)] as const;
    const [principal, assignments] = await readBatch(graph, reads, options);
    if (!principal.ok) return unreadable(principal.error);
    // Deleted, and its assignments with it.
    if (principal.value === undefined) return known(undefined, principal.at);
    return assignments.ok
      ? known({ principal: principal.value, assignments: assignments.value }, assignments.at)
      : unreadable(assignments.error);
  } catch (error) {
    options.signal?.throwIfAborted();
    return unreadable(error);
  }
}
