import { inCloud } from '../cloudLimits.ts';
import type { Snapshot } from '../snapshot.ts';
import { credentialRequirement } from './credentials.ts';
import { mappingRequirements } from './mapping.ts';
import { secretRequirements } from './secrets.ts';

/** Endpoint, token, scope and mapping are right, or ticked where the cloud can't tell: nothing of step 4 stands against pushing people. */
export function readyToPush(snapshot: Snapshot): boolean {
  return [credentialRequirement, ...secretRequirements, ...mappingRequirements]
    .map((requirement) => inCloud(requirement, snapshot))
    .every(({ severity, evaluate }) => severity === 'warning' || evaluate(snapshot).status === 'met');
}
