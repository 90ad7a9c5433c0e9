import { randomUUID } from 'node:crypto';
import type { GraphObject, Tenant } from '../state.ts';
import { text } from './json.ts';
import { SOURCE, TARGET } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { principalName } from './run.ts';
import type { Run } from './run.ts';
import { iso } from './status.ts';

/** System ids that stand in every row. */
export const sourceSystem = {
  id: 'b6a7a0a2-2c1b-4a3e-8c5a-5f1f2e0d9c11',
  displayName: SOURCE,
  details: {},
};
const TARGET_SYSTEM_ID = 'd41c1a7e-90c4-4f43-9f0e-3c1a5f0b7a22';

/** The log keeps the newest rows only, so that a tenant of a hundred thousand stays in memory. */
const MOST_ROWS = 20_000;

/** When an object was handled, and in which cycle. */
export interface When {
  readonly cycleId: string;
  /** Epoch milliseconds. */
  readonly began: number;
  readonly ended: number;
}

/** Adds a row to the tenant's log, whose oldest rows fall out. */
export function appendRow(tenant: Tenant, row: GraphObject): void {
  const { provisioningLogs } = tenant;
  provisioningLogs.push(row);
  if (provisioningLogs.length > MOST_ROWS * 1.1)
    provisioningLogs.splice(0, provisioningLogs.length - MOST_ROWS);
}

/** A row of the provisioning log (Microsoft Graph: provisioningObjectSummary, v1.0). */
export function logRow(run: Run, outcome: Outcome, when: When): GraphObject {
  const { tenant } = run.state;
  return {
    id: randomUUID(),
    activityDateTime: iso(when.ended),
    tenantId: tenant.id,
    jobId: run.job.id,
    cycleId: when.cycleId,
    changeId: randomUUID(),
    provisioningAction: outcome.action,
    durationInMilliseconds: Math.max(0, Math.round(when.ended - when.began)),
    provisioningStatusInfo: {
      status: outcome.status,
      errorInformation:
        outcome.status === 'success'
          ? null
          : {
              errorCode: outcome.errorCode ?? null,
              reason: outcome.reason ?? null,
              additionalDetails: null,
              errorCategory: 'nonServiceFailure',
              recommendedAction: null,
            },
    },
    provisioningSteps: outcome.steps.map((step) => ({
      name: step.name,
      provisioningStepType: step.type,
      status: step.status,
      description: step.description,
      details: step.details,
    })),
    modifiedProperties: modifiedProperties(outcome),
    servicePrincipal: { id: run.servicePrincipalId, displayName: principalName(run) },
    initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
    sourceIdentity: outcome.source,
    targetIdentity: outcome.target,
    sourceSystem,
    targetSystem: targetSystem(run),
  };
}

/** What was changed (Microsoft Graph: modifiedProperty). */
export function modifiedProperties(outcome: Outcome): Record<string, unknown>[] {
  return outcome.changes.map(({ displayName, oldValue, newValue }) => ({ displayName, oldValue, newValue }));
}

/** The application as a target system; its name is that of the template of old. */
export function targetSystem(run: Run): Record<string, unknown> {
  const principal = run.state.tenant.servicePrincipals.get(run.servicePrincipalId);
  return {
    id: TARGET_SYSTEM_ID,
    displayName: TARGET,
    details: {
      ApplicationId: text(principal?.['appId']),
      ServicePrincipalId: run.servicePrincipalId,
      ServicePrincipalDisplayName: principalName(run),
    },
  };
}
