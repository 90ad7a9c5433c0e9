import type { GraphObject } from '../state.ts';
import { readFilter } from './scopingFilter.ts';
import type { ScopingFilter } from './scopingFilter.ts';
import { record, records, text } from './json.ts';

/** One attribute mapping of a schema, as far as the service follows it. */
export interface AttributeMapping {
  readonly target: string;
  /** `[name]`, a quoted constant or a function. */
  readonly expression: string;
  /** Set when the source is one attribute alone. */
  readonly sourceName: string | undefined;
  /** Sent when the object is made and the source is empty; never when it is updated. */
  readonly defaultValue: string;
  /** 0: does not match; else the order in which matching attributes are tried. */
  readonly matchingPriority: number;
  /** flowType ObjectAddOnly: sent when the object is made, never after. */
  readonly onlyAtCreation: boolean;
  /** flowType AttributeAddOnly: sent while the target has no value. */
  readonly onlyWhereEmpty: boolean;
  /** flowBehavior FlowAlways: part of every update, changed or not. */
  readonly always: boolean;
  /** Follows whether the user is deleted, disabled or out of scope. */
  readonly followsDeletion: boolean;
  readonly attribute: TargetAttribute;
}

/** What the target directory of a schema says of an attribute (Microsoft Graph: attributeDefinition). */
export interface TargetAttribute {
  readonly type: string;
  /** Values that differ in case only count as equal, unless this is set. */
  readonly caseExact: boolean;
  readonly multivalued: boolean;
  readonly required: boolean;
}

/** How users or groups are mapped. */
export interface ObjectMapping {
  readonly targetObjectName: string;
  readonly flows: ReadonlySet<string>;
  readonly attributes: readonly AttributeMapping[];
  readonly filter: ScopingFilter;
}

/** The one rule of a SCIM schema; a side is absent where it is switched off or missing. */
export interface Rule {
  readonly id: string;
  readonly user: ObjectMapping | undefined;
  readonly group: ObjectMapping | undefined;
  /** Only these groups and their members are in scope; undefined: no such limit. */
  readonly onlyGroups: ReadonlySet<string> | undefined;
}

/** Reads the rule out of a schema as Graph keeps it; objects are told apart by their source name only. */
export function readRule(schema: GraphObject): Rule {
  const rule = records(schema['synchronizationRules'])[0] ?? {};
  const mappings = records(rule['objectMappings']);
  const directory = records(schema['directories']).find((one) => one['name'] === rule['targetDirectoryName']);
  const of = (name: string): ObjectMapping | undefined => {
    const found = mappings.find((one) => one['sourceObjectName'] === name && one['enabled'] !== false);
    return found && readObjectMapping(found, attributesOf(directory, text(found['targetObjectName'])));
  };
  const included = record(rule['groupFilter'])['includedGroups'];
  const groups = Array.isArray(included) ? included.map(text).filter((one) => one !== '') : [];
  return {
    id: text(rule['id']),
    user: of('User'),
    group: of('Group'),
    onlyGroups: groups.length > 0 ? new Set(groups) : undefined,
  };
}

function attributesOf(
  directory: Record<string, unknown> | undefined,
  objectName: string,
): ReadonlyMap<string, TargetAttribute> {
  const object = records(directory?.['objects']).find((one) => one['name'] === objectName);
  return new Map(
    records(object?.['attributes']).map((one) => [
      text(one['name']),
      {
        type: text(one['type']),
        caseExact: one['caseExact'] === true,
        multivalued: one['multivalued'] === true,
        required: one['required'] === true,
      },
    ]),
  );
}

const plain: TargetAttribute = { type: 'String', caseExact: false, multivalued: false, required: false };

function readObjectMapping(
  mapping: Record<string, unknown>,
  known: ReadonlyMap<string, TargetAttribute>,
): ObjectMapping {
  return {
    targetObjectName: text(mapping['targetObjectName']),
    flows: new Set(
      text(mapping['flowTypes'])
        .split(',')
        .map((flow) => flow.trim().toLowerCase()),
    ),
    filter: readFilter(mapping['scope']),
    attributes: records(mapping['attributeMappings']).map((one) => {
      const source = record(one['source']);
      const name = text(source['name']);
      const type = text(source['type']);
      const target = text(one['targetAttributeName']);
      const expression =
        text(source['expression']) || (type === 'Attribute' ? `[${name}]` : JSON.stringify(name));
      return {
        target,
        expression,
        followsDeletion: expression.includes('[IsSoftDeleted]'),
        sourceName: type === 'Attribute' ? name : undefined,
        defaultValue: text(one['defaultValue']),
        matchingPriority: typeof one['matchingPriority'] === 'number' ? one['matchingPriority'] : 0,
        onlyAtCreation: one['flowType'] === 'ObjectAddOnly',
        onlyWhereEmpty: one['flowType'] === 'AttributeAddOnly',
        always: one['flowBehavior'] === 'FlowAlways',
        attribute: known.get(target) ?? plain,
      };
    }),
  };
}

/** The matching attributes of a mapping in their order. */
export function matchingAttributes(mapping: ObjectMapping): AttributeMapping[] {
  return mapping.attributes
    .filter((one) => one.matchingPriority > 0)
    .sort((a, b) => a.matchingPriority - b.matchingPriority);
}
