import type { Job } from '../state.ts';
import type { Memory } from './memory.ts';
import { markStarted } from './status.ts';
import { ProvisioningError } from './types.ts';

/** Flags of `resetScope` (Microsoft Graph: synchronizationJobRestartCriteria). */
const flags = [
  'None',
  'ConnectorDataStore',
  'Escrows',
  'Watermark',
  'QuarantineState',
  'Full',
  'ForceDeletes',
] as const;

/**
 * Does what a restart asks: `Watermark` makes the next cycle an initial one, `Escrows` forgets failures, `QuarantineState`
 * ends the quarantine, `ConnectorDataStore` forgets the links, so that everyone is matched anew, `Full` is all of these,
 * `ForceDeletes` lets the deletions through that were held back, once. Nothing given means Watermark, Escrows and
 * QuarantineState. Throws `ProvisioningError` for a flag that there isn't.
 */
export function reset(job: Job, memory: Memory, resetScope: string | undefined): void {
  const asked = (resetScope ?? '').trim();
  const given = new Set(asked === '' ? [] : asked.split(',').map((flag) => flag.trim()));
  for (const flag of given)
    if (!flags.some((one) => one === flag))
      throw new ProvisioningError(400, 'BadRequest', `Requested value '${flag}' was not found.`);
  const resets = (flag: (typeof flags)[number]): boolean => given.has(flag) || given.has('Full');
  if (resets('ConnectorDataStore')) {
    job.links.clear();
    memory.members.clear();
    memory.groups.clear();
    memory.deletedAt.clear();
    memory.exported.clear();
  }
  if (resets('Escrows') || asked === '') {
    memory.escrows.clear();
    memory.references.clear();
  }
  if (resets('Watermark') || asked === '') {
    job.initialCycleDue = true;
    memory.watermark = undefined;
  }
  if (given.has('ForceDeletes')) memory.deletesAllowed = true;
  const quarantined = job.status['quarantine'] !== null && !(resets('QuarantineState') || asked === '');
  job.schedule.state = 'Active';
  if (quarantined) job.status['code'] = 'Quarantine';
  else markStarted(job);
}
