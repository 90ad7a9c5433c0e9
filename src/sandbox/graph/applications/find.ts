import type { GraphObject } from '../../state.ts';
import { notFound } from '../errors.ts';
import { keyOf } from '../path.ts';

/** The application or service principal that a path names by id or `appId='…'`; 404 when there is none. */
export function findByKey(objects: ReadonlyMap<string, GraphObject>, segment: string): GraphObject {
  const key = keyOf(segment);
  const found =
    key.by === 'id'
      ? objects.get(key.value)
      : [...objects.values()].find((object) => object['appId'] === key.value);
  if (!found) throw notFound(key.value);
  return found;
}
