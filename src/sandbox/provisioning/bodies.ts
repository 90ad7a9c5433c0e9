import type { Change, Flow } from './flows.ts';
import { asText, isList } from './expressions/value.ts';
import type { ObjectMapping } from './mapping.ts';
import { put } from './targetPath.ts';

/** Bodies of Entra's SCIM client (Microsoft Entra: develop a SCIM endpoint; known issues with SCIM 2.0 compliance). */

const GROUP_URN = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group';

/** The body of `POST /Users` or `/Groups` in Entra's own form: empty roles, and a resource type in meta. */
export function creationBody(
  kind: 'User' | 'Group',
  mapping: ObjectMapping,
  flows: readonly Flow[],
): Record<string, unknown> {
  const second = kind === 'User' ? mapping.targetObjectName : GROUP_URN;
  const schemas = new Set([`urn:ietf:params:scim:schemas:core:2.0:${kind}`, second]);
  const body: Record<string, unknown> = { schemas: [...schemas].filter((one) => one.includes(':')) };
  for (const flow of flows) put(body, flow.target, atCreation(flow));
  body['meta'] = { resourceType: kind };
  if (kind === 'User') body['roles'] ??= [];
  return body;
}

/** At creation a boolean is a boolean. */
function atCreation(flow: Flow): unknown {
  if (flow.boolean) return asText(flow.value).toLowerCase() === 'true';
  return isList(flow.value) ? flow.value.map((value) => ({ value })) : asText(flow.value);
}

/**
 * A PatchOp body. Without the `aadOptscim062020` flag in the tenant URL ops are capital and booleans are text. With it ops
 * are lower case, booleans booleans, and several replacements are one operation without a path.
 */
export function patchBody(changes: readonly Change[], optimised: boolean): Record<string, unknown> {
  if (!optimised)
    return patchOp(
      changes.map((change) => ({ op: opOf(change), path: change.displayName, value: sent(change) })),
    );
  const typed = (change: Change): unknown =>
    change.boolean ? change.newValue.toLowerCase() === 'true' : sent(change);
  const alone = (change: Change): unknown => ({
    op: opOf(change).toLowerCase(),
    path: change.displayName,
    value: typed(change),
  });
  const together = changes.filter(
    (change) => opOf(change) === 'Replace' && !change.displayName.includes('['),
  );
  if (together.length < 2) return patchOp(changes.map(alone));
  return patchOp([
    ...changes.filter((change) => !together.includes(change)).map(alone),
    {
      op: 'replace',
      value: Object.fromEntries(together.map((change) => [change.displayName, typed(change)])),
    },
  ]);
}

function opOf(change: Change): 'Add' | 'Replace' {
  return change.oldValue === null ? 'Add' : 'Replace';
}

function sent(change: Change): unknown {
  return change.values ? change.values.map((value) => ({ value })) : change.newValue;
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
