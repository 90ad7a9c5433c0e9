import type { Json } from '../guide/change.ts';

/**
 * The people whom a request of provisioning on demand names: the subject itself if it is a person, and the members that
 * go with a group. A group's own id is nobody.
 */
export function peopleIn(body: Json | undefined): readonly string[] {
  return recordsIn(property(body, 'parameters')).flatMap((parameter) =>
    recordsIn(property(parameter, 'subjects')).flatMap((subject) => [
      ...personIn(subject),
      ...recordsIn(property(property(subject, 'links'), 'members')).flatMap(personIn),
    ]),
  );
}

function personIn(named: Json): readonly string[] {
  const id = property(named, 'objectId');
  return property(named, 'objectTypeName') === 'User' && typeof id === 'string' ? [id] : [];
}

function recordsIn(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function property(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || isList(value)) return undefined;
  return value[key];
}
