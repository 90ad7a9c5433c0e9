import type { GraphObject } from '../../state.ts';
import { notEmulated } from '../errors.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { checkAttributeMappings } from './schemaMappings.ts';
import { objects, refused } from './schemaParts.ts';
import type { Attributes } from './schemaParts.ts';
import { checkScope } from './schemaScope.ts';

const parts = ['id', 'version', 'synchronizationRules', 'directories'];
const flowTypes = new Set(['None', 'Add', 'Update', 'Delete']);

/**
 * A schema as PUT stores it: the whole document is replaced (Microsoft Graph: Update synchronizationSchema). 400 for an
 * unknown part, for a mapping to an attribute that the target lacks, for an object without matching attribute or without a
 * required one, for an expression or a scoping filter that can't be evaluated; 501 where only the sandbox can't. The
 * service's own sentences for these are not documented.
 */
export function replacedSchema(body: Json, jobId: string): GraphObject {
  for (const name of Object.keys(body))
    if (!parts.includes(name) && !name.startsWith('@')) throw refused(`'${name}' isn't a part of a schema`);
  const rules = objects(body['synchronizationRules'], 'synchronizationRules');
  const directories = objects(body['directories'], 'directories');
  if (rules.length === 0) throw refused('it has no rule');
  for (const rule of rules) checkRule(rule, directories);
  const kept = Object.entries(body).filter(([name]) => !name.startsWith('@'));
  return { ...Object.fromEntries(kept), id: jobId };
}

function checkRule(rule: Json, directories: readonly Json[]): void {
  if (typeof rule['id'] !== 'string') throw refused('a rule has no id');
  const containers = isJson(rule['containerFilter']) ? rule['containerFilter']['includedContainers'] : [];
  if (Array.isArray(containers) && containers.length > 0) throw notEmulated('container filters');
  const source = directory(directories, rule['sourceDirectoryName']);
  const target = directory(directories, rule['targetDirectoryName']);
  for (const mapping of objects(rule['objectMappings'], 'objectMappings')) {
    const name = String(mapping['name']);
    const sources = attributesOf(source, mapping['sourceObjectName']);
    const targets = attributesOf(target, mapping['targetObjectName']);
    checkFlowTypes(name, mapping['flowTypes']);
    checkScope(name, mapping['scope'], sources);
    checkAttributeMappings(name, objects(mapping['attributeMappings'], 'attributeMappings'), {
      sources,
      targets,
    });
  }
}

/** Text with commas between: `Add, Update, Delete` (Microsoft Graph: objectFlowTypes). */
function checkFlowTypes(name: string, value: unknown): void {
  if (typeof value !== 'string') throw refused(`'${name}' has no flow types`);
  const odd = value.split(',').find((flow) => !flowTypes.has(flow.trim()));
  if (odd !== undefined) throw refused(`'${odd.trim()}' isn't a flow type`);
}

function directory(directories: readonly Json[], name: unknown): Json {
  const found = directories.find((one) => one['name'] === name);
  if (!found) throw refused(`the directory '${String(name)}' is missing`);
  return found;
}

function attributesOf(directoryDefinition: Json, objectName: unknown): Attributes {
  const object = objects(directoryDefinition['objects'], 'objects').find((one) => one['name'] === objectName);
  if (!object) throw refused(`the object '${String(objectName)}' is missing in its directory`);
  return new Map(objects(object['attributes'], 'attributes').map((one) => [one['name'], one]));
}
