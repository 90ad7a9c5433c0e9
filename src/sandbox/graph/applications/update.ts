import type { GraphObject, Tenant } from '../../state.ts';
import { badRequest } from '../errors.ts';
import { isJson, onlyKnown, stringsOf } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { checkedIdentifierUris } from './identifierUris.ts';
import { checkRedirectUris } from './redirectUris.ts';
import { checkSize } from './size.ts';
import { checkedRoles, checkedScopes, checkEnabledEntitlements } from './scopes.ts';

/** Complex properties that merge: a part left out keeps its value. */
const merging = ['api', 'web', 'publicClient', 'spa', 'info', 'parentalControlSettings'] as const;
const writable = [
  ...merging,
  'addIns',
  'appRoles',
  'description',
  'displayName',
  'groupMembershipClaims',
  'identifierUris',
  'isDeviceOnlyAuthSupported',
  'isDisabled',
  'isFallbackPublicClient',
  'keyCredentials',
  'nativeAuthenticationApisEnabled',
  'notes',
  'optionalClaims',
  'requestSignatureVerification',
  'requiredResourceAccess',
  'samlMetadataUrl',
  'defaultRedirectUri',
  'serviceManagementReference',
  'servicePrincipalLockConfiguration',
  'signInAudience',
  'tags',
  'tokenEncryptionKeyId',
  'uniqueName',
];
const flags = ['isDeviceOnlyAuthSupported', 'isDisabled', 'isFallbackPublicClient'];
const texts = ['description', 'groupMembershipClaims', 'notes', 'serviceManagementReference', 'uniqueName'];
const lists = ['addIns', 'keyCredentials', 'requiredResourceAccess'];
const audiences: readonly unknown[] = [
  'AzureADMyOrg',
  'AzureADMultipleOrgs',
  'AzureADandPersonalMicrosoftAccount',
  'PersonalMicrosoftAccount',
];
const readOnly = [
  'id',
  'appId',
  'applicationTemplateId',
  'createdByAppId',
  'createdDateTime',
  'deletedDateTime',
  'certification',
  'disabledByMicrosoftStatus',
  'passwordCredentials',
  'publisherDomain',
  'verifiedPublisher',
];

/**
 * The application after a PATCH: properties left out stay, parts of complex properties too, collections are replaced as
 * a whole (Microsoft Graph: Update application). Throws the refusal; the stored object is never touched.
 */
export function updated(application: GraphObject, patch: Json, tenant: Tenant): GraphObject {
  onlyKnown(patch, { writable, readOnly }, 'Application');
  const next: GraphObject = structuredClone(application);
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith('@')) continue;
    next[name] = merging.some((property) => property === name) ? mergedPart(next, name, value) : value;
  }
  checkTexts(next);
  checkKinds(next);
  const [before, api] = [part(application, 'api'), part(next, 'api')];
  const version = api['requestedAccessTokenVersion'];
  if (version !== null && version !== 1 && version !== 2)
    throw badRequest("Invalid value specified for property 'requestedAccessTokenVersion'.");
  api['oauth2PermissionScopes'] = checkedScopes(api['oauth2PermissionScopes']);
  checkEnabledEntitlements(listOf(before['oauth2PermissionScopes']), listOf(api['oauth2PermissionScopes']));
  next['appRoles'] = checkedRoles(next['appRoles']);
  checkEnabledEntitlements(listOf(application['appRoles']), listOf(next['appRoles']));
  checkPreAuthorized(before, api);
  checkRedirectUris(next);
  next['identifierUris'] = checkedIdentifierUris(next['identifierUris'], application, {
    tenant,
    tokenVersion: version,
  });
  checkSize(next);
  return next;
}

function mergedPart(application: GraphObject, name: string, value: unknown): Json {
  const before = part(application, name);
  if (!isJson(value)) throw badRequest(`Invalid value specified for property '${name}'.`);
  for (const key of Object.keys(value))
    if (!(key in before) && !key.startsWith('@')) throw badRequest(`Invalid property '${key}' in '${name}'.`);
  const implicit = before['implicitGrantSettings'];
  const given = value['implicitGrantSettings'];
  const both = isJson(implicit) && isJson(given) ? { implicitGrantSettings: { ...implicit, ...given } } : {};
  return { ...before, ...value, ...both };
}

function part(application: GraphObject, name: string): Json {
  const value = application[name];
  return isJson(value) ? value : {};
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function checkTexts(application: GraphObject): void {
  const name = application['displayName'];
  if (typeof name !== 'string' || name.trim() === '' || name.length > 120)
    throw badRequest("Invalid value specified for property 'displayName' of resource 'Application'.");
  if (stringsOf(application['tags'], 'tags').some((tag) => tag.length < 1 || tag.length > 256))
    throw badRequest("Invalid value specified for property 'tags' of resource 'Application'.");
}

/** Values must be of the type that Graph's schema gives the property. */
function checkKinds(application: GraphObject): void {
  const fits = (name: string): boolean => {
    const value = application[name];
    if (name === 'signInAudience') return audiences.includes(value);
    if (lists.includes(name)) return Array.isArray(value) && value.every(isJson);
    return (
      value === null || value === undefined || typeof value === (flags.includes(name) ? 'boolean' : 'string')
    );
  };
  const wrong = ['signInAudience', ...flags, ...texts, ...lists].find((name) => !fits(name));
  if (wrong !== undefined)
    throw badRequest(`Invalid value specified for property '${wrong}' of resource 'Application'.`);
}

/**
 * A scope that is pre-authorised must be there: before the request, since whether one request may bring both is not
 * documented, and after it.
 */
function checkPreAuthorized(before: Json, api: Json): void {
  const known = new Set(listOf(before['oauth2PermissionScopes']).map((scope) => scope['id']));
  const kept = listOf(api['oauth2PermissionScopes']).map((scope) => scope['id']);
  const scopes = new Set(kept.filter((id) => known.has(id)));
  for (const client of listOf(api['preAuthorizedApplications']))
    for (const id of stringsOf(client['delegatedPermissionIds'] ?? [], 'delegatedPermissionIds'))
      if (!scopes.has(id))
        throw badRequest(
          `Property api.preAuthorizedApplications.delegatedPermissionIds holds '${id}', which isn't a scope of the application.`,
        );
}
