import * as v from 'valibot';
import type { PersonSignIn } from '../guide/diagnosis/person.ts';
import { literal, orEmpty, orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const row = v.looseObject({
  createdDateTime: v.string(),
  status: orNull(v.looseObject({ errorCode: v.nullish(v.number(), 0), failureReason: orNull(v.string()) })),
  appliedConditionalAccessPolicies: orEmpty(
    v.looseObject({ displayName: orNull(v.string()), result: orNull(v.string()) }),
  ),
});

/** A person's last attempts to sign in to an application, newest first (Microsoft Graph: List signIns); needs Entra ID P1. */
export function signInsOf(userId: string, appId: string): GraphRead<readonly PersonSignIn[]> {
  const parse = parsedList(row);
  return {
    path: `/auditLogs/signIns?$filter=userId%20eq%20${literal(userId)}%20and%20appId%20eq%20${literal(appId)}&$orderby=createdDateTime%20desc&$top=5`,
    scopes: ['AuditLog.Read.All'],
    parse: (body) =>
      parse(body).map(({ createdDateTime, status, appliedConditionalAccessPolicies }) => ({
        at: Date.parse(createdDateTime),
        errorCode: status?.errorCode ?? 0,
        ...(status?.failureReason && { reason: status.failureReason }),
        failedPolicies: appliedConditionalAccessPolicies
          .filter(({ result }) => result === 'failure')
          .flatMap(({ displayName }) => displayName ?? []),
      })),
  };
}
