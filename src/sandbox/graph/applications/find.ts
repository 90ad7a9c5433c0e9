import type { GraphObject, SandboxState } from '../../state.ts';
import { notFound } from '../errors.ts';
import { keyOf } from '../path.ts';

type Kind = 'applications' | 'servicePrincipals';

/** The application or service principal that a path names by id or `appId='…'`, as reads see it; 404 when there is none. */
export function readByKey(state: SandboxState, kind: Kind, segment: string): GraphObject {
  const key = keyOf(segment);
  const found =
    key.by === 'id'
      ? state.replication.one('objects', kind, key.value)
      : state.replication.all('objects', kind).find((object) => object['appId'] === key.value);
  if (!found) throw notFound(key.value);
  return found;
}

/**
 * The same for a write, which always meets the newest version. What is so new that reads don't know it answers 404 to
 * writes, too, as clients of Microsoft Graph report of a PATCH right after the creation.
 */
export function writeByKey(state: SandboxState, kind: Kind, segment: string): GraphObject {
  const { id } = readByKey(state, kind, segment);
  const latest = state.tenant[kind].get(id);
  if (!latest) throw notFound(keyOf(segment).value);
  return latest;
}
