import { record, records, text } from './mapping.ts';
import type { ObjectMapping } from './mapping.ts';
import { asText } from './expression.ts';
import type { Value } from './expression.ts';

/** A value on its way to one attribute of the target. */
export interface Flow {
  readonly target: string;
  readonly value: Exclude<Value, null>;
  readonly onlyAtCreation: boolean;
}

interface TargetPath {
  /** URN of an extension, if the attribute is of one. */
  readonly extension: string | undefined;
  readonly name: string;
  /** `type` of a multi-valued attribute's element. */
  readonly elementType: string | undefined;
  readonly sub: string | undefined;
}

/** Takes `emails[type eq "work"].value`, `name.givenName`, `urn:…:User:department` or `title` apart. */
function parse(target: string): TargetPath {
  const colon = target.startsWith('urn:') ? target.lastIndexOf(':') : -1;
  const extension = colon < 0 ? undefined : target.slice(0, colon);
  const rest = target.slice(colon + 1);
  const element = /^([A-Za-z]+)\[type eq "([^"]*)"\]\.([A-Za-z]+)$/.exec(rest);
  if (element) return { extension, name: element[1] ?? '', elementType: element[2], sub: element[3] };
  const [name = '', sub] = rest.split('.');
  return { extension, name, elementType: undefined, sub };
}

/** The body of `POST /Users` or `/Groups` in Entra's own form: empty roles, and a resource type in meta. */
export function creationBody(
  kind: 'User' | 'Group',
  mapping: ObjectMapping,
  flows: readonly Flow[],
): Record<string, unknown> {
  const second =
    kind === 'User'
      ? mapping.targetObjectName
      : 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';
  const schemas = new Set([`urn:ietf:params:scim:schemas:core:2.0:${kind}`, second]);
  const body: Record<string, unknown> = { schemas: [...schemas].filter((one) => one.includes(':')) };
  for (const { target, value } of flows) {
    const path = parse(target);
    const holder = path.extension === undefined ? body : nested(body, path.extension);
    const sent = isBoolean(path) ? asText(value).toLowerCase() === 'true' : asText(value);
    if (path.elementType !== undefined) {
      const list = Array.isArray(holder[path.name]) ? records(holder[path.name]) : [];
      let element = list.find((one) => one['type'] === path.elementType);
      if (!element) {
        element = { ...(path.name === 'emails' ? { primary: true } : {}), type: path.elementType };
        list.push(element);
      }
      element[path.sub ?? 'value'] = sent;
      holder[path.name] = list;
    } else if (path.sub !== undefined) nested(holder, path.name)[path.sub] = sent;
    else holder[path.name] = sent;
  }
  body['meta'] = { resourceType: kind };
  if (kind === 'User') body['roles'] = [];
  return body;
}

function nested(holder: Record<string, unknown>, name: string): Record<string, unknown> {
  const inner = record(holder[name]);
  holder[name] = inner;
  return inner;
}

function isBoolean(path: TargetPath): boolean {
  return path.name === 'active' && path.extension === undefined;
}

/** What a resource of the target holds at a path, as text; undefined when there is nothing. */
export function valueAt(resource: Record<string, unknown>, target: string): string | undefined {
  const path = parse(target);
  const holder = path.extension === undefined ? resource : record(resource[path.extension]);
  let value = holder[path.name];
  if (path.elementType !== undefined)
    value = records(value).find((one) => one['type'] === path.elementType)?.[path.sub ?? 'value'];
  else if (path.sub !== undefined) value = record(value)[path.sub];
  if (typeof value === 'boolean') return asText(value);
  return typeof value === 'string' ? value : undefined;
}

/** A change as a row of the log names it. */
export interface Change {
  readonly displayName: string;
  readonly oldValue: string | null;
  readonly newValue: string;
}

/** Flows whose value is not what the target holds. */
export function changesOf(flows: readonly Flow[], resource: Record<string, unknown>): Change[] {
  return flows
    .filter((flow) => !flow.onlyAtCreation && valueAt(resource, flow.target) !== asText(flow.value))
    .map((flow) => ({
      displayName: flow.target,
      oldValue: valueAt(resource, flow.target) ?? null,
      newValue: asText(flow.value),
    }));
}

/**
 * A PatchOp body: capital ops and booleans as strings, unless the tenant URL carries the `aadOptscim062020` flag, which
 * asks for lower case and real booleans.
 */
export function patchBody(changes: readonly Change[], optimised: boolean): Record<string, unknown> {
  return patchOp(
    changes.map((change) => {
      const op = change.oldValue === null ? 'Add' : 'Replace';
      const boolean = isBoolean(parse(change.displayName));
      return {
        op: optimised ? op.toLowerCase() : op,
        path: change.displayName,
        value: boolean && optimised ? text(change.newValue) === 'True' : change.newValue,
      };
    }),
  );
}

/** A PatchOp body that adds members to or removes them from a group. */
export function membersBody(
  op: 'Add' | 'Remove',
  ids: readonly string[],
  optimised: boolean,
): Record<string, unknown> {
  if (optimised && op === 'Remove')
    return patchOp(ids.map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` })));
  return patchOp([
    {
      op: optimised ? op.toLowerCase() : op,
      path: 'members',
      value: ids.map((value) => ({ $ref: null, value })),
    },
  ]);
}

function patchOp(Operations: unknown[]): Record<string, unknown> {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations };
}
