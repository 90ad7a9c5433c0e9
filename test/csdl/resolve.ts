import type { Edm, Structure, TypeRef } from './edm.ts';

/** What an address answers: a type, plain text (`$count`), or links (`$ref`). */
export type Resolved = TypeRef | 'text' | 'links' | 'nothing';

/** A structured type with all it inherits; `undefined` for a name that isn't one. */
export function ancestry(edm: Edm, name: string): Structure[] {
  const type = edm.types.get(name);
  if (!type || type.kind === 'enum') return [];
  return [type, ...(type.base === undefined ? [] : ancestry(edm, type.base))];
}

/** Whether a type is another one or derives from it. */
export function derives(edm: Edm, name: string, base: string): boolean {
  return ancestry(edm, name).some((type) => type.name === base);
}

/** A property or relation of a type, inherited ones too. */
export function memberOf(
  edm: Edm,
  type: string,
  name: string,
  kinds: readonly ('properties' | 'navigation')[] = ['properties', 'navigation'],
): TypeRef | undefined {
  for (const structure of ancestry(edm, type))
    for (const kind of kinds) {
      const found = structure[kind].get(name);
      if (found) return found;
    }
  return undefined;
}

/**
 * What `method` on a path such as `/users/{id}/memberOf` answers, by Graph's schema. A string says why the path leads
 * nowhere in the schema.
 */
export function resolve(edm: Edm, method: string, path: string): { type: Resolved } | { fault: string } {
  const [first = '', ...rest] = segmentsOf(path);
  const root = edm.roots.get(first);
  if (!root) return { fault: `the schema has no '${first}'` };
  let current: TypeRef = root;
  let called = false;
  for (const segment of rest) {
    if (segment === '$count') return { type: 'text' };
    if (segment === '$ref') return { type: method === 'GET' ? 'links' : 'nothing' };
    const operation = operationOf(edm, segment, current);
    if (operation) {
      if (!operation.result) return { type: 'nothing' };
      [current, called] = [operation.result, true];
    } else if (segment.startsWith('microsoft.graph.')) {
      if (!derives(edm, segment, current.name)) return { fault: `'${segment}' isn't a ${current.name}` };
      current = { ...current, name: segment };
    } else if (current.collection) current = { ...current, collection: false };
    else {
      const member = memberOf(edm, current.name, segment);
      if (!member) return { fault: `${current.name} has no '${segment}'` };
      current = member;
    }
  }
  // POST to a collection makes one of its entities.
  const created = method === 'POST' && !called && current.collection;
  return { type: created ? { ...current, collection: false } : current };
}

/** Segments below the version; a key in parentheses is a segment of its own, arguments of a function are dropped. */
function segmentsOf(path: string): string[] {
  const bare = decodeURIComponent(path.replace(/\?.*$/, '').replace(/^\/v1\.0/, ''))
    .replace(/^\/myorganization(?=\/)/i, '')
    .replace(/\(([^()]*)\)(?=\/|$)/g, '/($1)');
  const segments = bare.split('/').filter((segment) => segment !== '');
  return segments.filter((segment, index) => {
    const previous = segments[index - 1] ?? '';
    return !(
      segment.startsWith('(') && /^(filterByCurrentUser|delta|functions|filterOperators)$/.test(previous)
    );
  });
}

function operationOf(edm: Edm, segment: string, current: TypeRef) {
  const name = segment.slice(segment.lastIndexOf('.') + 1);
  const bound = (edm.operations.get(name) ?? []).filter(
    ({ binding }) => binding.collection === current.collection && derives(edm, current.name, binding.name),
  );
  return bound.find(({ binding }) => binding.name === current.name) ?? bound[0];
}
