import type { EntityType } from '../entityTypes.ts';
import { badRequest } from '../errors.ts';

/** 400 when `$select` names a property that the type lacks. */
export function checkSelect(names: string | undefined, type: EntityType): void {
  for (const name of namesOf(names) ?? [])
    if (name !== '*' && !type.properties.has(name)) throw unknownProperty(name, type.name);
}

/**
 * The properties that `$select` names and no others, `id` neither, or the default set. Control information
 * (`@odata.type`) stays.
 */
export function select(
  entity: Record<string, unknown>,
  names: string | undefined,
  defaults: readonly string[] | undefined,
): Record<string, unknown> {
  const wanted = namesOf(names) ?? defaults;
  if (wanted === undefined || wanted.includes('*')) return entity;
  const typed = '@odata.type' in entity;
  const answer: Record<string, unknown> = {};
  if (typed) answer['@odata.type'] = entity['@odata.type'];
  for (const name of wanted) {
    // Members are of several types: a property that one of them lacks is just left out.
    if (name in entity) answer[name] = entity[name];
    else if (!typed) throw unknownProperty(name, undefined);
  }
  return answer;
}

function namesOf(names: string | undefined): string[] | undefined {
  return names?.split(',').map((name) => name.trim());
}

function unknownProperty(name: string, type: string | undefined): Error {
  const on = type === undefined ? '' : ` on type '${type}'`;
  return badRequest(
    `Parsing OData Select and Expand failed: Could not find a property named '${name}'${on}.`,
    'BadRequest',
  );
}
