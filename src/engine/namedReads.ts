import { groupById, groupMembers } from '../entra/groups.ts';
import type { GraphRequest } from '../guide/change.ts';
import type { GraphRead, ReadResult } from '../entra/batch.ts';
import { synchronizationSchema, templateSchema } from '../entra/synchronization.ts';
import {
  known,
  type AssignedGroup,
  type CloudFacts,
  type DirectoryMember,
  type Observed,
  type Snapshot,
  type SynchronizationSchema,
} from '../guide/snapshot.ts';
import { notInCloud, notRead, observed, unreadable } from './observed.ts';

/** The template that every new provisioning job of a non-gallery application has (Entra: SCIM compatibility page). */
const scimTemplate = 'scim';

/** What the last look saw, so that this one can ask for it all at once. A wrong hint costs one request, never a fact. */
export interface Hints {
  readonly jobId?: string;
  readonly groupIds: readonly string[];
}

/** What an answered write adds: the job that was made, the group that was assigned. */
export function hintFrom(hints: Hints, { answer, path, body }: GraphRequest, answered: unknown): Hints {
  if (answer === 'job') {
    const jobId: unknown = isRecord(answered) ? answered['id'] : undefined;
    return typeof jobId === 'string' ? { ...hints, jobId } : hints;
  }
  if (!path.endsWith('/appRoleAssignedTo') || !isRecord(body)) return hints;
  const principal = body['principalId'];
  return typeof principal === 'string' ? { ...hints, groupIds: [...hints.groupIds, principal] } : hints;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

export interface NamedReads {
  readonly reads: readonly GraphRead<unknown>[];
  /** Finds the schema and the wanted groups among the results of `reads`. */
  take(
    results: readonly ReadResult<unknown>[],
    wanted: readonly string[],
  ): Pick<Snapshot, 'schema' | 'groups'>;
}

/** The schema, and each group beside its members: what ids of jobs and groups lead to. */
export function namedReads(
  servicePrincipalId: string,
  { jobId, groupIds }: Hints,
  { lacks }: Pick<CloudFacts, 'lacks'>,
): NamedReads {
  const groups = groupIds.flatMap((id) => [groupById(id), groupMembers(id)]);
  if (lacks.includes('schema')) {
    return {
      reads: groups,
      take: (results, wanted) => ({ schema: notInCloud, groups: joinGroups(groupIds, results, wanted) }),
    };
  }
  const schema = jobId
    ? synchronizationSchema(servicePrincipalId, jobId)
    : templateSchema(servicePrincipalId, scimTemplate);
  return {
    reads: [schema, ...groups],
    take: ([first, ...rest], wanted) => ({
      // Results stand in the order of the reads, which the compiler can't follow through a spread.
      schema: first ? observed(first as ReadResult<SynchronizationSchema | undefined>) : notRead,
      groups: joinGroups(groupIds, rest, wanted),
    }),
  };
}

/** Group and members come back side by side; a group that was deleted meanwhile is left out. */
function joinGroups(
  ids: readonly string[],
  results: readonly ReadResult<unknown>[],
  wanted: readonly string[],
): Observed<readonly AssignedGroup[]> {
  const groups: AssignedGroup[] = [];
  let at = Date.now();
  for (const [index, id] of ids.entries()) {
    if (!wanted.includes(id)) continue;
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
