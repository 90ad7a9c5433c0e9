import type { Requirement } from '../requirement.ts';
import { credentialRequirement } from './credentials.ts';
import { jobRequirement } from './job.ts';
import { mappingRequirements } from './mapping.ts';
import { profileRenewedRequirement } from './profileRenewed.ts';
import { quarantineRequirement } from './quarantine.ts';
import { scimValueRequirements } from './scimValues.ts';
import { secretRequirements } from './secrets.ts';

/** Step 4 of the guide: provision the Kiro application. The order is that in which the plan acts. */
export const provisioningRequirements: readonly Requirement[] = [
  ...scimValueRequirements,
  jobRequirement,
  credentialRequirement,
  ...secretRequirements,
  ...mappingRequirements,
  profileRenewedRequirement,
  quarantineRequirement,
];
