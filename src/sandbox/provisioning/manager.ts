import type { GraphUser } from '../state.ts';
import { isReference } from './flows.ts';
import type { Change } from './flows.ts';
import type { Run } from './run.ts';
import { valueAt } from './targetPath.ts';

/** The attribute of the target that takes the manager, if one is mapped. */
function managerTarget(run: Run): string | undefined {
  const mapped = run.rule.user?.attributes.find((one) => isReference(one) && one.sourceName === 'manager');
  return mapped?.target;
}

/** The change that a user's manager makes, where the manager is at the target already. */
export function managerChange(run: Run, user: GraphUser, existing: Record<string, unknown>): Change[] {
  const target = managerTarget(run);
  const wanted = user.managerId === null ? undefined : run.job.links.get(user.managerId);
  if (target === undefined || wanted === undefined) return [];
  const before = valueAt(existing, target);
  return before === wanted
    ? []
    : [{ displayName: target, oldValue: before ?? null, newValue: wanted, boolean: false }];
}

/**
 * The manager whom a user's reference waits for: in scope and not at the target yet. One who is out of scope is not waited
 * for; when they come into scope, only a restart brings the reference (Microsoft Entra: known issues for provisioning).
 */
export function awaitedManager(run: Run, user: GraphUser): string | undefined {
  const { managerId } = user;
  if (managerId === null || managerTarget(run) === undefined || run.job.links.has(managerId))
    return undefined;
  return run.scope.users.has(managerId) ? managerId : undefined;
}
