import type { GraphObject, Job, SandboxState, Synchronization } from '../../state.ts';
import { badRequest, GraphError, notFound } from '../errors.ts';
import type { Json } from '../requestBody.ts';
import { onlyKnown, stringOf } from '../requestBody.ts';
import { defaultSchema } from './defaultSchema.ts';
import { templatesOf } from './templates.ts';

/** What hangs on a service principal for provisioning; made when first asked for. */
export function synchronizationOf(servicePrincipalId: string, state: SandboxState): Synchronization {
  const known = state.tenant.synchronization.get(servicePrincipalId);
  if (known) return known;
  const fresh: Synchronization = { servicePrincipalId, secrets: [], job: undefined };
  state.tenant.synchronization.set(servicePrincipalId, fresh);
  return fresh;
}

/** A job as Graph answers it (Microsoft Graph: synchronizationJob resource type). */
export function jobEntity(job: Job): Record<string, unknown> {
  return {
    id: job.id,
    templateId: job.templateId,
    schedule: job.schedule,
    status: job.status,
    synchronizationJobSettings: [
      { name: 'AzureIngestionAttributeOptimization', value: 'False' },
      { name: 'LookaheadQueryEnabled', value: 'False' },
    ],
  };
}

/** The job of a service principal as reads see it. */
export function seenJob(
  view: 'objects' | 'lists',
  servicePrincipalId: string,
  state: SandboxState,
): Record<string, unknown> | undefined {
  const { job } = synchronizationOf(servicePrincipalId, state);
  return state.replication.part(view, 'job', servicePrincipalId, job && jobEntity(job));
}

/** The same, by the id that a path names; 404 when reads see another or none. */
export function readJob(
  servicePrincipalId: string,
  id: string,
  state: SandboxState,
): Record<string, unknown> {
  const job = seenJob('objects', servicePrincipalId, state);
  if (job?.['id'] !== id) throw notFound(id);
  return job;
}

/** The job that a path names; 404 when the service principal has another or none. */
export function jobOf(synchronization: Synchronization, id: string): Job {
  const { job } = synchronization;
  if (job?.id !== id) throw notFound(id);
  return job;
}

/**
 * Makes the job of a service principal from its template: paused, never run, with the template's mappings. The id holds
 * template, tenant and application, so that a second one of the same template conflicts.
 */
export function createJob(
  body: Json,
  context: { servicePrincipal: GraphObject; state: SandboxState; status: Record<string, unknown> },
): Job {
  onlyKnown(body, { writable: ['templateId'], readOnly: ['id', 'schedule', 'status', 'schema'] }, 'Job');
  const templateId = stringOf(body, 'templateId');
  const { servicePrincipal, state } = context;
  if (!templatesOf(servicePrincipal).some((template) => template.id === templateId))
    throw new GraphError(404, 'ResourceNotFound', `The template '${templateId}' doesn't exist.`);
  if (templateId !== 'scim')
    throw badRequest(`New jobs can't be made from the template '${templateId}'; use scim.`, 'BadRequest');
  const synchronization = synchronizationOf(servicePrincipal.id, state);
  if (synchronization.job)
    throw new GraphError(409, 'Conflict', `A job of the template '${templateId}' already exists.`);
  const id = `${templateId}.${state.tenant.id.replaceAll('-', '')}.${String(servicePrincipal['appId'])}`;
  synchronization.job = {
    id,
    templateId,
    schema: defaultSchema(id),
    schedule: { expiration: null, interval: 'PT40M', state: 'Disabled' },
    status: context.status,
    links: new Map(),
    nextCycleAt: undefined,
    initialCycleDue: true,
  };
  return synchronization.job;
}
