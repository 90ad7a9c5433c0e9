import type { GraphObject, SandboxState } from '../../state.ts';
import { mirrored, servicePrincipalOf } from './servicePrincipalOf.ts';

/** Puts a new or changed application in its place; its service principal in the tenant follows. */
export function storeApplication(application: GraphObject, state: SandboxState): void {
  const { tenant, replication } = state;
  replication.before('applications', application.id);
  tenant.applications.set(application.id, application);
  const servicePrincipal = servicePrincipalOf(application, tenant);
  if (servicePrincipal) storeServicePrincipal({ ...servicePrincipal, ...mirrored(application) }, state);
}

/** Puts a new or changed service principal in its place. */
export function storeServicePrincipal(servicePrincipal: GraphObject, state: SandboxState): void {
  state.replication.before('servicePrincipals', servicePrincipal.id);
  state.tenant.servicePrincipals.set(servicePrincipal.id, servicePrincipal);
}
