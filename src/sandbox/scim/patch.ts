import type { Attribute, ResourceType } from './attributes.ts';
import { ScimError } from './errors.ts';
import { parsePath, resolvePath } from './path.ts';
import type { PatchPath } from './path.ts';
import { isNothing, isObject, readElement, readValue } from './values.ts';
import type { Stored } from './values.ts';

/** One operation with its op in lower case; Entra writes `Add`, `Replace`, `Remove`. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string | undefined;
  readonly value: unknown;
}

const MUTABILITY = 'This attribute does not satisfy the mutability validation defined in the schema.';
/** These may be changed once in a request and never be removed (AWS: PatchUser). */
const once = new Set(['userName', 'active']);

/** Reads a PatchOp body. */
export function readOperations(body: unknown): Operation[] {
  const list = isObject(body) ? (body['Operations'] ?? body['operations']) : undefined;
  if (!Array.isArray(list) || list.length === 0) throw new ScimError(400);
  return list.map((one: unknown) => {
    if (!isObject(one)) throw new ScimError(400);
    const op = typeof one['op'] === 'string' ? one['op'].toLowerCase() : '';
    const path = one['path'] ?? undefined;
    if (op !== 'add' && op !== 'replace' && op !== 'remove') throw new ScimError(400);
    if (path !== undefined && typeof path !== 'string') throw new ScimError(400);
    return { op, path, value: one['value'] };
  });
}

/** An operation without a path and with an object means one for each of the object's keys. */
export function spread(operation: Operation): Operation[] {
  if (operation.path !== undefined) return [operation];
  if (operation.op === 'remove' || !isObject(operation.value)) throw new ScimError(400);
  return Object.entries(operation.value).map(([path, value]) => ({ op: operation.op, path, value }));
}

/** Applies operations to a copy and returns it; a refusal leaves the resource as it was. */
export function applyPatch(type: ResourceType, before: Stored, operations: readonly Operation[]): Stored {
  const after = structuredClone(before);
  const seen = new Set<string>();
  for (const operation of operations.flatMap(spread)) {
    const path = parsePath(type, operation.path ?? '');
    const { attribute, sub } = resolvePath(type, path);
    if (once.has(attribute.name)) {
      if (seen.has(attribute.name) || operation.op === 'remove') throw new ScimError(400);
      seen.add(attribute.name);
    }
    if (operation.op === 'remove' || isNothing(operation.value)) remove(after, path, attribute, sub);
    else set(after, operation, path, attribute, sub);
  }
  demandLawful(type, before, after);
  return after;
}

/** Refuses a change of what is written once, and the loss of what is required. */
export function demandLawful(type: ResourceType, before: Stored, after: Stored): void {
  for (const { name, writeOnce, required } of type.attributes.values()) {
    if (writeOnce && before[name] !== undefined && after[name] !== before[name])
      throw new ScimError(400, `${name}: ${MUTABILITY}`);
    if (required && after[name] === undefined) throw new ScimError(400);
  }
}

function set(
  stored: Stored,
  operation: Operation,
  path: PatchPath,
  attribute: Attribute,
  sub: Attribute | undefined,
): void {
  const { name } = attribute;
  const { value } = operation;
  if (!attribute.multiValued) {
    if (sub) stored[name] = { ...asObject(stored[name]), [sub.name]: readValue(sub, value) };
    else if (attribute.type === 'complex')
      stored[name] = { ...asObject(stored[name]), ...asObject(readValue(attribute, value)) };
    else stored[name] = readValue(attribute, value);
    return;
  }
  const elements = asList(stored[name]);
  if (!path.clauses && !sub) {
    stored[name] = readValue(attribute, value);
    return;
  }
  const chosen = elements.filter((element) => matches(element, path, attribute));
  if (chosen.length === 0) {
    // A value path whose element is not there yet means a new one.
    const made: Stored = {};
    for (const clause of path.clauses ?? []) {
      const of = attribute.sub?.get(clause.attribute);
      if (of) made[of.name] = readElement(of, clause.value);
    }
    if (name === 'emails') made['primary'] ??= true;
    elements.push(made);
    chosen.push(made);
  }
  for (const element of chosen)
    Object.assign(
      element,
      sub ? { [sub.name]: readValue(sub, value) } : asObject(readElement(attribute, value)),
    );
  if (elements.length > 1) throw new ScimError(400);
  stored[name] = elements;
}

function remove(stored: Stored, path: PatchPath, attribute: Attribute, sub: Attribute | undefined): void {
  const { name } = attribute;
  if (stored[name] === undefined) return;
  if (!attribute.multiValued) {
    const object = asObject(stored[name]);
    if (sub) Reflect.deleteProperty(object, sub.name);
    if (!sub || Object.keys(object).length === 0) Reflect.deleteProperty(stored, name);
    return;
  }
  const left = asList(stored[name]).filter((element) => {
    if (!matches(element, path, attribute)) return true;
    if (!sub) return false;
    Reflect.deleteProperty(element, sub.name);
    return element['value'] !== undefined || name !== 'emails';
  });
  if (left.length === 0) Reflect.deleteProperty(stored, name);
  else stored[name] = left;
}

function matches(element: Stored, path: PatchPath, attribute: Attribute): boolean {
  return (path.clauses ?? []).every((clause) => {
    const name = attribute.sub?.get(clause.attribute)?.name ?? '';
    const value = element[name];
    return (
      (typeof value === 'string' || typeof value === 'boolean' ? String(value) : '').toLowerCase() ===
      clause.value.toLowerCase()
    );
  });
}

function asObject(value: unknown): Stored {
  return isObject(value) ? value : {};
}

function asList(value: unknown): Stored[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
