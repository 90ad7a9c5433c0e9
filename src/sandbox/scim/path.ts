import type { Attribute, ResourceType } from './attributes.ts';
import { ScimError } from './errors.ts';
import { parseFilter } from './filter.ts';
import type { Clause } from './filter.ts';

/** A PATCH path: `attribute`, `attribute.sub`, `attribute[clauses].sub`, each perhaps after the schema's URN. */
export interface PatchPath {
  readonly name: string;
  readonly clauses: readonly Clause[] | undefined;
  readonly sub: string | undefined;
}

/** Takes a path apart without looking anything up. Throws when it has another form. */
export function parsePath(type: ResourceType, path: string): PatchPath {
  const prefix = `${type.schema}:`;
  const rest = path.toLowerCase().startsWith(prefix.toLowerCase()) ? path.slice(prefix.length) : path;
  const open = rest.indexOf('[');
  if (open < 0) {
    const [name = '', sub, ...more] = rest.split('.');
    if (more.length > 0) throw new ScimError(400);
    return { name, clauses: undefined, sub };
  }
  const close = rest.lastIndexOf(']');
  if (close < open) throw new ScimError(400);
  const after = rest.slice(close + 1);
  if (after !== '' && !after.startsWith('.')) throw new ScimError(400);
  return {
    name: rest.slice(0, open),
    clauses: parseFilter(rest.slice(open + 1, close)),
    sub: after === '' ? undefined : after.slice(1),
  };
}

/** The attributes that a path names. Throws when the table does not know them. */
export function resolvePath(
  type: ResourceType,
  path: PatchPath,
): { attribute: Attribute; sub: Attribute | undefined } {
  const attribute = type.attributes.get(path.name.toLowerCase());
  if (!attribute) throw new ScimError(400);
  if (path.clauses && !attribute.multiValued) throw new ScimError(400);
  for (const clause of path.clauses ?? [])
    if (!attribute.sub?.has(clause.attribute)) throw new ScimError(400);
  if (path.sub === undefined) return { attribute, sub: undefined };
  const sub = attribute.sub?.get(path.sub.toLowerCase());
  if (!sub) throw new ScimError(400);
  return { attribute, sub };
}
