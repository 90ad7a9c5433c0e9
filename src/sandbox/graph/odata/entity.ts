import { metadata } from '../context.ts';
import type { GraphContext, GraphDeps } from '../context.ts';
import type { EntityType } from '../entityTypes.ts';
import { checkOptions } from './options.ts';
import type { Entity } from './rows.ts';
import { parseExpand } from './expand.ts';
import type { Relations } from './expand.ts';
import { checkSelect, select } from './select.ts';

/** How one entity is told. */
export interface EntityOptions {
  /** What follows `$metadata#` before `/$entity`. */
  readonly context: string;
  readonly type: EntityType;
  readonly relations?: Relations;
  /** Properties answered without `$select`; absent: all. */
  readonly defaultSelect?: readonly string[];
}

/** Answers one entity, with `$select` and `$expand`; other query parameters are refused. */
export function entity(c: GraphContext, deps: GraphDeps, row: Entity, options: EntityOptions): Response {
  const query = c.req.query();
  checkOptions(query, ['$select', '$expand']);
  const names = query['$select'];
  checkSelect(names, options.type);
  const expanded = parseExpand(query['$expand'], options.relations ?? {}, options.type);
  const context = `${options.context}${names === undefined ? '' : `(${names})`}/$entity`;
  return c.json({
    '@odata.context': metadata(deps, context),
    ...select(row, names, options.defaultSelect),
    ...expanded?.(row, c),
  });
}

/** Answers one object that has no relations here, with `$select` alone. `context` is what follows `$metadata#`. */
export function plainEntity(c: GraphContext, deps: GraphDeps, row: Entity, context: string): Response {
  const query = c.req.query();
  checkOptions(query, ['$select']);
  const names = query['$select'];
  const selected = names === undefined ? '' : `(${names})`;
  return c.json({
    '@odata.context': metadata(deps, `${context}${selected}/$entity`),
    ...select(row, names, undefined),
  });
}
