import { ScimError } from './errors.ts';
import { SortedIds } from './sortedIds.ts';

const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const MAX = 100;

/** Everything that a filter names, in the order of ids. */
export interface Matches<T> {
  readonly ids: SortedIds;
  get(id: string): T | undefined;
}

/** The few that a filter by name or id names. */
export function few<T extends { readonly id: string }>(found: readonly T[]): Matches<T> {
  const byId = new Map(found.map((one) => [one.id, one]));
  return { ids: new SortedIds(byId.keys()), get: (id) => byId.get(id) };
}

/**
 * One page in AWS's way (AWS: ListUsers, ListGroups): at most 100, `cursor` (empty at first) leads on by `nextCursor`, and
 * without it there is one page and no other. `startIndex` is passed over.
 */
export function pageOf<T>(
  all: Matches<T>,
  query: { count: string | undefined; cursor: string | undefined },
  show: (one: T) => Record<string, unknown>,
): Record<string, unknown> {
  const count = query.count === undefined ? MAX : Number(query.count);
  if (!Number.isInteger(count) || count < 1 || count > MAX) throw new ScimError(400);
  const after = query.cursor === undefined || query.cursor === '' ? undefined : idIn(query.cursor);
  const ids = all.ids.after(after, count + 1);
  const page = ids.slice(0, count);
  const Resources = page.flatMap((id) => {
    const one = all.get(id);
    return one === undefined ? [] : [show(one)];
  });
  const common = { schemas: [LIST_RESPONSE], itemsPerPage: Resources.length, Resources };
  if (query.cursor === undefined) return { totalResults: all.ids.size, startIndex: 1, ...common };
  const last = page.at(-1);
  return last !== undefined && ids.length > count ? { ...common, nextCursor: cursorAfter(last) } : common;
}

function cursorAfter(id: string): string {
  return Buffer.from(`after ${id}`).toString('base64');
}

function idIn(cursor: string): string {
  const text = /^[-a-zA-Z0-9+=/:_]*$/.test(cursor) ? Buffer.from(cursor, 'base64').toString('utf8') : '';
  if (!text.startsWith('after ')) throw new ScimError(400);
  return text.slice('after '.length);
}
