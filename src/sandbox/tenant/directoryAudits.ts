import { randomUUID } from 'node:crypto';
import type { SandboxState } from '../state.ts';

/** What was done: names of the audit activity reference (Microsoft Entra: audit log categories and activities). */
export interface Activity {
  readonly name: string;
  readonly category: string;
  readonly service: 'Core Directory' | 'Account Provisioning' | 'Conditional Access' | 'PIM';
  readonly operation: 'Add' | 'Update' | 'Delete' | 'Assign' | 'Unassign' | 'ProvisioningManagement';
}

/** A changed property; values are JSON in a string, as the directory writes them. */
export interface ModifiedProperty {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

/** What it was done to. */
export interface AuditTarget {
  readonly id: string;
  readonly displayName: string | null;
  readonly type: 'Application' | 'ServicePrincipal' | 'User' | 'Group' | 'Policy' | 'Role' | 'Other';
  readonly userPrincipalName?: string;
  readonly modifiedProperties?: readonly ModifiedProperty[];
}

/** Who did it: a person, or an application as itself. */
export type Initiator =
  { readonly userId: string } | { readonly appId: string; readonly servicePrincipalId: string };

/** Writes a row of the audit log (Microsoft Graph: directoryAudit resource type). */
export function recordAudit(
  state: SandboxState,
  audit: {
    readonly activity: Activity;
    readonly initiator: Initiator;
    readonly targets: readonly AuditTarget[];
    /** Joins the rows of one request. */
    readonly correlationId: string;
    readonly details?: readonly { readonly key: string; readonly value: string }[];
  },
): void {
  const { activity, correlationId } = audit;
  state.tenant.directoryAudits.push({
    id: `Directory_${correlationId}_${randomUUID().slice(0, 8)}`,
    category: activity.category,
    correlationId,
    result: 'success',
    resultReason: '',
    activityDisplayName: activity.name,
    activityDateTime: new Date(state.clock.now()).toISOString(),
    loggedByService: activity.service,
    operationType: activity.operation,
    initiatedBy: initiatedBy(state, audit.initiator),
    targetResources: audit.targets.map((target) => ({
      id: target.id,
      displayName: target.displayName,
      type: target.type,
      userPrincipalName: target.userPrincipalName ?? null,
      groupType: target.type === 'Group' ? groupType(state, target.id) : null,
      modifiedProperties: target.modifiedProperties ?? [],
    })),
    additionalDetails: audit.details ?? [],
  });
}

/** A property's change, or nothing when both values are the same. */
export function modified(displayName: string, before: unknown, after: unknown): ModifiedProperty[] {
  const [oldValue, newValue] = [asJson(before), asJson(after)];
  return oldValue === newValue ? [] : [{ displayName, oldValue, newValue }];
}

function asJson(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function initiatedBy(state: SandboxState, initiator: Initiator): Record<string, unknown> {
  const { tenant } = state;
  if ('userId' in initiator) {
    const user = tenant.users.get(initiator.userId);
    return {
      app: null,
      user: {
        id: initiator.userId,
        displayName: null,
        userPrincipalName: user?.userPrincipalName ?? null,
        ipAddress: '127.0.0.1',
      },
    };
  }
  const principal = tenant.servicePrincipals.get(initiator.servicePrincipalId);
  return {
    user: null,
    app: {
      appId: initiator.appId,
      displayName: principal?.['displayName'] ?? null,
      servicePrincipalId: initiator.servicePrincipalId,
      servicePrincipalName: null,
    },
  };
}

function groupType(state: SandboxState, id: string): 'unifiedGroups' | 'azureAD' {
  return state.tenant.groups.get(id)?.groupTypes.includes('Unified') ? 'unifiedGroups' : 'azureAD';
}
