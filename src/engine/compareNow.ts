import type { Comparison } from '../guide/comparison.ts';
import { checkScimEndpoint } from '../guide/scimEndpoint.ts';
import type { Snapshot } from '../guide/snapshot.ts';
import { explainScimFault } from '../guide/diagnosis/scimFaults.ts';
import { assignedGroups } from '../guide/steps/arrivals.ts';
import { text } from '../guide/text.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { createScimClient } from '../scim/scimClient.ts';
import { isScimError } from '../scim/scimError.ts';
import { BadInput } from './badInput.ts';
import { comparePeople, type CompareOptions } from './comparePeople.ts';
import type { KiroDeps } from './observeKiro.ts';

/**
 * Compares everybody by what the last look saw assigned. Rejects with a `BadInput` sentence where there is nothing to
 * compare or Kiro gives no answer, with a `GraphError`, or with the signal's reason.
 */
export async function compareNow(
  graph: GraphClient,
  snapshot: Snapshot | undefined,
  deps: KiroDeps,
  options: CompareOptions = {},
): Promise<Comparison> {
  const endpoint = snapshot?.kept.scim?.endpoint;
  if (!snapshot || endpoint === undefined) {
    throw new BadInput(text('Kiro’s SCIM endpoint is not entered yet.'));
  }
  const checked = checkScimEndpoint(endpoint, deps);
  if (!checked.ok) throw new BadInput(checked.reason);
  if (!snapshot.groups.known) throw new BadInput(snapshot.groups.detail);
  if (!snapshot.assignments.known) throw new BadInput(snapshot.assignments.detail);
  const token = await deps.token();
  if (token === undefined) {
    throw new BadInput(text('Kiro’s access token is not stored here. Enter it to compare.'));
  }
  const groups = assignedGroups(snapshot).filter(({ securityEnabled }) => securityEnabled);
  const direct = snapshot.assignments.value.filter(({ principalType }) => principalType === 'User');
  const { signal } = options;
  const scim = createScimClient({ baseUrl: checked.endpoint, token, ...(signal && { signal }) });
  try {
    return await comparePeople(
      { graph, scim, now: deps.now },
      { groups, direct: direct.map(({ principalId }) => principalId) },
      options,
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (isScimError(error)) throw new BadInput(explainScimFault(error));
    throw error;
  }
}
