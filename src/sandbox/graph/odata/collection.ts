import { badRequest, notEmulated } from '../errors.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps } from '../context.ts';
import { parseFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { rowsOf } from './rows.ts';
import type { Rows } from './rows.ts';
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
 * `$count=true` is refused without (Microsoft Graph: advanced query capabilities on directory objects). The directory
 * counts on the first page only (Microsoft Graph: query parameters).
 */
export function collection(
  c: GraphContext,
  deps: GraphDeps,
  all: Rows | readonly Entity[],
  options: CollectionOptions,
): Response {
  const query = c.req.query();
  for (const name of Object.keys(query))
    if (name.startsWith('$') && !known.includes(name))
      throw badRequest(`The query parameter '${name}' is not supported.`, 'Request_UnsupportedQuery');
  if (query['$expand'] !== undefined) throw notEmulated(`$expand of ${c.req.path}`);

  const eventual = c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
  const counted = query['$count']?.toLowerCase() === 'true';
  const tests = [filterOf(query, options, eventual && counted), searchOf(query, eventual)].flatMap(
    (one) => one ?? [],
  );
  const rows = ordered(narrowed('from' in all ? all : rowsOf(all, (row) => row), tests), tests, query);

  const top = topOf(query['$top'], options);
  const from = offsetOf(query['$skiptoken']);
  const page: Entity[] = [];
  let position = from;
  let more = false;
  for (const row of rows.from(from)) {
    if (tests.every((test) => test.matches(row))) {
      more = page.length === top;
      if (more) break;
      page.push(row);
    }
    position++;
  }
  const body: Entity = {
    '@odata.context': metadata(deps, options.context + (query['$select'] ? `(${query['$select']})` : '')),
  };
  if (counted && (options.directory ? eventual && from === 0 : true))
    body['@odata.count'] = sizeOf(rows, tests);
  if (more) body['@odata.nextLink'] = nextLink(c, position);
  body['value'] = page.map((row) => select(row, query['$select'], options.defaultSelect));
  return c.json(body);
}

function sizeOf(rows: Rows, tests: readonly Test[]): number {
  if (tests.length === 0) return rows.size;
  let size = 0;
  for (const row of rows.from(0)) if (tests.every((test) => test.matches(row))) size++;
  return size;
}

/** What an index knows to be all that the filter can match, else everything. */
function narrowed(rows: Rows, tests: readonly Test[]): Rows {
  const equal = tests.find((test) => test.equal !== undefined)?.equal;
  const found = equal && rows.equal?.(equal.property, equal.value);
  return found ? rowsOf(found, (row) => row) : rows;
}

/** Something that a row must pass to be answered. */
type Test = Pick<Filter, 'matches' | 'equal'>;

function filterOf(query: Entity, options: CollectionOptions, advancedAllowed: boolean): Test | undefined {
  const text = query['$filter'];
  if (typeof text !== 'string') return undefined;
  const filter = parseFilter(text, { caseSensitive: options.caseSensitive ?? false });
  const sortedToo = query['$orderby'] !== undefined;
  if (options.directory && !advancedAllowed && (filter.advanced || sortedToo)) throw advancedNeeded();
  return filter;
}

/** 400 for an advanced query without its header and `$count=true`. */
export function advancedNeeded(): Error {
  return badRequest(
    'Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
    'Request_UnsupportedQuery',
  );
}

function searchOf(query: Entity, eventual: boolean): Test | undefined {
  const text = query['$search'];
  if (typeof text !== 'string') return undefined;
  if (!eventual)
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      'Request_UnsupportedQuery',
    );
  const [, property, term] = /^"(\w+):(.*)"$/.exec(text) ?? [];
  if (property === undefined || term === undefined)
    throw badRequest(`Syntax error: ${text} is not of the form "property:term".`);
  const wanted = term.toLowerCase();
  const matches = (row: Entity): boolean => {
    const value = row[property];
    return typeof value === 'string' && value.toLowerCase().includes(wanted);
  };
  return { matches };
}

/** Rows in the order asked for; only these have to be made all at once. */
function ordered(rows: Rows, tests: readonly Test[], query: Entity): Rows {
  const text = query['$orderby'];
  if (typeof text !== 'string') return rows;
  const [, property, direction] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(text.trim()) ?? [];
  if (property === undefined) throw badRequest(`Invalid $orderby clause: '${text}'.`);
  const sign = direction?.toLowerCase() === 'desc' ? -1 : 1;
  const matching = [...rows.from(0)].filter((row) => tests.every((test) => test.matches(row)));
  matching.sort((a, b) => sign * (orderOf(a[property] ?? '', b[property] ?? '') ?? 0));
  return rowsOf(matching, (row) => row);
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
