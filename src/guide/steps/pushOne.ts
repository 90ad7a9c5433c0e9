import type { Change } from '../change.ts';
import { valueOf, type DirectoryMember, type Snapshot } from '../snapshot.ts';
import { text } from '../text.ts';
import { expectedPeople } from './arrivals.ts';
import { synchronizationPath } from './job.ts';
import { readyToPush } from './readyToPush.ts';

/**
 * Provisions one assigned person on demand (Microsoft Graph: synchronizationJob: provisionOnDemand), before the job may
 * push everyone. Foreseen until endpoint, token and mapping are right and somebody is assigned.
 */
export function pushOne(snapshot: Snapshot, step: 4 | 5): readonly Change[] {
  const principal = valueOf(snapshot.servicePrincipal);
  if (principal === undefined) return [];
  const job = valueOf(snapshot.job);
  const rule = valueOf(snapshot.schema)?.synchronizationRules.find(({ objectMappings }) =>
    objectMappings.some(({ sourceObjectName }) => sourceObjectName.toLowerCase() === 'user'),
  );
  const person = candidate(snapshot);
  const jobs = `${synchronizationPath(principal)}/jobs`;
  const ready =
    job !== undefined && rule !== undefined && snapshot.schemaSource === 'job' && readyToPush(snapshot);
  return [
    {
      id: 'people.pushOne',
      step,
      meets: ['people.firstArrived'],
      title:
        person === undefined
          ? text('Provision one person on demand')
          : text('Provision {0} on demand', person.displayName),
      why: text(
        'Kiro keeps the first external ID it receives. One person shows whether it is right before all follow.',
      ),
      before: null,
      after: {
        person: person?.userPrincipalName ?? '{member of the group}',
        externalId: person?.id ?? '{object ID}',
      },
      request:
        ready && person !== undefined
          ? {
              kind: 'graph',
              method: 'POST',
              path: `${jobs}/${job.id}/provisionOnDemand`,
              body: {
                parameters: [
                  { ruleId: rule.id, subjects: [{ objectId: person.id, objectTypeName: 'User' }] },
                ],
              },
              answer: 'provisionOnDemand',
            }
          : { kind: 'later', method: 'POST', outline: `${jobs}/${job?.id ?? '{job}'}/provisionOnDemand` },
      notUndoable: text('The person stays in Kiro; removing the assignment makes the record inactive.'),
      risk: 'people',
      scopes: ['Synchronization.ReadWrite.All'],
    },
  ];
}

/** Members before guests, and whoever failed before last. */
function candidate(snapshot: Snapshot): DirectoryMember | undefined {
  const failed = new Set(snapshot.journal.pushed.filter(({ ok }) => !ok).map(({ objectId }) => objectId));
  const rank = ({ id, userType }: DirectoryMember): number =>
    (failed.has(id) ? 2 : 0) + (userType === 'Guest' ? 1 : 0);
  return [...expectedPeople(snapshot)].sort((one, other) => rank(one) - rank(other))[0];
}
