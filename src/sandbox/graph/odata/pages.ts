import type { GraphContext } from '../context.ts';
import { badRequest } from '../errors.ts';
import type { Entity, Rows } from './rows.ts';

/** How many rows a page may hold. */
export interface PageSizes {
  readonly defaultTop?: number;
  readonly maxTop?: number;
}

/** Rows a page that `$top` asks for; 400 beyond the bounds (Microsoft Graph: paging). */
export function topOf(text: string | undefined, sizes: PageSizes): number {
  if (text === undefined) return sizes.defaultTop ?? 100;
  const top = Number(text);
  const most = sizes.maxTop ?? 999;
  if (!Number.isInteger(top) || top < 1 || top > most)
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${most} inclusive.`);
  return top;
}

/** Where a page begins: by the row itself, so that rows that come and go meanwhile neither repeat nor hide one. */
export interface PageStart {
  readonly position: number;
  /** The row that the page begins with, and the one before it. */
  readonly id: string | undefined;
  readonly before: string | undefined;
}

/** Reads a `$skiptoken`; 400 for one that the sandbox didn't give. */
export function pageStart(token: string | undefined): PageStart | undefined {
  if (token === undefined) return undefined;
  const text = Buffer.from(token, 'base64url').toString();
  const [, position, id, before] = /^page (\d+) (\S*) (\S*)$/.exec(text) ?? [];
  if (position === undefined) throw badRequest('The skip token is invalid.', 'Directory_ExpiredPageToken');
  return { position: Number(position), id: id || undefined, before: before || undefined };
}

/** The `@odata.nextLink` of a page, with the query of this one. */
export function nextLink(c: GraphContext, start: PageStart): string {
  const text = `page ${start.position} ${start.id ?? ''} ${start.before ?? ''}`;
  return linkWith(c, '$skiptoken', Buffer.from(text).toString('base64url'));
}

/** This request's address with one parameter set anew. */
export function linkWith(c: GraphContext, name: string, value: string): string {
  const url = new URL(c.req.url);
  url.searchParams.delete(name);
  const kept = [...url.searchParams].map(([key, one]) => `${key}=${encodeURIComponent(one)}`);
  return `${url.origin}${url.pathname}?${[...kept, `${name}=${value}`].join('&')}`;
}

/** Where that page begins among the rows as they are now. */
export function positionOf(start: PageStart | undefined, rows: Rows): number {
  if (!start) return 0;
  const [there] = rows.from(start.position);
  if (there === undefined || start.id === undefined || there['id'] === start.id)
    return there === undefined ? search(start, rows) : start.position;
  return search(start, rows);
}

function search(start: PageStart, rows: Rows): number {
  let index = 0;
  let after: number | undefined;
  for (const row of rows.from(0)) {
    if (start.id !== undefined && row['id'] === start.id) return index;
    index++;
    if (start.before !== undefined && row['id'] === start.before) after = index;
  }
  return after ?? Math.min(start.position, index);
}

/** The id of a row as a token holds it. */
export function idOf(row: Entity | undefined): string | undefined {
  const id = row?.['id'];
  return typeof id === 'string' && !/\s/.test(id) ? id : undefined;
}
