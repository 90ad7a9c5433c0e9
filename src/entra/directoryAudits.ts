import * as v from 'valibot';
import type { DirectoryChange } from '../guide/drift.ts';
import { literal, orNull, parsedList } from './parse.ts';
import type { GraphRead } from './read.ts';

const row = v.looseObject({
  activityDateTime: v.string(),
  activityDisplayName: v.string(),
  result: orNull(v.string()),
  initiatedBy: orNull(
    v.looseObject({
      user: orNull(v.looseObject({ userPrincipalName: orNull(v.string()) })),
      app: orNull(v.looseObject({ displayName: orNull(v.string()) })),
    }),
  ),
});

/** The last changes of one object, newest first (Microsoft Graph: List directoryAudits); needs Entra ID P1 for more than a week. */
export function changesOf(objectId: string): GraphRead<readonly DirectoryChange[]> {
  const parse = parsedList(row);
  return {
    path: `/auditLogs/directoryAudits?$filter=targetResources/any(t:t/id%20eq%20${literal(objectId)})&$orderby=activityDateTime%20desc&$top=5`,
    scopes: ['AuditLog.Read.All'],
    parse: (body) =>
      parse(body)
        .filter(({ result }) => result !== 'failure')
        .map(({ activityDateTime, activityDisplayName, initiatedBy }) => ({
          at: Date.parse(activityDateTime),
          activity: activityDisplayName,
          by: initiatedBy?.user?.userPrincipalName ?? initiatedBy?.app?.displayName ?? undefined,
        })),
  };
}
