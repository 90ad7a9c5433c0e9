import type { EntityType } from '../entityTypes.ts';
import { badRequest } from '../errors.ts';
import type { Entity } from './rows.ts';
import { orderOf } from './values.ts';

/** A `$orderby`, ready to compare two rows. */
export interface Order {
  compare(a: Entity, b: Entity): number;
  readonly properties: readonly string[];
}

/** Reads `$orderby=displayName desc,id`; 400 for a property that the type lacks. */
export function parseOrder(text: string | undefined, type: EntityType | undefined): Order | undefined {
  if (text === undefined) return undefined;
  const keys = text.split(',').map((clause) => {
    const [, property, direction] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(clause.trim()) ?? [];
    if (property === undefined) throw badRequest(`Invalid $orderby clause: '${text}'.`);
    if (type && !type.properties.has(property))
      throw badRequest(`Could not find a property named '${property}' on type '${type.name}'.`, 'BadRequest');
    return { property, sign: direction?.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return {
    properties: keys.map(({ property }) => property),
    compare: (a, b) => {
      for (const { property, sign } of keys) {
        const order = orderOf(folded(a[property]), folded(b[property])) ?? 0;
        if (order !== 0) return sign * order;
      }
      return 0;
    },
  };
}

/** Nothing comes before anything, and case doesn't count. */
function folded(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' ? value.toLowerCase() : (value ?? '');
}
