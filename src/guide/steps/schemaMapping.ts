import {
  externalIdAttribute,
  namingAttributes,
  objectIdSource,
  requiredAttributes,
  unsupportedAttributes,
} from '../kiro.ts';
import type { Json } from '../change.ts';
import type { AttributeMapping, ObjectMapping, SynchronizationSchema } from '../snapshot.ts';

export type MappedObject = 'User' | 'Group';

/** By source object only: names and target objects differ between tenants (Microsoft Graph: objectMapping). */
export function mappingOf(schema: SynchronizationSchema, object: MappedObject): ObjectMapping | undefined {
  return schema.synchronizationRules
    .flatMap((rule) => rule.objectMappings)
    .find((mapping) => isFor(mapping, object));
}

function isFor(mapping: ObjectMapping, object: MappedObject): boolean {
  return mapping.sourceObjectName.toLowerCase() === object.toLowerCase();
}

export function attributeOf(
  mapping: ObjectMapping | undefined,
  target: string,
): AttributeMapping | undefined {
  return mapping?.attributeMappings.find((attribute) => attribute.targetAttributeName === target);
}

/** The source as the portal writes it: `[objectId]`. */
export function sourceOf(attribute: AttributeMapping): string {
  const { source } = attribute;
  return source?.expression ?? (source?.name === null || source === null ? '' : `[${source.name}]`);
}

export function isFromObjectId(attribute: AttributeMapping | undefined): boolean {
  return attribute !== undefined && sourceOf(attribute).replace(/\s/g, '') === `[${objectIdSource}]`;
}

/** Whether people and groups are sent with their object ID as external ID. A group without one is sent by name. */
export function isRightlyIdentified(schema: SynchronizationSchema): boolean {
  const group = attributeOf(mappingOf(schema, 'Group'), externalIdAttribute);
  return (
    isFromObjectId(attributeOf(mappingOf(schema, 'User'), externalIdAttribute)) &&
    (group === undefined || isFromObjectId(group))
  );
}

export function unsupportedIn(mapping: ObjectMapping): readonly string[] {
  return unsupportedAttributes.filter((target) => attributeOf(mapping, target) !== undefined);
}

export function missingIn(mapping: ObjectMapping, targets: readonly string[]): readonly string[] {
  return targets.filter((target) => attributeOf(mapping, target) === undefined);
}

/**
 * The schema as the guide wants it: everything else as read, because a PUT replaces the whole document (Microsoft Graph:
 * update synchronizationSchema).
 */
export function correctedSchema(schema: SynchronizationSchema): SynchronizationSchema {
  return {
    ...schema,
    synchronizationRules: schema.synchronizationRules.map((rule) => ({
      ...rule,
      objectMappings: rule.objectMappings.map((mapping) => {
        if (isFor(mapping, 'User')) return correctedUser(mapping);
        return isFor(mapping, 'Group') ? correctedGroup(mapping) : mapping;
      }),
    })),
  };
}

function correctedUser(mapping: ObjectMapping): ObjectMapping {
  const unsupported: readonly string[] = unsupportedAttributes;
  const kept = mapping.attributeMappings
    .filter((attribute) => !unsupported.includes(attribute.targetAttributeName))
    .map((attribute) =>
      attribute.targetAttributeName === externalIdAttribute ? fromObjectId(attribute) : attribute,
    );
  const matched = kept.some((attribute) => attribute.matchingPriority > 0);
  // Entra refuses a mapping by which nobody is matched, as is left when the matching attribute was an unsupported one.
  const matching = matched
    ? kept
    : kept.map((attribute) =>
        attribute.targetAttributeName === 'userName' ? { ...attribute, matchingPriority: 1 } : attribute,
      );
  const missing = [...requiredAttributes, ...namingAttributes]
    .filter((target) => !kept.some((attribute) => attribute.targetAttributeName === target))
    .map((target) => newMapping(target, target === 'userName' && !matched ? 1 : 0));
  return { ...mapping, enabled: true, attributeMappings: [...matching, ...missing] };
}

function correctedGroup(mapping: ObjectMapping): ObjectMapping {
  const present = attributeOf(mapping, externalIdAttribute) !== undefined;
  const attributes = mapping.attributeMappings.map((attribute) =>
    attribute.targetAttributeName === externalIdAttribute ? fromObjectId(attribute) : attribute,
  );
  return {
    ...mapping,
    enabled: true,
    attributeMappings: present ? attributes : [...attributes, newMapping(externalIdAttribute, 0)],
  };
}

function fromObjectId(attribute: AttributeMapping): AttributeMapping {
  return isFromObjectId(attribute) ? attribute : { ...attribute, source: sourceAttribute(objectIdSource) };
}

type Target = (typeof requiredAttributes)[number] | (typeof namingAttributes)[number];

/** The template's default sources, in provisioning's own names. */
const defaultSources: Readonly<Record<Target, string>> = {
  userName: 'userPrincipalName',
  externalId: objectIdSource,
  active: 'IsSoftDeleted',
  displayName: 'displayName',
  'name.givenName': 'givenName',
  'name.familyName': 'surname',
  'emails[type eq "work"].value': 'mail',
};

function newMapping(target: Target, matchingPriority: number): AttributeMapping {
  const source = sourceAttribute(defaultSources[target]);
  const common = {
    targetAttributeName: target,
    matchingPriority,
    defaultValue: null,
    exportMissingReferences: false,
    flowBehavior: 'FlowWhenChanged',
    flowType: 'Always',
  };
  if (target !== 'active') return { ...common, source };
  const parameters = [{ key: 'source', value: source }];
  return {
    ...common,
    source: { expression: 'Not([IsSoftDeleted])', name: 'Not', type: 'Function', parameters },
  };
}

function sourceAttribute(name: string): NonNullable<AttributeMapping['source']> {
  return { expression: `[${name}]`, name, type: 'Attribute', parameters: [] };
}

/** The mapping in the portal's terms, target to source, for the preview. */
export function outline(schema: SynchronizationSchema): Json {
  return Object.fromEntries(
    (['User', 'Group'] as const).flatMap((object) => {
      const mapping = mappingOf(schema, object);
      if (mapping === undefined) return [];
      const attributes = Object.fromEntries(
        mapping.attributeMappings.map((attribute) => [attribute.targetAttributeName, sourceOf(attribute)]),
      );
      return [[object, { enabled: mapping.enabled, attributes }]];
    }),
  );
}
