import type { Snapshot } from '../snapshot.ts';
import { credentialRequirement } from './credentials.ts';
import { mappingRequirements } from './mapping.ts';
import { secretRequirements } from './secrets.ts';

/** Endpoint, token, scope and mapping are right: nothing of step 4 stands against pushing people. */
export function readyToPush(snapshot: Snapshot): boolean {
  return [credentialRequirement, ...secretRequirements, ...mappingRequirements].every(
    ({ severity, evaluate }) => severity === 'warning' || evaluate(snapshot).status === 'met',
  );
}
