import { badRequest } from '../errors.ts';
import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps } from '../context.ts';
import type { EntityType } from '../entityTypes.ts';
import { parseExpand } from './expand.ts';
import type { Relations } from './expand.ts';
import { parseFilter } from './filter.ts';
import type { Filter } from './filter.ts';
import { checkOptions } from './options.ts';
import { parseOrder } from './order.ts';
import type { Order } from './order.ts';
import { idOf, nextLink, pageStart, positionOf, topOf } from './pages.ts';
import type { PageSizes } from './pages.ts';
import { rowsOf } from './rows.ts';
import type { Entity, Rows } from './rows.ts';
import { parseSearch } from './search.ts';
import { checkSelect, select } from './select.ts';

export interface CollectionOptions extends PageSizes {
  /** What follows `$metadata#`. */
  readonly context: string;
  /** What the rows are: names that it lacks are refused. Without it, what the rows at hand lack. */
  readonly type?: EntityType;
  /** What `$expand` may ask for. */
  readonly relations?: Relations;
  /** Properties answered without `$select`; absent: all. */
  readonly defaultSelect?: readonly string[];
  /** Directory objects have advanced queries; other services take any filter. */
  readonly directory: boolean;
  readonly caseSensitive?: boolean;
}

const known = ['$filter', '$select', '$top', '$count', '$orderby', '$skiptoken', '$search', '$expand'];

/**
 * Answers a collection as Microsoft Graph does: `$filter`, `$search`, `$orderby`, `$count`, `$select`, `$expand`, pages
 * of `$top` with `@odata.nextLink`. What the directory serves only with `ConsistencyLevel: eventual` and `$count=true` is
 * refused without (Microsoft Graph: advanced query capabilities on directory objects). The directory counts on the
 * first page only (Microsoft Graph: query parameters).
 */
export function collection(
  c: GraphContext,
  deps: GraphDeps,
  all: Rows | readonly Entity[],
  options: CollectionOptions,
): Response {
  const query = c.req.query();
  checkOptions(query, known);

  const eventual = c.req.header('consistencylevel')?.toLowerCase() === 'eventual';
  const counted = query['$count']?.toLowerCase() === 'true';
  if (options.type) checkSelect(query['$select'], options.type);
  const order = parseOrder(query['$orderby'], options.type);
  const tests = [filterOf(query, options, order, eventual && counted), searchOf(query, eventual)].flatMap(
    (one) => one ?? [],
  );
  const expanded = expandOf(query, options);
  const rows = ordered(narrowed('from' in all ? all : rowsOf(all, (row) => row), tests), tests, order);

  const top = topOf(query['$top'], options);
  const start = pageStart(query['$skiptoken']);
  let position = positionOf(start, rows);
  const page: Entity[] = [];
  let next: Entity | undefined;
  for (const row of rows.from(position)) {
    if (tests.every((test) => test.matches(row))) {
      if (page.length === top) {
        next = row;
        break;
      }
      page.push(row);
    }
    position++;
  }
  const body: Entity = {
    '@odata.context': metadata(deps, options.context + (query['$select'] ? `(${query['$select']})` : '')),
  };
  if (counted && (options.directory ? eventual && !start : true)) body['@odata.count'] = sizeOf(rows, tests);
  if (next) body['@odata.nextLink'] = nextLink(c, { position, id: idOf(next), before: idOf(page.at(-1)) });
  body['value'] = page.map((row) => ({
    ...select(row, query['$select'], options.defaultSelect),
    ...expanded?.(row, c),
  }));
  return c.json(body);
}

/**
 * Answers `…/$count`: plain text, of what `$filter` and `$search` leave, and only with the header (Microsoft Graph: advanced
 * query capabilities on directory objects).
 */
export function count(c: GraphContext, all: Rows | readonly Entity[], type: EntityType): Response {
  const query = c.req.query();
  checkOptions(query, ['$filter', '$search']);
  if (c.req.header('consistencylevel')?.toLowerCase() !== 'eventual')
    throw badRequest(
      "$count is not currently supported without the request header 'ConsistencyLevel: eventual'.",
      'Request_UnsupportedQuery',
    );
  const tests = [
    filterOf(query, { context: '', type, directory: true }, undefined, true),
    searchOf(query, true),
  ].flatMap((one) => one ?? []);
  return c.text(String(sizeOf('from' in all ? all : rowsOf(all, (row) => row), tests)));
}

/** The directory can't search or sort while it expands (Microsoft Graph: Use query parameters, expand). */
function expandOf(query: Record<string, string>, options: CollectionOptions): ReturnType<typeof parseExpand> {
  const expand = query['$expand'];
  if (expand !== undefined && options.directory && query['$search'] !== undefined)
    throw badRequest('$expand is not supported together with $search.', 'Request_UnsupportedQuery');
  return parseExpand(expand, options.relations ?? {}, options.type);
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

/** What the directory sorts by without an advanced query. */
const sortable = ['displayName', 'userPrincipalName', 'id'];

function filterOf(
  query: Record<string, string>,
  options: CollectionOptions,
  order: Order | undefined,
  advancedAllowed: boolean,
): Test | undefined {
  const text = query['$filter'];
  const filter = text === undefined ? undefined : parseFilter(text, options);
  const oddOrder = order?.properties.some((name) => !sortable.includes(name)) ?? false;
  const advanced = filter ? filter.advanced || order !== undefined : oddOrder;
  if (options.directory && !advancedAllowed && advanced) throw advancedNeeded();
  return filter;
}

/** 400 for an advanced query without its header and `$count=true`. */
export function advancedNeeded(): Error {
  return badRequest(
    'Operator is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information',
    'Request_UnsupportedQuery',
  );
}

function searchOf(query: Record<string, string>, eventual: boolean): Test | undefined {
  const text = query['$search'];
  return text === undefined ? undefined : { matches: parseSearch(text, eventual) };
}

/** Rows in the order asked for; only these have to be made all at once. */
function ordered(rows: Rows, tests: readonly Test[], order: Order | undefined): Rows {
  if (!order) return rows;
  const matching = [...rows.from(0)].filter((row) => tests.every((test) => test.matches(row)));
  return rowsOf(
    matching.sort((a, b) => order.compare(a, b)),
    (row) => row,
  );
}
