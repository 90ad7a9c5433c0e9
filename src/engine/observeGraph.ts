import type { KeptApplication } from '../guide/kept.ts';
import {
  known,
  valueOf,
  type AppRoleAssignment,
  type CloudFacts,
  type Snapshot,
  type SynchronizationSecret,
} from '../guide/snapshot.ts';
import { applicationById } from '../entra/applications.ts';
import { appRoleAssignedTo } from '../entra/appRoleAssignments.ts';
import { readBatch, type ReadOptions, type ReadResult } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { organization } from '../entra/organization.ts';
import { permissionGrantsOf } from '../entra/permissionGrants.ts';
import { servicePrincipalById } from '../entra/servicePrincipals.ts';
import { provisioningJob, synchronizationJobs, synchronizationSecrets } from '../entra/synchronization.ts';
import { namedReads, type Hints } from './namedReads.ts';
import { notInCloud, notRead, observed, unreadable } from './observed.ts';

export interface ObserveOptions extends ReadOptions {
  readonly cloud: CloudFacts;
}

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

/**
 * Reads the tenant in one `$batch` where the hints still hold, else in two: what hangs on known ids, then what those
 * name (the job's schema, the assigned groups and their members). Never rejects but for an abort: what can't be read is
 * unknown with its reason.
 */
export async function observeGraph(
  graph: GraphClient,
  application: KeptApplication | undefined,
  hints: Hints,
  options: ObserveOptions,
): Promise<GraphPart> {
  try {
    return application
      ? await observeApplication(graph, application, hints, options)
      : await observeTenant(graph, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    return nothing(unreadable(error));
  }
}

/** What a look is worth as hints for the next one. */
export function hintsFrom(seen: Pick<GraphPart, 'job' | 'assignments'> | undefined): Hints {
  const jobId = seen && valueOf(seen.job)?.id;
  return {
    ...(jobId !== undefined && { jobId }),
    groupIds: seen ? assignedGroupIds(valueOf(seen.assignments)) : [],
  };
}

async function observeTenant(graph: GraphClient, options: ReadOptions): Promise<GraphPart> {
  const [tenant] = await readBatch(graph, [organization()], options);
  const at = tenant.ok ? tenant.at : Date.now();
  return { ...nothing(notRead), organization: observed(tenant), application: known(undefined, at) };
}

async function observeApplication(
  graph: GraphClient,
  { applicationId, servicePrincipalId }: KeptApplication,
  hints: Hints,
  { cloud, ...options }: ObserveOptions,
): Promise<GraphPart> {
  const guess = namedReads(servicePrincipalId, hints, cloud);
  const saved = cloud.lacks.includes('secrets') ? [] : [synchronizationSecrets(servicePrincipalId)];
  const [tenant, application, servicePrincipal, grants, assignments, jobs, ...rest] = await readBatch(
    graph,
    [
      organization(),
      applicationById(applicationId),
      servicePrincipalById(servicePrincipalId),
      permissionGrantsOf(servicePrincipalId),
      appRoleAssignedTo(servicePrincipalId),
      synchronizationJobs(servicePrincipalId),
      ...saved,
      ...guess.reads,
    ] as const,
    options,
  );
  // Results stand in the order of the reads, which the compiler can't follow through a spread.
  const secrets = rest.slice(0, saved.length)[0] as ReadResult<readonly SynchronizationSecret[]> | undefined;
  const guessed = rest.slice(saved.length);
  const job = mapped(jobs, provisioningJob);
  const jobId = job.ok ? job.value?.id : hints.jobId;
  const groupIds = assignments.ok ? assignedGroupIds(assignments.value) : hints.groupIds;
  const right = jobId === hints.jobId && groupIds.every((id) => hints.groupIds.includes(id));
  const named = namedReads(servicePrincipalId, { ...(jobId !== undefined && { jobId }), groupIds }, cloud);
  const results = right ? guessed : await readBatch(graph, named.reads, options);
  const { schema, groups } = (right ? guess : named).take(results, groupIds);
  return {
    organization: observed(tenant),
    application: observed(application),
    servicePrincipal: observed(servicePrincipal),
    grants: observed(grants),
    assignments: observed(assignments),
    secrets: secrets ? observed(secrets) : notInCloud,
    job: observed(job),
    schema: job.ok ? schema : unreadable(job.error),
    schemaSource: jobId === undefined ? 'template' : 'job',
    groups: assignments.ok ? groups : unreadable(assignments.error),
  };
}

function assignedGroupIds(assignments: readonly AppRoleAssignment[] | undefined): readonly string[] {
  const groups = (assignments ?? []).filter((one) => one.principalType === 'Group');
  return [...new Set(groups.map((one) => one.principalId))];
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
