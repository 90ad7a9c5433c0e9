import * as v from 'valibot';
import type { GraphRequest, Json } from '../../guide/change.ts';
import type { JournalEntry } from '../session.ts';
import { hangsOn, type Undoable } from './undoable.ts';

const inverseShape = v.union([
  v.pipe(v.array(v.looseObject({})), v.minLength(1)),
  v.pipe(
    v.looseObject({}),
    v.transform((one) => [one]),
  ),
]);
const requestShape = v.object({
  kind: v.literal('graph'),
  method: v.picklist(['POST', 'PATCH', 'PUT', 'DELETE']),
  path: v.pipe(v.string(), v.startsWith('/')),
  body: v.optional(v.custom<Json>(() => true)),
});

/**
 * What this tool made or changed and nobody took back yet, newest first. What the service had already, or what has no
 * way back, is not among it. A line that says something else than a request of this tool is passed over.
 */
export function readUndoable(entries: readonly JournalEntry[]): readonly Undoable[] {
  const undone = new Set(
    entries.flatMap(({ phase, undoes }) => (phase === 'done' && undoes ? [undoes] : [])),
  );
  const first = new Map<string, JournalEntry>();
  let found: Undoable[] = [];
  for (const entry of entries) {
    const begun = first.get(entry.id) ?? entry;
    first.set(entry.id, begun);
    if (entry.phase !== 'done') continue;
    const removed = found.find(({ id, application }) => application && id === entry.undoes)?.application;
    if (removed) found = found.filter((one) => !hangsOn(one, removed));
    if (entry.undoes !== undefined) continue;
    const inverse = inverseOf(entry);
    if (!inverse) continue;
    found.push({
      id: entry.id,
      at: begun.at,
      apply: begun.apply,
      title: begun.titles.join(', '),
      sent: begun.body ?? null,
      inverse,
      ...(entry.application && { application: entry.application }),
    });
  }
  return found.filter(({ id }) => !undone.has(id)).reverse();
}

function inverseOf({ inverse, answeredId }: JournalEntry): readonly GraphRequest[] | undefined {
  const listed = v.safeParse(inverseShape, inverse);
  if (!listed.success) return undefined;
  const requests: GraphRequest[] = [];
  for (const one of listed.output) {
    const parsed = v.safeParse(requestShape, one);
    if (!parsed.success) return undefined;
    const { kind, method, path, body } = parsed.output;
    // Without an id the service had it before: it is not this tool's to remove.
    if (path.includes('{id}') && answeredId === undefined) return undefined;
    const filled = path.replaceAll('{id}', encodeURIComponent(answeredId ?? ''));
    requests.push({ kind, method, path: filled, ...(body !== undefined && { body }) });
  }
  return requests;
}
