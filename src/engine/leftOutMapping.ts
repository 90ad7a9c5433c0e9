import * as v from 'valibot';
import type { JournalFacts, SynchronizationSchema } from '../guide/snapshot.ts';
import { leaveOutId, leftOutPushId } from '../guide/steps/leftOutMapping.ts';
import type { JournalEntry } from './session.ts';

const mapping = v.looseObject({
  sourceObjectName: v.string(),
  attributeMappings: v.array(
    v.looseObject({ targetAttributeName: v.string(), matchingPriority: v.number() }),
  ),
});
const inverse = v.tuple([
  v.looseObject({
    path: v.string(),
    body: v.looseObject({
      synchronizationRules: v.array(v.looseObject({ objectMappings: v.array(mapping) })),
    }),
  }),
]);

/** The mapping as it was before attributes were left out the last time; whether they still are, the job's mapping tells. */
export function leftOutFact(entries: readonly JournalEntry[]): Pick<JournalFacts, 'leftOut'> {
  const index = entries.findLastIndex(
    ({ phase, changes }) => phase === 'done' && changes.includes(leaveOutId),
  );
  const entry = entries[index];
  const read = v.safeParse(inverse, entry?.inverse);
  if (entry === undefined || !read.success) return {};
  const [{ path, body }] = read.output;
  const since = entries.slice(index + 1);
  // Corrected, put back or taken back: what is missing after that was left out by somebody else.
  if (since.some((later) => later.phase === 'done' && later.method === 'PUT' && later.path === path))
    return {};
  // Others prove nothing about the error.
  const pushed = since
    .filter(({ changes }) => changes.some((id) => id.startsWith(leftOutPushId)))
    .flatMap((later) => later.pushed ?? []);
  // As it was read and sent; what is used of it was just looked at.
  return { leftOut: { at: entry.at, path, schema: body as object as SynchronizationSchema, pushed } };
}
