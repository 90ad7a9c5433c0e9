import * as v from 'valibot';
import type { GraphRead } from './read.ts';
import { literal, orNull, parsedList } from './parse.ts';

/** One row of the provisioning log. */
export interface ProvisioningLogEntry {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** `create`, `update`, `disable`, `delete`, `stagedDelete` or `other`. */
  readonly action: string;
  readonly status: 'success' | 'failure' | 'skipped' | 'warning';
  /** Whom it was about: the user principal name, else the display name, else the object id. */
  readonly subject: string;
  readonly errorCode?: string;
  readonly reason?: string;
}

const text = orNull(v.string());

const summary = v.looseObject({
  id: v.string(),
  activityDateTime: v.string(),
  provisioningAction: v.nullish(v.string(), 'other'),
  provisioningStatusInfo: v.looseObject({
    status: v.nullish(v.string(), ''),
    errorInformation: orNull(v.looseObject({ errorCode: text, reason: text })),
  }),
  sourceIdentity: orNull(
    v.looseObject({
      id: text,
      displayName: text,
      details: orNull(v.looseObject({ UserPrincipalName: orNull(v.unknown()) })),
    }),
  ),
});

/** The last rows about a job, newest first (Microsoft Graph: List provisioningObjectSummary); needs Entra ID P1. */
export function provisioningLog(jobId: string, count: number): GraphRead<readonly ProvisioningLogEntry[]> {
  const parse = parsedList(summary);
  return {
    path: `/auditLogs/provisioning?$filter=jobId%20eq%20${literal(jobId)}&$orderby=activityDateTime%20desc&$top=${count}`,
    scopes: ['ProvisioningLog.Read.All'],
    parse: (body) =>
      parse(body).map((row) => {
        const error = row.provisioningStatusInfo.errorInformation;
        const upn = row.sourceIdentity?.details?.UserPrincipalName;
        return {
          id: row.id,
          at: Date.parse(row.activityDateTime),
          action: row.provisioningAction,
          status: statusOf(row.provisioningStatusInfo.status),
          subject:
            typeof upn === 'string' ? upn : (row.sourceIdentity?.displayName ?? row.sourceIdentity?.id ?? ''),
          ...(error?.errorCode && { errorCode: error.errorCode }),
          ...(error?.reason && { reason: error.reason }),
        };
      }),
  };
}

/** What is no success counts as a failure: better a look too many than one too few. */
function statusOf(status: string): ProvisioningLogEntry['status'] {
  switch (status) {
    case 'success':
    case 'skipped':
    case 'warning':
      return status;
    default:
      return 'failure';
  }
}
