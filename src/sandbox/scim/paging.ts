import { ScimError } from './errors.ts';

const LIST_RESPONSE = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const MAX = 100;

/**
 * One page in AWS's way: at most 100, `cursor` (empty at first) leads on by `nextCursor`, and without it there is one
 * page and no other. `startIndex` is passed over. Order is by id, so that a cursor outlives what is deleted.
 */
export function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  query: { count: string | undefined; cursor: string | undefined },
  show: (one: T) => Record<string, unknown>,
): Record<string, unknown> {
  const count = query.count === undefined ? MAX : Number(query.count);
  if (!Number.isInteger(count) || count < 1 || count > MAX) throw new ScimError(400);
  const sorted = [...all].sort((a, b) => (a.id < b.id ? -1 : 1));
  const after = query.cursor === undefined || query.cursor === '' ? undefined : idIn(query.cursor);
  const rest = after === undefined ? sorted : sorted.filter((one) => one.id > after);
  const page = rest.slice(0, count);
  const last = page.at(-1);
  const common = { schemas: [LIST_RESPONSE], itemsPerPage: page.length, Resources: page.map(show) };
  if (query.cursor === undefined) return { totalResults: all.length, startIndex: 1, ...common };
  return last && rest.length > page.length ? { ...common, nextCursor: cursorAfter(last.id) } : common;
}

function cursorAfter(id: string): string {
  return Buffer.from(`after ${id}`).toString('base64');
}

function idIn(cursor: string): string {
  const text = /^[-a-zA-Z0-9+=/:_]*$/.test(cursor) ? Buffer.from(cursor, 'base64').toString('utf8') : '';
  if (!text.startsWith('after ')) throw new ScimError(400);
  return text.slice('after '.length);
}
