import type {
  AssignedGroup,
  DirectoryMember,
  Observed,
  Snapshot,
  SynchronizationJob,
} from '../guide/snapshot.ts';
import { known } from '../guide/snapshot.ts';
import type { KeptApplication } from '../guide/kept.ts';
import { applicationById } from '../entra/applications.ts';
import { appRoleAssignedTo } from '../entra/appRoleAssignments.ts';
import { readBatch, type GraphRead, type ReadOptions, type ReadResult } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { groupById, groupMembers } from '../entra/groups.ts';
import { organization } from '../entra/organization.ts';
import { permissionGrantsOf } from '../entra/permissionGrants.ts';
import { servicePrincipalById } from '../entra/servicePrincipals.ts';
import {
  provisioningJob,
  synchronizationJobs,
  synchronizationSchema,
  synchronizationSecrets,
  templateSchema,
} from '../entra/synchronization.ts';
import { notRead, observed, unreadable } from './observed.ts';

/** The part of a snapshot that Microsoft Graph tells. */
export type GraphPart = Pick<
  Snapshot,
  | 'organization'
  | 'application'
  | 'servicePrincipal'
  | 'grants'
  | 'assignments'
  | 'groups'
  | 'secrets'
  | 'job'
  | 'schema'
  | 'schemaSource'
>;

/** The template that every new provisioning job of a non-gallery application has (Entra: SCIM compatibility page). */
const scimTemplate = 'scim';

/**
 * Reads the tenant in two `$batch` requests: what hangs on known ids, then what those name (the job's schema, the
 * assigned groups and their members). Never rejects but for an abort: what can't be read is unknown with its reason.
 */
export async function observeGraph(
  graph: GraphClient,
  application: KeptApplication | undefined,
  options: ReadOptions,
): Promise<GraphPart> {
  try {
    return application
      ? await observeApplication(graph, application, options)
      : await observeTenant(graph, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    return nothing(unreadable(error));
  }
}

async function observeTenant(graph: GraphClient, options: ReadOptions): Promise<GraphPart> {
  const [tenant] = await readBatch(graph, [organization()], options);
  const at = tenant.ok ? tenant.at : Date.now();
  return { ...nothing(notRead), organization: observed(tenant), application: known(undefined, at) };
}

async function observeApplication(
  graph: GraphClient,
  { applicationId, servicePrincipalId }: KeptApplication,
  options: ReadOptions,
): Promise<GraphPart> {
  const [tenant, application, servicePrincipal, grants, assignments, secrets, jobs] = await readBatch(
    graph,
    [
      organization(),
      applicationById(applicationId),
      servicePrincipalById(servicePrincipalId),
      permissionGrantsOf(servicePrincipalId),
      appRoleAssignedTo(servicePrincipalId),
      synchronizationSecrets(servicePrincipalId),
      synchronizationJobs(servicePrincipalId),
    ],
    options,
  );
  const job = mapped(jobs, provisioningJob);
  const groupIds = assignments.ok
    ? [
        ...new Set(
          assignments.value.filter((one) => one.principalType === 'Group').map((one) => one.principalId),
        ),
      ]
    : [];
  const second = await observeNamed(graph, servicePrincipalId, job, groupIds, options);
  return {
    organization: observed(tenant),
    application: observed(application),
    servicePrincipal: observed(servicePrincipal),
    grants: observed(grants),
    assignments: observed(assignments),
    secrets: observed(secrets),
    job: observed(job),
    ...second,
    ...(!assignments.ok && { groups: unreadable(assignments.error) }),
  };
}

async function observeNamed(
  graph: GraphClient,
  servicePrincipalId: string,
  job: ReadResult<SynchronizationJob | undefined>,
  groupIds: readonly string[],
  options: ReadOptions,
): Promise<Pick<GraphPart, 'schema' | 'schemaSource' | 'groups'>> {
  const jobId = job.ok ? job.value?.id : undefined;
  const schemaRead = jobId
    ? synchronizationSchema(servicePrincipalId, jobId)
    : templateSchema(servicePrincipalId, scimTemplate);
  const groupReads: GraphRead<unknown>[] = groupIds.flatMap((id) => [groupById(id), groupMembers(id)]);
  const [schema, ...groups] = await readBatch(graph, [schemaRead, ...groupReads] as const, options);
  return {
    schema: job.ok ? observed(schema) : unreadable(job.error),
    schemaSource: jobId ? 'job' : 'template',
    groups: joinGroups(groupIds, groups),
  };
}

/** Group and members come back side by side; a group that was deleted meanwhile is left out. */
function joinGroups(
  ids: readonly string[],
  results: readonly ReadResult<unknown>[],
): Observed<readonly AssignedGroup[]> {
  const groups: AssignedGroup[] = [];
  let at = Date.now();
  for (const index of ids.keys()) {
    const group = results[2 * index] as ReadResult<Omit<AssignedGroup, 'members'> | undefined> | undefined;
    const members = results[2 * index + 1] as ReadResult<readonly DirectoryMember[]> | undefined;
    if (!group || !members) continue;
    if (!group.ok) return unreadable(group.error);
    if (!members.ok) return unreadable(members.error);
    at = members.at;
    if (group.value) groups.push({ ...group.value, members: members.value });
  }
  return known(groups, at);
}

function mapped<T, U>(result: ReadResult<T>, map: (value: T) => U): ReadResult<U> {
  return result.ok ? { ...result, value: map(result.value) } : result;
}

function nothing(reason: ReturnType<typeof unreadable>): GraphPart {
  return {
    organization: reason,
    application: reason,
    servicePrincipal: reason,
    grants: reason,
    assignments: reason,
    groups: reason,
    secrets: reason,
    job: reason,
    schema: reason,
    schemaSource: 'template',
  };
}
