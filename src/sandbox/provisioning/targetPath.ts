import { asText } from './expressions/value.ts';
import { record, records } from './json.ts';

/** Where a mapping writes to. */
export interface TargetPath {
  /** URN of an extension, if the attribute is of one. */
  readonly extension: string | undefined;
  readonly name: string;
  /** `type` of a multi-valued attribute's element. */
  readonly elementType: string | undefined;
  readonly sub: string | undefined;
}

/** Takes `emails[type eq "work"].value`, `name.givenName`, `urn:…:User:department` or `title` apart. */
export function parsePath(target: string): TargetPath {
  const colon = target.startsWith('urn:') ? target.lastIndexOf(':') : -1;
  const extension = colon < 0 ? undefined : target.slice(0, colon);
  const rest = target.slice(colon + 1);
  const element = /^([A-Za-z]+)\[type eq "([^"]*)"\]\.([A-Za-z]+)$/.exec(rest);
  if (element) return { extension, name: element[1] ?? '', elementType: element[2], sub: element[3] };
  const [name = '', sub] = rest.split('.');
  return { extension, name, elementType: undefined, sub };
}

/** What a resource of the target holds at a path, as text; undefined when there is nothing. */
export function valueAt(resource: Record<string, unknown>, target: string): string | undefined {
  const path = parsePath(target);
  const holder = path.extension === undefined ? resource : record(resource[path.extension]);
  let value = holder[path.name];
  if (path.elementType !== undefined)
    value = records(value).find((one) => one['type'] === path.elementType)?.[path.sub ?? 'value'];
  else if (path.sub !== undefined) value = record(value)[path.sub];
  if (typeof value === 'boolean') return asText(value);
  if (Array.isArray(value)) return value.map(plainValue).sort().join(',') || undefined;
  // A reference, such as the manager, is an object around its value.
  if (typeof value === 'object' && value !== null) return plainValue(value) || undefined;
  return typeof value === 'string' ? value : undefined;
}

function plainValue(value: unknown): string {
  if (typeof value === 'string') return value;
  const inner = record(value)['value'];
  return typeof inner === 'string' ? inner : '';
}

/** Puts a value where the path says, making what is missing on the way. */
export function put(body: Record<string, unknown>, target: string, value: unknown): void {
  const path = parsePath(target);
  const holder = path.extension === undefined ? body : nested(body, path.extension);
  if (path.elementType !== undefined) {
    const list = Array.isArray(holder[path.name]) ? records(holder[path.name]) : [];
    let element = list.find((one) => one['type'] === path.elementType);
    if (!element) {
      element = { ...(path.name === 'emails' ? { primary: true } : {}), type: path.elementType };
      list.push(element);
    }
    element[path.sub ?? 'value'] = value;
    holder[path.name] = list;
  } else if (path.sub !== undefined) nested(holder, path.name)[path.sub] = value;
  else holder[path.name] = value;
}

function nested(holder: Record<string, unknown>, name: string): Record<string, unknown> {
  const inner = record(holder[name]);
  holder[name] = inner;
  return inner;
}
