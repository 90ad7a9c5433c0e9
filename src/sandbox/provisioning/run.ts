import type { GraphUser, Job, SandboxState, Synchronization } from '../state.ts';
import { ProvisioningError } from './types.ts';
import { readRule } from './mapping.ts';
import type { Rule } from './mapping.ts';
import { openTarget } from './target.ts';
import type { Target } from './target.ts';

/** What the service remembers of a job beside what Graph shows. */
export interface Memory {
  /** What was last sent of an object, so that an unchanged one costs nothing. */
  readonly exported: Map<string, string>;
  /** Source users that are in a group at the target, by source group. */
  readonly members: Map<string, Set<string>>;
  /** Objects that failed, with the moment of their next try. */
  readonly escrows: Map<string, { attempts: number; nextAt: number }>;
  /** Links that belong to groups. */
  readonly groups: Set<string>;
  /** Users that vanished from the tenant, with the moment of that. */
  readonly deletedAt: Map<string, number>;
  initialDone: boolean;
}

export function newMemory(): Memory {
  return {
    exported: new Map(),
    members: new Map(),
    escrows: new Map(),
    groups: new Set(),
    deletedAt: new Map(),
    initialDone: false,
  };
}

/** Who is in scope of a job at this moment. */
export interface Scope {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/** Everything that one run of a job works with. */
export interface Run {
  readonly state: SandboxState;
  readonly job: Job;
  readonly servicePrincipalId: string;
  readonly rule: Rule;
  readonly target: Target;
  readonly scope: Scope;
  readonly memory: Memory;
  readonly skipOutOfScopeDeletions: boolean;
}

/** Opens a run. Throws `TargetError` when the saved credentials are not usable at all. */
export function openRun(state: SandboxState, synchronization: Synchronization, memory: Memory): Run {
  const { job, servicePrincipalId } = synchronization;
  if (!job) throw new ProvisioningError(404, 'ResourceNotFound', 'The job does not exist.');
  const secret = (key: string): string => synchronization.secrets.find((one) => one.key === key)?.value ?? '';
  return {
    state,
    job,
    servicePrincipalId,
    rule: readRule(job.schema),
    target: openTarget(secret('BaseAddress'), secret('SecretToken')),
    scope: scopeOf(state, servicePrincipalId, secret('SyncAll').toLowerCase() === 'true'),
    memory,
    skipOutOfScopeDeletions: secret('SkipOutOfScopeDeletions').toLowerCase() === 'true',
  };
}

/**
 * Everyone, or the people and groups assigned to the application and the direct members of those groups; members of
 * nested groups are not in scope.
 */
function scopeOf(state: SandboxState, servicePrincipalId: string, everyone: boolean): Scope {
  const { tenant } = state;
  if (everyone) return { users: new Set(tenant.users.keys()), groups: new Set(tenant.groups.keys()) };
  const users = new Set<string>();
  const groups = new Set<string>();
  for (const assignment of tenant.appRoleAssignments.values()) {
    if (assignment.resourceId !== servicePrincipalId) continue;
    if (tenant.users.has(assignment.principalId)) users.add(assignment.principalId);
    const group = tenant.groups.get(assignment.principalId);
    if (!group) continue;
    groups.add(group.id);
    for (const member of group.members) if (tenant.users.has(member)) users.add(member);
  }
  return { users, groups };
}

/** Whether a person is to be active in the target. */
export function isActive(run: Run, user: GraphUser): boolean {
  return run.scope.users.has(user.id) && user.accountEnabled;
}
