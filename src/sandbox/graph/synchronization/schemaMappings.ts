import { attributesIn, check } from '../../provisioning/expressions/evaluate.ts';
import { ExpressionError, NotEmulatedError } from '../../provisioning/expressions/value.ts';
import { notEmulated } from '../errors.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { refused } from './schemaParts.ts';
import type { Attributes } from './schemaParts.ts';

/** Microsoft Graph: attributeMapping. */
const flowTypes = new Set([
  'Always',
  'ObjectAddOnly',
  'AttributeAddOnly',
  'MultiValueAddOnly',
  'ValueAddOnly',
]);
const withoutEmulation = new Set(['MultiValueAddOnly', 'ValueAddOnly']);
const flowBehaviors = new Set(['FlowWhenChanged', 'FlowAlways']);

/** Checks the attribute mappings of one object as a whole and each for itself. */
export function checkAttributeMappings(
  name: string,
  mappings: readonly Json[],
  known: { readonly sources: Attributes; readonly targets: Attributes },
): void {
  for (const one of mappings) checkMapping(one, known);
  const seen = mappings.map((one) => String(one['targetAttributeName']));
  const twice = seen.find((one, index) => seen.indexOf(one) !== index);
  if (twice !== undefined) throw refused(`'${name}' maps the target attribute '${twice}' twice`);
  if (!mappings.some((one) => Number(one['matchingPriority']) > 0))
    throw refused(`'${name}' has no matching attribute`);
  for (const [attribute, definition] of known.targets)
    if (definition['required'] === true && !seen.includes(String(attribute)))
      throw refused(`'${name}' doesn't map the required attribute '${String(attribute)}'`);
}

function checkMapping(mapping: Json, known: { sources: Attributes; targets: Attributes }): void {
  const target = String(mapping['targetAttributeName']);
  if (!known.targets.has(target)) throw refused(`the target attribute '${target}' doesn't exist`);
  checkFlow(mapping, target);
  const source = mapping['source'];
  if (!isJson(source)) throw refused(`the mapping to '${target}' has no source`);
  if (!['Attribute', 'Constant', 'Function'].includes(String(source['type'])))
    throw refused(`the source of '${target}' has no type`);
  if (source['type'] === 'Attribute') {
    if (!known.sources.has(source['name']))
      throw refused(`the source attribute '${String(source['name'])}' doesn't exist`);
    if (source['expression'] !== `[${String(source['name'])}]`)
      throw refused(`the source of '${target}' has an expression that contradicts its name`);
  }
  if (typeof source['expression'] !== 'string') return;
  const missing = attributesOf(source['expression'], target).find((one) => !known.sources.has(one));
  if (missing !== undefined) throw refused(`the source attribute '${missing}' doesn't exist`);
}

function checkFlow(mapping: Json, target: string): void {
  const type = mapping['flowType'] ?? 'Always';
  if (typeof type !== 'string' || !flowTypes.has(type))
    throw refused(`the mapping to '${target}' has the unknown flow type ${JSON.stringify(type)}`);
  if (withoutEmulation.has(type)) throw notEmulated(`the flow type ${type}`);
  const behavior = mapping['flowBehavior'] ?? 'FlowWhenChanged';
  if (typeof behavior !== 'string' || !flowBehaviors.has(behavior))
    throw refused(`the mapping to '${target}' has the unknown flow behavior ${JSON.stringify(behavior)}`);
  const priority = mapping['matchingPriority'] ?? 0;
  if (!Number.isInteger(priority) || Number(priority) < 0)
    throw refused(`the matching priority of '${target}' isn't a whole number`);
}

function attributesOf(expression: string, target: string): string[] {
  try {
    return attributesIn(check(expression));
  } catch (error) {
    if (error instanceof NotEmulatedError) throw notEmulated(error.message);
    if (error instanceof ExpressionError)
      throw refused(`the expression for '${target}' can't be evaluated: ${error.message}`);
    throw error;
  }
}
