import { badRequest } from '../errors.ts';

/**
 * The properties that `$select` names and no others, `id` neither, or the default set. Control information
 * (`@odata.type`) stays.
 */
export function select(
  entity: Record<string, unknown>,
  names: string | undefined,
  defaults: readonly string[] | undefined,
): Record<string, unknown> {
  const wanted = names === undefined ? defaults : names.split(',').map((name) => name.trim());
  if (wanted === undefined || wanted.includes('*')) return entity;
  const typed = '@odata.type' in entity;
  const answer: Record<string, unknown> = {};
  if (typed) answer['@odata.type'] = entity['@odata.type'];
  for (const name of wanted) {
    // Members are of several types: a property that one of them lacks is just left out.
    if (name in entity) answer[name] = entity[name];
    else if (!typed) throw badRequest(`Could not find a property named '${name}'.`, 'BadRequest');
  }
  return answer;
}
