import { applicationFaults } from './cases/application.ts';
import { attributeFaults } from './cases/attributes.ts';
import { configurationFaults } from './cases/configuration.ts';
import { dnsFaults } from './cases/dns.ts';
import { mappingFaults } from './cases/mapping.ts';
import { movingFaults } from './cases/moving.ts';
import { peopleFaults } from './cases/people.ts';
import { personFaults } from './cases/persons.ts';
import { profileFaults } from './cases/profile.ts';
import { provisioningFaults } from './cases/provisioning.ts';
import type { Fault } from './fault.ts';

/** Set-ups broken in one known way each, in the guide's order. */
export const catalogue: readonly Fault[] = [
  ...applicationFaults,
  ...configurationFaults,
  ...profileFaults,
  ...dnsFaults,
  ...mappingFaults,
  ...provisioningFaults,
  ...peopleFaults,
  ...movingFaults,
  ...attributeFaults,
  ...personFaults,
];
