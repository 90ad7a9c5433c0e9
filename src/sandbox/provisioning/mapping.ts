import type { GraphObject } from '../state.ts';

/** One attribute mapping of a schema, as far as the service follows it. */
export interface AttributeMapping {
  readonly target: string;
  /** `[name]`, a quoted constant or a function. */
  readonly expression: string;
  /** Set when the source is one attribute alone. */
  readonly sourceName: string | undefined;
  readonly defaultValue: string;
  /** 0: does not match; else the order in which matching attributes are tried. */
  readonly matchingPriority: number;
  /** flowType ObjectAddOnly: sent when the object is made, never after. */
  readonly onlyAtCreation: boolean;
}

/** How users or groups are mapped. */
export interface ObjectMapping {
  readonly targetObjectName: string;
  readonly flows: ReadonlySet<string>;
  readonly attributes: readonly AttributeMapping[];
}

/** The one rule of a SCIM schema; a side is absent where it is switched off or missing. */
export interface Rule {
  readonly id: string;
  readonly user: ObjectMapping | undefined;
  readonly group: ObjectMapping | undefined;
}

/** Reads the rule out of a schema as Graph keeps it; objects are told apart by their source name only. */
export function readRule(schema: GraphObject): Rule {
  const rule = records(schema['synchronizationRules'])[0] ?? {};
  const mappings = records(rule['objectMappings']);
  const of = (name: string): ObjectMapping | undefined => {
    const found = mappings.find((one) => one['sourceObjectName'] === name && one['enabled'] !== false);
    return found && readObjectMapping(found);
  };
  return { id: text(rule['id']), user: of('User'), group: of('Group') };
}

function readObjectMapping(mapping: Record<string, unknown>): ObjectMapping {
  return {
    targetObjectName: text(mapping['targetObjectName']),
    flows: new Set(
      text(mapping['flowTypes'])
        .split(',')
        .map((flow) => flow.trim().toLowerCase()),
    ),
    attributes: records(mapping['attributeMappings']).map((one) => {
      const source = record(one['source']);
      const name = text(source['name']);
      const type = text(source['type']);
      return {
        target: text(one['targetAttributeName']),
        expression: text(source['expression']) || (type === 'Attribute' ? `[${name}]` : JSON.stringify(name)),
        sourceName: type === 'Attribute' ? name : undefined,
        defaultValue: text(one['defaultValue']),
        matchingPriority: typeof one['matchingPriority'] === 'number' ? one['matchingPriority'] : 0,
        onlyAtCreation: one['flowType'] === 'ObjectAddOnly',
      };
    }),
  };
}

export function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

export function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
