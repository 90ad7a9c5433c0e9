import type { GraphObject } from '../../state.ts';
import { GraphError } from '../errors.ts';
import { isJson } from '../requestBody.ts';

/** Entries that all collections of an application may hold together (Microsoft Graph: application resource type). */
const mostEntries = 1_000;

/** Refuses an application whose collections hold too much together. */
export function checkSize(application: GraphObject): void {
  if (entriesIn(application) <= mostEntries) return;
  throw new GraphError(
    403,
    'Directory_ResourceSizeExceeded',
    'The size of the object has exceeded its limit. Please reduce the number of values and retry your request.',
  );
}

function entriesIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + 1 + listsIn(one), 0);
  return listsIn(value);
}

function listsIn(value: unknown): number {
  if (!isJson(value)) return 0;
  return Object.values(value).reduce((sum: number, one) => sum + entriesIn(one), 0);
}
