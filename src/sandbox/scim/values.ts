import type { Attribute, ResourceType } from './attributes.ts';
import { ignored } from './attributes.ts';
import { ScimError } from './errors.ts';

/** A value as stored: only names of the table, only values that passed it. */
export type Stored = Record<string, unknown>;

const MAX_LENGTH = 1024;
/** Characters that AWS's endpoint refuses in strings (AWS: IAM Identity Center provisioning, troubleshooting). */
const illegal = new Set(['\t', '\r', '\n', '<', '>', ';', ':', '%']);

/** Whether a value says that there is nothing: null, or an empty list. */
export function isNothing(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a whole resource by its table. Throws on anything the table does not know. */
export function readResource(
  type: ResourceType,
  body: unknown,
  apart: ReadonlySet<string> = new Set(),
): Stored {
  if (!isObject(body)) throw new ScimError(400);
  const stored = readObject(type.attributes, body, new Set([...ignored, ...apart]));
  for (const attribute of type.attributes.values())
    if (attribute.required && stored[attribute.name] === undefined) throw new ScimError(400);
  return stored;
}

/** Reads one attribute's value; `attribute` may be a sub-attribute. */
export function readValue(attribute: Attribute, value: unknown): unknown {
  if (attribute.multiValued) {
    const values = (Array.isArray(value) ? value : [value]).map((one) => readElement(attribute, one));
    // One e-mail address and one postal address at most.
    if (values.length > 1) throw new ScimError(400);
    return values;
  }
  return readElement(attribute, value);
}

/** Reads one element of a multi-valued attribute, or the value of a single one. */
export function readElement(attribute: Attribute, value: unknown): unknown {
  if (attribute.type === 'complex') {
    if (!isObject(value)) throw new ScimError(400);
    return readObject(attribute.sub ?? new Map<string, Attribute>(), value, new Set());
  }
  if (attribute.type === 'boolean') return readBoolean(value);
  if (typeof value !== 'string' || value === '' || value.length > MAX_LENGTH) throw new ScimError(400);
  if (!attribute.anyCharacter)
    for (const character of value) if (illegal.has(character)) throw new ScimError(400);
  if (attribute.accepts && !attribute.accepts(value)) throw new ScimError(400);
  return value;
}

/** Entra sends booleans as the strings "True" and "False" unless it is told otherwise. */
function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  if (word !== 'true' && word !== 'false') throw new ScimError(400);
  return word === 'true';
}

function readObject(
  attributes: ReadonlyMap<string, Attribute>,
  value: Record<string, unknown>,
  passedOver: ReadonlySet<string>,
): Stored {
  const stored: Stored = {};
  for (const [key, one] of Object.entries(value)) {
    if (passedOver.has(key) || isNothing(one)) continue;
    const attribute = attributes.get(key.toLowerCase());
    if (!attribute) throw new ScimError(400);
    stored[attribute.name] = readValue(attribute, one);
  }
  return stored;
}
