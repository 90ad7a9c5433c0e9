import type { GraphObject } from '../../state.ts';
import type { GraphDeps } from '../context.ts';
import { servicePrincipalOf } from './servicePrincipalOf.ts';

/**
 * Deletes an application and its service principal. Both wait thirty days among the deleted items; what hung on the
 * service principal is gone (Microsoft Entra: deletion and recovery of applications).
 */
export function deleteApplication(application: GraphObject, deps: GraphDeps): void {
  const servicePrincipal = servicePrincipalOf(application, deps.state.tenant);
  if (servicePrincipal) deleteServicePrincipal(servicePrincipal, deps);
  bin('applications', application, deps);
}

/** Deletes a service principal with all that hangs on it: assignments, grants, its provisioning job and secrets. */
export function deleteServicePrincipal(servicePrincipal: GraphObject, deps: GraphDeps): void {
  const { tenant, replication } = deps.state;
  const { id } = servicePrincipal;
  const synchronization = tenant.synchronization.get(id);
  if (synchronization?.job) deps.provisioning.forget(id);
  tenant.synchronization.delete(id);
  for (const assignment of tenant.appRoleAssignments.values()) {
    if (assignment.resourceId !== id && assignment.principalId !== id) continue;
    replication.before('appRoleAssignments', assignment.id);
    tenant.appRoleAssignments.delete(assignment.id);
  }
  for (const grant of tenant.grants.values()) {
    if (grant.clientId !== id && grant.resourceId !== id) continue;
    replication.before('grants', grant.id);
    tenant.grants.delete(grant.id);
  }
  bin('servicePrincipals', servicePrincipal, deps);
}

function bin(kind: 'applications' | 'servicePrincipals', object: GraphObject, deps: GraphDeps): void {
  const { tenant, replication, clock } = deps.state;
  replication.before(kind, object.id);
  replication.before('deletedItems', object.id);
  tenant[kind].delete(object.id);
  tenant.deletedItems.set(object.id, {
    '@odata.type':
      kind === 'applications' ? '#microsoft.graph.application' : '#microsoft.graph.servicePrincipal',
    ...object,
    deletedDateTime: new Date(clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
  });
}
