import type { SandboxState } from '../state.ts';

/** Who is in scope of a job at this moment, before scoping filters. */
export interface Scope {
  readonly users: ReadonlySet<string>;
  readonly groups: ReadonlySet<string>;
}

/**
 * Everyone, or the people and groups assigned to the application and the direct members of those groups; members of
 * nested groups are not in scope. Groups count when they are security-enabled and the tenant has Entra ID P1 (Microsoft
 * Entra: how application provisioning works).
 */
export function scopeOf(
  state: SandboxState,
  servicePrincipalId: string,
  options: { readonly everyone: boolean; readonly onlyGroups: ReadonlySet<string> | undefined },
): Scope {
  const { tenant } = state;
  const { onlyGroups } = options;
  if (options.everyone && !onlyGroups)
    return { users: new Set(tenant.users.keys()), groups: new Set(tenant.groups.keys()) };
  const users = new Set<string>();
  const groups = new Set<string>();
  const take = (groupId: string): void => {
    const group = tenant.groups.get(groupId);
    if (!group?.securityEnabled || !tenant.premium || (onlyGroups && !onlyGroups.has(groupId))) return;
    groups.add(group.id);
    for (const member of group.members) if (tenant.users.has(member)) users.add(member);
  };
  if (options.everyone) {
    for (const id of onlyGroups ?? []) take(id);
    return { users, groups };
  }
  for (const assignment of tenant.appRoleAssignments.values()) {
    if (assignment.resourceId !== servicePrincipalId) continue;
    if (assignment.principalType === 'Group') take(assignment.principalId);
    else if (!onlyGroups && tenant.users.has(assignment.principalId)) users.add(assignment.principalId);
  }
  return { users, groups };
}
