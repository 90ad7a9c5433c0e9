import type { Choices } from './change.ts';
import { inCloud } from './cloudLimits.ts';
import { leaverRequirements } from './leaving/openTasks.ts';
import type { Requirement } from './requirement.ts';
import type { Snapshot } from './snapshot.ts';
import { applicationRequirements } from './steps/application.ts';
import { configurationRequirements } from './steps/configuration.ts';
import { formerRequirements } from './steps/formerApplication.ts';
import { leftOutRequirements } from './steps/leftOut.ts';
import { peopleRequirements } from './steps/people.ts';
import { profileRequirements } from './steps/profile.ts';
import { provisioningRequirements } from './steps/provisioning.ts';

/**
 * Every demand of the guide, in its order. The snapshot decides only how many there are: each domain brings its own.
 * Choices of a plan may ask for one more. Ids are unique and stable.
 */
export function requirements(snapshot: Snapshot, choices?: Choices): readonly Requirement[] {
  return [
    ...applicationRequirements,
    ...configurationRequirements,
    ...profileRequirements(snapshot),
    ...provisioningRequirements,
    ...leftOutRequirements(snapshot, choices),
    ...peopleRequirements,
    ...formerRequirements(snapshot),
    ...leaverRequirements(snapshot),
  ].map((requirement) => inCloud(requirement, snapshot));
}
