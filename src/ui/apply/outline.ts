import type { Json } from '../../guide/change.ts';

/**
 * Writes a value as an indented outline (a subset of YAML), for people who compare two of them. The same value always
 * gives the same lines.
 */
export function outline(value: Json, indent = 0): readonly string[] {
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) return value.flatMap((item: Json) => listItem(item, indent));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, entry]) =>
      entry === undefined ? [] : property(key, entry, indent),
    );
  }
  return [pad + scalar(value)];
}

function property(key: string, value: Json, indent: number): readonly string[] {
  const pad = ' '.repeat(indent);
  if (isPlain(value)) return [`${pad}${key}: ${scalar(value)}`];
  return [`${pad}${key}:`, ...outline(value, indent + 2)];
}

function listItem(item: Json, indent: number): readonly string[] {
  const pad = ' '.repeat(indent);
  const [first = '', ...rest] = isPlain(item) ? [scalar(item)] : outline(item, indent + 2);
  return [`${pad}- ${first.trimStart()}`, ...rest];
}

function isPlain(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function scalar(value: Json): string {
  if (value === null) return '(none)';
  if (typeof value === 'object') return '(none)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
