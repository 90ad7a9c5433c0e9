import { badRequest, notEmulated } from '../errors.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps } from '../context.ts';
import { parseFilter } from './filter.ts';
import { orderOf } from './values.ts';
import { select } from './select.ts';

export type Entity = Record<string, unknown>;

export interface CollectionOptions {
  /** What follows `$metadata#`. */
  readonly context: string;
  /** Properties answered without `$select`; absent: all. */
  readonly defaultSelect?: readonly string[];
  /** Directory objects have advanced queries; other services take any filter. */
  readonly directory: boolean;
  readonly caseSensitive?: boolean;
  readonly defaultTop?: number;
  readonly maxTop?: number;
}

const known = ['$filter', '$select', '$top', '$count', '$orderby', '$skiptoken', '$search', '$expand'];

/**
 * Answers a collection as Microsoft Graph does: `$filter`, `$search` (displayName), `$orderby`, `$count`, `$select`,
 * pages of `$top` with `@odata.nextLink`. What the directory serves only with `ConsistencyLevel: eventual` and
 * `$count=true` is refused without (Microsoft Graph: advanced query capabilities on directory objects).
 */
export function collection(
  c: GraphContext,
  deps: GraphDeps,
  all: Entity[],
  options: CollectionOptions,
): Response {
  const query = c.req.query();
  for (const name of Object.keys(query))
    if (name.startsWith('$') && !known.includes(name))
      throw badRequest(`The query parameter '${name}' is not supported.`, 'Request_UnsupportedQuery');
  if (query['$expand'] !== undefined) throw notEmulated(`$expand of ${c.req.path}`);

  const eventual = c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
  const counted = query['$count']?.toLowerCase() === 'true';
  const rows = ordered(searched(filtered(all, query, options, eventual && counted), query, eventual), query);

  const top = topOf(query['$top'], options);
  const from = offsetOf(query['$skiptoken']);
  const page = rows.slice(from, from + top);
  const body: Entity = {
    '@odata.context': metadata(deps, options.context + (query['$select'] ? `(${query['$select']})` : '')),
  };
  if (counted && (eventual || !options.directory)) body['@odata.count'] = rows.length;
  if (from + top < rows.length) body['@odata.nextLink'] = nextLink(c, from + top);
  body['value'] = page.map((row) => select(row, query['$select'], options.defaultSelect));
  return c.json(body);
}

function filtered(
  all: Entity[],
  query: Entity,
  options: CollectionOptions,
  advancedAllowed: boolean,
): Entity[] {
  const text = query['$filter'];
  if (typeof text !== 'string') return all;
  const filter = parseFilter(text, { caseSensitive: options.caseSensitive ?? false });
  const sortedToo = query['$orderby'] !== undefined;
  if (options.directory && !advancedAllowed && (filter.advanced || sortedToo)) throw advancedNeeded();
  return all.filter((row) => filter.matches(row));
}

/** 400 for an advanced query without its header and `$count=true`. */
export function advancedNeeded(): Error {
  return badRequest(
    'Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
    'Request_UnsupportedQuery',
  );
}

function searched(rows: Entity[], query: Entity, eventual: boolean): Entity[] {
  const text = query['$search'];
  if (typeof text !== 'string') return rows;
  if (!eventual)
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      'Request_UnsupportedQuery',
    );
  const [, property, term] = /^"(\w+):(.*)"$/.exec(text) ?? [];
  if (property === undefined || term === undefined)
    throw badRequest(`Syntax error: ${text} is not of the form "property:term".`);
  const wanted = term.toLowerCase();
  return rows.filter((row) => {
    const value = row[property];
    return typeof value === 'string' && value.toLowerCase().includes(wanted);
  });
}

function ordered(rows: Entity[], query: Entity): Entity[] {
  const text = query['$orderby'];
  if (typeof text !== 'string') return rows;
  const [, property, direction] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(text.trim()) ?? [];
  if (property === undefined) throw badRequest(`Invalid $orderby clause: '${text}'.`);
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  return [...rows].sort((a, b) => sign * (orderOf(a[property] ?? '', b[property] ?? '') ?? 0));
}

function topOf(text: string | undefined, options: CollectionOptions): number {
  if (text === undefined) return options.defaultTop ?? 100;
  const top = Number(text);
  const most = options.maxTop ?? 999;
  if (!Number.isInteger(top) || top < 1 || top > most)
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${most} inclusive.`);
  return top;
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const [, offset] = /^page-(\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  if (offset === undefined) throw badRequest('The skip token is invalid.', 'Directory_ExpiredPageToken');
  return Number(offset);
}

function nextLink(c: GraphContext, offset: number): string {
  const url = new URL(c.req.url);
  url.searchParams.delete('$skiptoken');
  const kept = [...url.searchParams].map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const token = Buffer.from(`page-${offset}`).toString('base64url');
  return `${url.origin}${url.pathname}?${[...kept, `$skiptoken=${token}`].join('&')}`;
}
