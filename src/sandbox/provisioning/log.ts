import { randomUUID } from 'node:crypto';
import type { GraphObject } from '../state.ts';
import { text } from './mapping.ts';
import type { Outcome } from './outcome.ts';
import type { Run } from './run.ts';
import { iso } from './status.ts';

/** Service principal and system ids that stand in every row. */
const SOURCE_SYSTEM = { id: 'b6a7a0a2-2c1b-4a3e-8c5a-5f1f2e0d9c11', displayName: 'Microsoft Entra ID' };
const TARGET_SYSTEM = { id: 'd41c1a7e-90c4-4f43-9f0e-3c1a5f0b7a22', displayName: 'customappsso' };

interface When {
  readonly cycleId: string;
  readonly began: number;
  readonly ended: number;
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
    durationInMilliseconds: Math.max(0, when.ended - when.began),
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
    modifiedProperties: outcome.changes,
    servicePrincipal: { id: run.servicePrincipalId, displayName: principalName(run) },
    initiatedBy: { id: '', displayName: 'Azure AD Provisioning Service', initiatorType: 'system' },
    sourceIdentity: outcome.source,
    targetIdentity: outcome.target,
    sourceSystem: { ...SOURCE_SYSTEM, details: {} },
    targetSystem: targetSystem(run),
  };
}

function targetSystem(run: Run): Record<string, unknown> {
  const principal = run.state.tenant.servicePrincipals.get(run.servicePrincipalId);
  return {
    ...TARGET_SYSTEM,
    details: {
      ApplicationId: text(principal?.['appId']),
      ServicePrincipalId: run.servicePrincipalId,
      ServicePrincipalDisplayName: principalName(run),
    },
  };
}

function principalName(run: Run): string {
  return text(run.state.tenant.servicePrincipals.get(run.servicePrincipalId)?.['displayName']);
}

/**
 * The answer of `provisionOnDemand` for one object and, for a group, the members that went with it: key and value are JSON
 * in strings (Microsoft Graph: synchronizationJob: provisionOnDemand).
 */
export function onDemandAnswer(
  run: Run,
  outcomes: { main: Outcome; members: readonly Outcome[] },
  when: When,
): { key: string; value: string } {
  const { main } = outcomes;
  const all = [...outcomes.members, main];
  // The whole call failed if any object in it did.
  const decisive = all.find((one) => one.status === 'failure') ?? main;
  const result = capital(decisive.status);
  const details =
    decisive.status === 'success'
      ? {}
      : { errorCode: decisive.errorCode ?? '', errorMessage: decisive.reason ?? '' };
  const time = iso(when.ended);
  const value = {
    action: capital(main.action),
    changeId: randomUUID(),
    startTime: iso(when.began),
    endTime: time,
    modifiedProperties: main.changes,
    provisioningSteps: all.flatMap((outcome) =>
      outcome.steps.map((step) => ({
        name: step.name,
        type: capital(step.type),
        status: capital(step.status),
        description: step.description,
        timestamp: time,
        details: step.details,
      })),
    ),
    reportableIdentifier: main.source.details['UserPrincipalName'] ?? main.source.displayName,
    sourceIdentity: main.source,
    sourceSystem: { ...SOURCE_SYSTEM, details: {} },
    statusInfo: {
      status: result,
      errorCode: decisive.errorCode ?? null,
      reason: decisive.reason ?? null,
      additionalDetails: null,
      errorCategory: decisive.status === 'success' ? null : 'NonServiceFailure',
      recommendedAction: null,
    },
    targetIdentity: main.target,
    targetSystem: targetSystem(run),
  };
  return { key: JSON.stringify({ result, details }), value: JSON.stringify(value) };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
