import type { GraphObject } from '../../state.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { textOf } from './auditedWrite.ts';

/**
 * What the audit log tells of provisioning: one row for each row of the provisioning log. `Export` wrote to the target
 * or tried to, `Synchronization rule action` decided that there is nothing to write.
 */
export function provisioningAudits(logs: readonly GraphObject[]): GraphObject[] {
  return logs.map((log) => {
    const status = json(log['provisioningStatusInfo']);
    const principal = json(log['servicePrincipal']);
    const initiator = json(log['initiatedBy']);
    const source = json(log['sourceIdentity']);
    return {
      id: `Sync_${log.id}`,
      category: 'ProvisioningManagement',
      correlationId: textOf(log['changeId']),
      result: status['status'] === 'failure' ? 'failure' : 'success',
      resultReason: textOf(json(status['errorInformation'])['reason']) || lastStep(log),
      activityDisplayName: exported(log) ? 'Export' : 'Synchronization rule action',
      activityDateTime: log['activityDateTime'],
      loggedByService: 'Account Provisioning',
      operationType: '',
      initiatedBy: {
        user: null,
        app: {
          appId: null,
          displayName: initiator['displayName'] ?? null,
          servicePrincipalId: null,
          servicePrincipalName: null,
        },
      },
      targetResources: [
        {
          id: textOf(principal['id']),
          displayName: textOf(principal['displayName']),
          type: 'ServicePrincipal',
          userPrincipalName: null,
          groupType: null,
          modifiedProperties: [],
        },
        {
          id: textOf(source['id']),
          displayName: textOf(source['displayName']),
          type: source['identityType'] === 'Group' ? 'Group' : 'User',
          userPrincipalName: textOf(json(source['details'])['UserPrincipalName']) || null,
          groupType: null,
          modifiedProperties: log['modifiedProperties'] ?? [],
        },
      ],
      additionalDetails: [
        { key: 'JobId', value: textOf(log['jobId']) },
        { key: 'CycleId', value: textOf(log['cycleId']) },
        { key: 'ErrorCode', value: textOf(json(status['errorInformation'])['errorCode']) },
      ].filter(({ value }) => value !== ''),
    };
  });
}

function steps(log: Json): Json[] {
  return Array.isArray(log['provisioningSteps']) ? log['provisioningSteps'].filter(isJson) : [];
}

function exported(log: Json): boolean {
  return steps(log).some((step) => step['provisioningStepType'] === 'export' && step['status'] !== 'skipped');
}

function lastStep(log: Json): string {
  return textOf(steps(log).at(-1)?.['description']);
}

function json(value: unknown): Json {
  return isJson(value) ? value : {};
}
