import * as v from 'valibot';
import type { PersonEvent } from '../guide/diagnosis/person.ts';
import { literal, orEmpty, orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const text = orNull(v.string());

const summary = v.looseObject({
  activityDateTime: v.string(),
  provisioningAction: v.nullish(v.string(), 'other'),
  provisioningStatusInfo: v.looseObject({
    status: v.nullish(v.string(), ''),
    errorInformation: orNull(v.looseObject({ errorCode: text, reason: text })),
  }),
  provisioningSteps: orEmpty(
    v.looseObject({
      provisioningStepType: text,
      details: orNull(v.record(v.string(), v.unknown())),
    }),
  ),
});

/**
 * The last rows of the provisioning log about one person, newest first (Microsoft Graph: List provisioningObjectSummary).
 * Needs Entra ID P1.
 */
export function personEvents(jobId: string, userId: string): GraphRead<readonly PersonEvent[]> {
  const parse = parsedList(summary);
  return {
    path: `/auditLogs/provisioning?$filter=jobId%20eq%20${literal(jobId)}%20and%20sourceIdentity/id%20eq%20${literal(userId)}&$orderby=activityDateTime%20desc&$top=10`,
    scopes: ['ProvisioningLog.Read.All'],
    parse: (body) => parse(body).map(toEvent),
  };
}

function toEvent(row: v.InferOutput<typeof summary>): PersonEvent {
  const { status, errorInformation: error } = row.provisioningStatusInfo;
  const notInScope = row.provisioningSteps
    .filter(({ provisioningStepType }) => provisioningStepType === 'scoping')
    .flatMap(({ details }) => Object.entries(details ?? {}))
    .filter(([, answer]) => answer === false || (typeof answer === 'string' && /^false$/i.test(answer)))
    .map(([question]) => question);
  return {
    at: Date.parse(row.activityDateTime),
    action: row.provisioningAction,
    // What is no success counts as a failure: better a look too many than one too few.
    status: status === 'success' || status === 'skipped' || status === 'warning' ? status : 'failure',
    ...(error?.errorCode && { errorCode: error.errorCode }),
    ...(error?.reason && { reason: error.reason }),
    ...(notInScope.length > 0 && { notInScope }),
  };
}
