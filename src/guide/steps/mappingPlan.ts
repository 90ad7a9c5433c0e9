import type { Blocked, Change } from '../change.ts';
import { toJson } from '../json.ts';
import { valueOf, type Snapshot, type SynchronizationJob } from '../snapshot.ts';
import { text } from '../text.ts';
import { moment, synchronizationPath } from './job.ts';
import { asItWas, leftOut } from './leftOutMapping.ts';
import { correctedSchema, outline } from './schemaMapping.ts';

/** Replaces the mapping as a whole with the corrected one; `meets` are the requirements about it. */
export function planMapping(snapshot: Snapshot, meets: readonly string[]): readonly Change[] | Blocked {
  const principal = valueOf(snapshot.servicePrincipal);
  const schema = valueOf(snapshot.schema);
  if (principal === undefined) return [];
  const job = valueOf(snapshot.job);
  const back = leftOut(snapshot) !== undefined;
  if (hasRun(job) && !snapshot.scim.known && !back) {
    return {
      blocked: text(
        'The job has already run with the present mapping, and Kiro keeps the external IDs it was sent. Enter the access token first, so that Kiro can be read before the mapping changes.',
      ),
    };
  }
  const wanted = schema === undefined ? undefined : asItWas(snapshot, schema);
  // Kiro could not be read: what was there before may come back, and nothing else may change.
  const unread = hasRun(job) && !snapshot.scim.known;
  const corrected = wanted === undefined || unread ? wanted : correctedSchema(wanted);
  const change = {
    id: 'provisioning.mapping',
    step: 4,
    meets,
    title: back ? text('Put the attribute mapping back as it was') : text('Correct the attribute mapping'),
    why: back
      ? text('Attributes were left out to find an error. Without them people come without names.')
      : text(
          'externalId has to come from objectId before anyone is provisioned, and Kiro refuses some attributes.',
        ),
    before: schema === undefined ? null : outline(schema),
    after:
      corrected === undefined ? { User: { attributes: { externalId: '[objectId]' } } } : outline(corrected),
    risk: 'low',
    scopes: ['Synchronization.ReadWrite.All'],
  } as const;
  const base = synchronizationPath(principal);
  if (
    schema === undefined ||
    corrected === undefined ||
    job === undefined ||
    snapshot.schemaSource !== 'job'
  ) {
    return [
      {
        ...change,
        request: { kind: 'later', method: 'PUT', outline: `${base}/jobs/{job}/schema` },
        notUndoable: text('Restore the default mappings under Provisioning, Attribute mapping.'),
      },
    ];
  }
  const path = `${base}/jobs/${job.id}/schema`;
  return [
    {
      ...change,
      request: { kind: 'graph', method: 'PUT', path, body: toJson(corrected) },
      inverse: { kind: 'graph', method: 'PUT', path, body: toJson(schema) },
    },
  ];
}

function hasRun(job: SynchronizationJob | undefined): boolean {
  if (job === undefined) return false;
  const { lastExecution, lastSuccessfulExecution } = job.status;
  // A run with errors may have sent people all the same; right after a start stands one that never began.
  return lastSuccessfulExecution !== null || moment(lastExecution?.timeBegan) !== undefined;
}
