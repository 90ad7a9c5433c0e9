import { badRequest } from '../errors.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

const scopeFields = [
  'id',
  'value',
  'type',
  'isEnabled',
  'adminConsentDisplayName',
  'adminConsentDescription',
  'userConsentDisplayName',
  'userConsentDescription',
  'origin',
];
const roleFields = ['id', 'value', 'allowedMemberTypes', 'displayName', 'description', 'isEnabled', 'origin'];

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** Characters that a scope's value may hold (Microsoft Graph: permissionScope resource type). */
const valueCharacters = /^[0-9A-Za-z:!#$%&'()*+,\-./;<=>?@[\]^_`{}~|]+$/;

/** A list of permission scopes as it would be stored; 400 for what Microsoft Graph refuses. */
export function checkedScopes(value: unknown): Json[] {
  const scopes = entries(value, 'oauth2PermissionScopes', scopeFields);
  for (const scope of scopes) {
    if (scope['type'] !== 'User' && scope['type'] !== 'Admin')
      throw badRequest("Invalid value specified for property 'type' of resource 'PermissionScope'.");
    const text = scope['value'];
    if (typeof text === 'string' && (text.length > 120 || !valueCharacters.test(text)))
      throw badRequest("Invalid value specified for property 'value' of resource 'PermissionScope'.");
    if (scope['isEnabled'] !== true) continue;
    for (const name of ['value', 'adminConsentDisplayName', 'adminConsentDescription'])
      if (typeof scope[name] !== 'string' || scope[name] === '')
        throw badRequest(`Property '${name}' of resource 'PermissionScope' is required.`);
  }
  return scopes;
}

/** A list of application roles as it would be stored. */
export function checkedRoles(value: unknown): Json[] {
  return entries(value, 'appRoles', roleFields);
}

function entries(value: unknown, property: string, fields: readonly string[]): Json[] {
  if (!Array.isArray(value) || !value.every(isJson))
    throw badRequest(`Invalid value specified for property '${property}': a collection was expected.`);
  const seen = { ids: new Set<string>(), values: new Set<string>() };
  return value.map((entry) => {
    for (const name of Object.keys(entry))
      if (!fields.includes(name)) throw badRequest(`Invalid property '${name}' in '${property}'.`);
    const id = entry['id'];
    if (typeof id !== 'string' || !guid.test(id))
      throw badRequest(`A unique identifier (GUID) is required for property 'id' in '${property}'.`);
    if (seen.ids.has(id.toLowerCase()))
      throw badRequest(`It contains duplicate value. Please Provide unique value for property 'id'.`);
    seen.ids.add(id.toLowerCase());
    const text = entry['value'];
    if (typeof text === 'string') {
      if (seen.values.has(text))
        throw badRequest(`It contains duplicate value. Please Provide unique value for property 'value'.`);
      seen.values.add(text);
    }
    return { ...entry, isEnabled: entry['isEnabled'] ?? true };
  });
}

/**
 * An enabled scope or role can't be left out or altered, only disabled: 400 CannotDeleteOrUpdateEnabledEntitlement.
 * Whether Microsoft Graph also refuses a change of texts only is not documented; the sandbox does, the harder case.
 */
export function checkEnabledEntitlements(before: readonly Json[], after: readonly Json[]): void {
  for (const old of before) {
    if (old['isEnabled'] !== true) continue;
    const now = after.find((entry) => entry['id'] === old['id']);
    if (now === undefined || !sameBut(old, now, 'isEnabled'))
      throw badRequest(
        'Permission (scope or role) cannot be deleted or updated unless disabled first.',
        'CannotDeleteOrUpdateEnabledEntitlement',
      );
  }
}

function sameBut(a: Json, b: Json, ignored: string): boolean {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every(
    (name) => name === ignored || JSON.stringify(a[name] ?? null) === JSON.stringify(b[name] ?? null),
  );
}
