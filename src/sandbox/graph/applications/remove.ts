import type { GraphDeps } from '../context.ts';

/** Deletes a service principal with all that hangs on it: assignments, grants, its provisioning job. */
export function deleteServicePrincipal(id: string, deps: GraphDeps): void {
  const { tenant } = deps.state;
  if (tenant.synchronization.get(id)?.job) deps.provisioning.forget(id);
  tenant.synchronization.delete(id);
  for (const assignment of tenant.appRoleAssignments.values())
    if (assignment.resourceId === id) tenant.appRoleAssignments.delete(assignment.id);
  for (const grant of tenant.grants.values())
    if (grant.clientId === id || grant.resourceId === id) tenant.grants.delete(grant.id);
  tenant.servicePrincipals.delete(id);
}
