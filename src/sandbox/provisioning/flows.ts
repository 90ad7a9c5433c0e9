import { asText, evaluate } from './expression.ts';
import type { AttributeMapping, ObjectMapping } from './mapping.ts';
import type { Source } from './source.ts';
import { TargetError } from './target.ts';
import type { Target } from './target.ts';
import type { Flow } from './targetPath.ts';

/** Attributes that are references to other objects and flow by links, not by value. */
const references = new Set(['members', 'manager']);

/**
 * Evaluates the mappings of an object. Nothing is sent for what the source leaves empty; `manager` gives the target id of
 * the manager, if there is one. Throws `ExpressionError`.
 */
export function flowsOf(mapping: ObjectMapping, source: Source, manager: string | undefined): Flow[] {
  return mapping.attributes.flatMap((one) => {
    if (references.has(one.sourceName ?? ''))
      return one.sourceName === 'manager' && manager !== undefined
        ? [{ target: one.target, value: manager, onlyAtCreation: one.onlyAtCreation }]
        : [];
    const value = evaluate(one.expression, (name) => source.get(name) ?? null);
    const sent = asText(value) === '' ? one.defaultValue : value;
    if (sent === null || sent === '') return [];
    return [{ target: one.target, value: sent, onlyAtCreation: one.onlyAtCreation }];
  });
}

/** The matching attributes of a mapping in their order. */
export function matchingAttributes(mapping: ObjectMapping): AttributeMapping[] {
  return mapping.attributes
    .filter((one) => one.matchingPriority > 0)
    .sort((a, b) => a.matchingPriority - b.matchingPriority);
}

/** Looks for the object in the target by each matching attribute. */
export async function match(
  target: Target,
  endpoint: 'Users' | 'Groups',
  mapping: ObjectMapping,
  flows: readonly Flow[],
): Promise<Record<string, unknown> | undefined> {
  let tried = false;
  for (const { target: attribute } of matchingAttributes(mapping)) {
    const value = flows.find((flow) => flow.target === attribute)?.value;
    if (value === undefined) continue;
    tried = true;
    const found = await target.find(endpoint, attribute, asText(value));
    if (found.length > 1)
      throw new TargetError(200, 'DuplicateTargetEntries', `More than one object has this ${attribute}.`);
    if (found[0]) return found[0];
  }
  if (!tried) throw new TargetError(200, 'ImportSkipped', 'The matching attribute is empty at the source.');
  return undefined;
}
