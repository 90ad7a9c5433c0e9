import { randomUUID } from 'node:crypto';
import type { PermissionGrant, SandboxState, Tenant } from '../state.ts';
import { modified, recordAudit } from './directoryAudits.ts';
import type { Activity, AuditTarget, ModifiedProperty } from './directoryAudits.ts';

type Grant = Readonly<Partial<Record<keyof PermissionGrant, unknown>>>;

/** A delegated grant that was made, extended or taken back, as one row of the audit log tells it. */
export function grantAudit(
  tenant: Tenant,
  change: { readonly before: Grant | undefined; readonly after: Grant | undefined },
): { readonly activity: Activity; readonly targets: readonly AuditTarget[] } {
  const { before, after } = change;
  const grant = after ?? before ?? {};
  const client = principal(tenant, grant.clientId);
  const told = (name: string, value: unknown): ModifiedProperty[] =>
    after ? modified(name, null, value) : modified(name, value, null);
  return {
    activity: {
      name: after ? 'Add delegated permission grant' : 'Remove delegated permission grant',
      category: 'ApplicationManagement',
      service: 'Core Directory',
      operation: after ? 'Assign' : 'Unassign',
    },
    targets: [
      {
        ...principal(tenant, grant.resourceId),
        modifiedProperties: [
          ...modified('DelegatedPermissionGrant.Scope', before?.scope, after?.scope),
          ...modified('DelegatedPermissionGrant.ConsentType', before?.consentType, after?.consentType),
          ...told('ServicePrincipal.ObjectID', client.id),
          ...told('ServicePrincipal.DisplayName', client.displayName),
        ],
      },
      client,
    ],
  };
}

/**
 * Runs what a person consented to on the page, and writes `Consent to application` and the grants that came of it to the
 * audit log. Microsoft's own clients have no service principal here and leave no rows.
 */
export function auditConsent(
  state: SandboxState,
  consent: { readonly userId: string; readonly clientId: string | undefined; readonly everyone: boolean },
  grant: () => void,
): void {
  const { tenant } = state;
  const { clientId, everyone, userId } = consent;
  const own = (): PermissionGrant[] => [...tenant.grants.values()].filter((one) => one.clientId === clientId);
  const before = new Map(own().map((one) => [one.id, { ...one }]));
  grant();
  if (clientId === undefined) return;
  const changes = own()
    .map((after) => ({ before: before.get(after.id), after }))
    .filter((change) => change.before?.scope !== change.after.scope);
  const row = { initiator: { userId }, correlationId: randomUUID() };
  for (const change of changes) recordAudit(state, { ...row, ...grantAudit(tenant, change) });
  recordAudit(state, {
    ...row,
    activity: {
      name: 'Consent to application',
      category: 'ApplicationManagement',
      service: 'Core Directory',
      operation: 'Assign',
    },
    targets: [
      {
        ...principal(tenant, clientId),
        modifiedProperties: [
          ...modified('ConsentContext.IsAdminConsent', null, everyone ? 'True' : 'False'),
          ...modified('ConsentContext.IsAppOnly', null, 'False'),
          ...modified('ConsentContext.OnBehalfOfAll', null, everyone ? 'True' : 'False'),
          ...modified('ConsentAction.Permissions', null, changes.map(permissions).join(', ')),
        ],
      },
    ],
  });
}

function permissions({ after }: { readonly after: PermissionGrant }): string {
  const { id, clientId, principalId, resourceId, consentType, scope } = after;
  return `[[Id: ${id}, ClientId: ${clientId}, PrincipalId: ${principalId ?? ''}, ResourceId: ${resourceId}, ConsentType: ${consentType}, Scope: ${scope}]]`;
}

function principal(tenant: Tenant, id: unknown): AuditTarget {
  const text = typeof id === 'string' ? id : '';
  const name = tenant.servicePrincipals.get(text)?.['displayName'];
  return { id: text, displayName: typeof name === 'string' ? name : null, type: 'ServicePrincipal' };
}
