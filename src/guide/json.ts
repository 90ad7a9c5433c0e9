import type { Json } from './change.ts';

/**
 * The same value as JSON, copied; properties that are `undefined` are left out. What Graph sent must go back to it whole,
 * also where a type names only some of its properties. Throws a `TypeError` for what JSON can't hold.
 */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => [key, toJson(entry)]),
    );
  }
  throw new TypeError(`A ${typeof value} is not JSON`);
}
