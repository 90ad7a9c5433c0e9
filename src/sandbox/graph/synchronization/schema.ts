import type { GraphObject } from '../../state.ts';
import { badRequest } from '../errors.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

const parts = ['id', 'version', 'synchronizationRules', 'directories'];

/**
 * A schema as PUT stores it: the whole document is replaced (Microsoft Graph: Update synchronizationSchema). 400 for an
 * unknown part, for a mapping to an attribute that the target lacks, and for an object without matching attribute; the
 * service's own sentences for these are not documented.
 */
export function replacedSchema(body: Json, jobId: string): GraphObject {
  for (const name of Object.keys(body))
    if (!parts.includes(name) && !name.startsWith('@')) throw refused(`'${name}' isn't a part of a schema`);
  const rules = objects(body['synchronizationRules'], 'synchronizationRules');
  const directories = objects(body['directories'], 'directories');
  if (rules.length === 0) throw refused('it has no rule');
  for (const rule of rules) checkRule(rule, directories);
  return { ...body, id: jobId };
}

function checkRule(rule: Json, directories: readonly Json[]): void {
  if (typeof rule['id'] !== 'string') throw refused('a rule has no id');
  const source = directory(directories, rule['sourceDirectoryName']);
  const target = directory(directories, rule['targetDirectoryName']);
  for (const mapping of objects(rule['objectMappings'], 'objectMappings')) {
    const name = String(mapping['name']);
    const sources = attributesOf(source, mapping['sourceObjectName']);
    const targets = attributesOf(target, mapping['targetObjectName']);
    const attributeMappings = objects(mapping['attributeMappings'], 'attributeMappings');
    for (const one of attributeMappings) checkMapping(one, { sources, targets });
    const seen = attributeMappings.map((one) => String(one['targetAttributeName']));
    const twice = seen.find((one, index) => seen.indexOf(one) !== index);
    if (twice !== undefined) throw refused(`'${name}' maps the target attribute '${twice}' twice`);
    if (!attributeMappings.some((one) => Number(one['matchingPriority']) > 0))
      throw refused(`'${name}' has no matching attribute`);
  }
}

function checkMapping(mapping: Json, known: { sources: Set<unknown>; targets: Set<unknown> }): void {
  const target = String(mapping['targetAttributeName']);
  if (!known.targets.has(target)) throw refused(`the target attribute '${target}' doesn't exist`);
  const source = mapping['source'];
  if (!isJson(source)) throw refused(`the mapping to '${target}' has no source`);
  if (source['type'] !== 'Attribute') return;
  if (!known.sources.has(source['name']))
    throw refused(`the source attribute '${String(source['name'])}' doesn't exist`);
  if (source['expression'] !== `[${String(source['name'])}]`)
    throw refused(`the source of '${target}' has an expression that contradicts its name`);
}

function directory(directories: readonly Json[], name: unknown): Json {
  const found = directories.find((one) => one['name'] === name);
  if (!found) throw refused(`the directory '${String(name)}' is missing`);
  return found;
}

function attributesOf(directoryDefinition: Json, objectName: unknown): Set<unknown> {
  const object = objects(directoryDefinition['objects'], 'objects').find((one) => one['name'] === objectName);
  if (!object) throw refused(`the object '${String(objectName)}' is missing in its directory`);
  return new Set(objects(object['attributes'], 'attributes').map((one) => one['name']));
}

function objects(value: unknown, name: string): Json[] {
  if (!Array.isArray(value) || !value.every(isJson)) throw refused(`'${name}' isn't a collection of objects`);
  return value;
}

function refused(why: string): Error {
  return badRequest(`The synchronization schema is invalid: ${why}.`, 'InvalidSynchronizationSchema');
}
