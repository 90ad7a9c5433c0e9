import type { GraphContext } from '../context.ts';
import { badRequest, notEmulated } from '../errors.ts';
import type { Entity } from './rows.ts';
import type { EntityType } from '../entityTypes.ts';
import { checkSelect, select } from './select.ts';

/** What a relation of an entity leads to: one entity, several, or nothing. */
export interface Relation {
  readonly type: EntityType;
  readonly defaultSelect?: readonly string[];
  readonly of: (row: Entity, c: GraphContext) => Iterable<Entity> | Entity | null;
}

export type Relations = Readonly<Record<string, Relation>>;

/** The directory expands no more than this many objects of one relation, and gives no link to the rest. */
const most = 20;

/**
 * Reads `$expand=members($select=id)`. The directory expands one relation a request (Microsoft Graph: Use query
 * parameters, expand). Gives what to add to each entity.
 */
export function parseExpand(
  text: string | undefined,
  relations: Relations,
  type: EntityType | undefined,
): ((row: Entity, c: GraphContext) => Entity) | undefined {
  if (text === undefined) return undefined;
  const [, name, options] = /^\s*(\w+)\s*(?:\((.*)\))?\s*$/s.exec(text) ?? [];
  if (name === undefined) {
    if (/^\s*\w+(\([^()]*\))?\s*,/.test(text))
      throw badRequest('The request may expand one navigation property.', 'Request_UnsupportedQuery');
    throw badRequest(
      `Parsing OData Select and Expand failed: Term '${text}' is not valid in a $select or $expand expression.`,
      'BadRequest',
    );
  }
  const relation = Object.hasOwn(relations, name) ? relations[name] : undefined;
  if (!relation) {
    if (type?.properties.has(name))
      throw badRequest(
        `Property '${name}' on type '${type.name}' is not a navigation property or complex property. Only navigation properties can be expanded.`,
        'BadRequest',
      );
    throw notEmulated(`$expand=${name}`);
  }
  const nested = nestedSelect(options);
  checkSelect(nested, relation.type);
  return (row, c) => {
    const found = relation.of(row, c);
    const told = (one: Entity): Entity => select(one, nested, relation.defaultSelect);
    if (found === null) return {};
    if (!(Symbol.iterator in found)) return { [name]: told(found) };
    const some: Entity[] = [];
    for (const one of found) {
      if (some.length === most) break;
      some.push(told(one));
    }
    return { [name]: some };
  };
}

function nestedSelect(options: string | undefined): string | undefined {
  if (options === undefined || options.trim() === '') return undefined;
  const [, names] = /^\s*\$select=([\w,\s]+)$/.exec(options) ?? [];
  if (names === undefined) throw notEmulated(`the nested options '${options}' of $expand`);
  return names;
}
