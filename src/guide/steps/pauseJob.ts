import type { Change } from '../change.ts';
import type { ServicePrincipal, SynchronizationJob } from '../snapshot.ts';
import type { Text } from '../text.ts';
import { synchronizationPath } from './job.ts';

/** Stops a job that is scheduled; what it knows is kept (Microsoft Graph: synchronizationJob: pause). */
export function pauseJob(
  principal: ServicePrincipal,
  job: SynchronizationJob,
  { title, why }: { readonly title: Text; readonly why: Text },
): Change {
  const path = `${synchronizationPath(principal)}/jobs/${job.id}`;
  return {
    id: 'provisioning.pause',
    step: 4,
    meets: [],
    title,
    why,
    before: { provisioningStatus: 'On' },
    after: { provisioningStatus: 'Off' },
    request: { kind: 'graph', method: 'POST', path: `${path}/pause` },
    inverse: { kind: 'graph', method: 'POST', path: `${path}/start` },
    risk: 'low',
    scopes: ['Synchronization.ReadWrite.All'],
  };
}
