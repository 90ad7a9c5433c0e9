import { badRequest } from '../errors.ts';

/** Where a filter looks names up: the entity, and the variables of `any`. */
export interface Scope {
  readonly entity: Record<string, unknown>;
  readonly bound: ReadonlyMap<string, unknown>;
}

/** The value at a path such as `servicePrincipal/id`. 400 when the entity has no such property. */
export function valueAt(scope: Scope, path: string): unknown {
  const [first = '', ...rest] = path.split('/');
  let value: unknown;
  if (scope.bound.has(first)) value = scope.bound.get(first);
  else if (first in scope.entity) value = scope.entity[first];
  else throw badRequest(`Invalid filter clause: Could not find a property named '${first}'.`);
  for (const part of rest) {
    if (typeof value !== 'object' || value === null) return null;
    value = Object.entries(value).find(([name]) => name === part)?.[1];
  }
  return value ?? null;
}

/** How many values a collection of an entity has. */
export function sizeAt(scope: Scope, path: string): number {
  const values = valueAt(scope, path);
  return Array.isArray(values) ? values.length : 0;
}

/** OData comparison; null equals only null, dates compare as moments. */
export function compare(operator: string, left: unknown, right: unknown, caseSensitive: boolean): boolean {
  if (
    (typeof left === 'boolean' && typeof right === 'string') ||
    (typeof left === 'string' && typeof right === 'boolean')
  )
    throw badRequest(
      `Invalid filter clause: A binary operator with incompatible types was detected. Found operand types '${edmOf(left)}' and '${edmOf(right)}'.`,
      'BadRequest',
    );
  const [a, b] = [folded(left, caseSensitive), folded(right, caseSensitive)];
  if (operator === 'eq') return a === b;
  if (operator === 'ne') return a !== b;
  const order = orderOf(a, b);
  if (order === undefined) return false;
  if (operator === 'gt') return order > 0;
  if (operator === 'ge') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}

/** Order of two values of one type: negative, zero or positive; `undefined` when they have none. */
export function orderOf(a: unknown, b: unknown): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  const [first, second] = [momentOf(a), momentOf(b)];
  if (first !== undefined && second !== undefined) return first - second;
  return a < b ? -1 : a > b ? 1 : 0;
}

function edmOf(value: unknown): string {
  return typeof value === 'boolean' ? 'Edm.Boolean' : 'Edm.String';
}

function momentOf(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return undefined;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : moment;
}

function folded(value: unknown, caseSensitive: boolean): unknown {
  if (value === undefined) return null;
  return typeof value === 'string' && !caseSensitive ? value.toLowerCase() : value;
}
