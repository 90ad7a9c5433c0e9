import type { GraphGroup, GraphUser, Job, SandboxState, Synchronization } from '../state.ts';
import { record, text } from './json.ts';
import { readRule } from './mapping.ts';
import type { Rule } from './mapping.ts';
import type { Memory } from './memory.ts';
import { scopeOf } from './scope.ts';
import type { Scope } from './scope.ts';
import { passes } from './scopingFilter.ts';
import { groupSource, userSource } from './source.ts';
import { openTarget } from './target.ts';
import type { Target } from './target.ts';
import { ProvisioningError } from './types.ts';

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
  /** Deletions and disablings that a cycle may make; undefined: any number. */
  readonly mostDeletes: number | undefined;
  /** Source id by target id, of every link. */
  readonly owners: Map<string, string>;
}

/** How a run is opened. */
export interface RunOptions {
  /** Take SyncAll as it is now; else as the last initial cycle took it. */
  readonly initial: boolean;
  /** On-demand provisioning doesn't follow the flag in the tenant URL. */
  readonly followFlag: boolean;
}

/** Opens a run. Throws `TargetError` when the saved credentials are not usable at all. */
export function openRun(
  state: SandboxState,
  synchronization: Synchronization,
  memory: Memory,
  options: RunOptions,
): Run {
  const { job, servicePrincipalId } = synchronization;
  if (!job) throw new ProvisioningError(404, 'ResourceNotFound', 'The job does not exist.');
  const secret = (key: string): string => synchronization.secrets.find((one) => one.key === key)?.value ?? '';
  const rule = readRule(job.schema);
  const everyone = options.initial ? isEveryone(synchronization) : memory.everyone;
  return {
    state,
    job,
    servicePrincipalId,
    rule,
    target: openTarget(secret('BaseAddress'), secret('SecretToken'), { followFlag: options.followFlag }),
    scope: scopeOf(state, servicePrincipalId, { everyone, onlyGroups: rule.onlyGroups }),
    memory,
    skipOutOfScopeDeletions: secret('SkipOutOfScopeDeletions').toLowerCase() === 'true',
    mostDeletes: memory.deletesAllowed ? undefined : deleteThreshold(secret('SyncNotificationSettings')),
    owners: new Map([...job.links].map(([source, target]) => [target, source])),
  };
}

/** Whether the saved settings ask for everyone (`SyncAll`); absent means assigned people and groups only. */
export function isEveryone(synchronization: Synchronization): boolean {
  const value = synchronization.secrets.find((one) => one.key === 'SyncAll')?.value ?? '';
  return value.toLowerCase() === 'true';
}

const DEFAULT_DELETE_THRESHOLD = 500;

/** The accidental-deletion threshold in the notification settings, if it is switched on. */
export function deleteThreshold(settings: string): number | undefined {
  let read: Record<string, unknown>;
  try {
    read = record(JSON.parse(settings));
  } catch {
    return undefined;
  }
  if (read['DeleteThresholdEnabled'] !== true) return undefined;
  const value = Number(read['DeleteThresholdValue'] ?? DEFAULT_DELETE_THRESHOLD);
  return Number.isFinite(value) ? value : DEFAULT_DELETE_THRESHOLD;
}

/** Remembers which object of the target belongs to one of the source. */
export function link(run: Run, sourceId: string, targetId: string): void {
  const before = run.job.links.get(sourceId);
  if (before !== undefined && before !== targetId) run.owners.delete(before);
  run.job.links.set(sourceId, targetId);
  run.owners.set(targetId, sourceId);
}

/** Drops a link. */
export function unlink(run: Run, sourceId: string): void {
  const before = run.job.links.get(sourceId);
  if (before !== undefined) run.owners.delete(before);
  run.job.links.delete(sourceId);
}

/** Whether a person is entitled and passes the scoping filters; disabled ones are in scope too. */
export function isInScope(run: Run, user: GraphUser): boolean {
  return run.scope.users.has(user.id) && passesFilter(run, user);
}

/** Whether a person passes the scoping filters, entitled or not. */
export function passesFilter(run: Run, user: GraphUser): boolean {
  if (!run.rule.user || run.rule.user.filter.length === 0) return true;
  const source = userSource(user, !user.accountEnabled);
  return passes(run.rule.user.filter, (name) => source.get(name) ?? null);
}

/** Whether a group is entitled and passes the scoping filters. */
export function isGroupInScope(run: Run, group: GraphGroup): boolean {
  return run.scope.groups.has(group.id) && groupPasses(run, group);
}

/** Whether a group passes the scoping filters, entitled or not. */
export function groupPasses(run: Run, group: GraphGroup): boolean {
  const source = groupSource(group);
  return passes(run.rule.group?.filter ?? [], (name) => source.get(name) ?? null);
}

/** Whether a person is to be active in the target. */
export function isActive(run: Run, user: GraphUser): boolean {
  return user.accountEnabled && isInScope(run, user);
}

/** Display name of the service principal, for logs. */
export function principalName(run: Run): string {
  return text(run.state.tenant.servicePrincipals.get(run.servicePrincipalId)?.['displayName']);
}

/** Whether no mapping follows deletion: then nobody is ever disabled (Microsoft Entra: how application provisioning works). */
export function followsNothing(run: Run): boolean {
  return !run.rule.user?.attributes.some((one) => one.followsDeletion);
}
