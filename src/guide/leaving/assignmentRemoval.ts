import type { Change } from '../change.ts';
import type { AppRoleAssignment, ServicePrincipal } from '../snapshot.ts';

/** What every removal of an assignment is: its two requests, the second of which assigns again, and the name of the role. */
export function assignmentRemoval(
  principal: ServicePrincipal,
  { id, appRoleId, principalId }: AppRoleAssignment,
): Pick<Change, 'step' | 'after' | 'request' | 'inverse' | 'risk' | 'scopes'> & { readonly role: string } {
  const path = `/servicePrincipals/${principal.id}/appRoleAssignedTo`;
  return {
    role: principal.appRoles.find((one) => one.id === appRoleId)?.displayName ?? 'Default Access',
    step: 5,
    after: null,
    request: { kind: 'graph', method: 'DELETE', path: `${path}/${id}` },
    inverse: {
      kind: 'graph',
      method: 'POST',
      path,
      body: { principalId, resourceId: principal.id, appRoleId },
    },
    risk: 'people',
    scopes: ['AppRoleAssignment.ReadWrite.All', 'Application.Read.All'],
  };
}
