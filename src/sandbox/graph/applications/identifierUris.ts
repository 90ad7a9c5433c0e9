import type { GraphObject, Tenant } from '../../state.ts';
import { badRequest } from '../errors.ts';
import { stringsOf } from '../requestBody.ts';

/**
 * Checks identifier URIs that an application doesn't have yet (Microsoft identity platform: restrictions on identifier
 * URIs). `api://{appId}` always passes; the tenant's policy spares applications with version 2 tokens.
 */
export function checkedIdentifierUris(
  value: unknown,
  application: GraphObject,
  options: { readonly tenant: Tenant; readonly tokenVersion: unknown },
): string[] {
  const uris = stringsOf(value, 'identifierUris');
  const before = application['identifierUris'];
  for (const uri of uris) {
    if (Array.isArray(before) && before.includes(uri)) continue;
    checkForm(uri);
    checkHost(uri, options.tenant);
    checkUnique(uri, application, options.tenant);
    if (options.tokenVersion !== 2) checkPolicy(uri, application, options.tenant);
  }
  return uris;
}

function checkForm(uri: string): void {
  const acceptable = /^[a-z][a-z0-9+.-]*:\S+$/i.test(uri) && uri.length <= 255 && !uri.includes('*');
  if (!acceptable || uri.endsWith('/') || (/^https?:/i.test(uri) && !URL.canParse(uri)))
    throw badRequest(
      `Invalid value specified for property 'identifierUris' of resource 'Application'.`,
      'Request_BadRequest',
    );
}

function checkHost(uri: string, tenant: Tenant): void {
  if (!/^https?:/i.test(uri) || onVerifiedDomain(new URL(uri).hostname, tenant)) return;
  throw badRequest(
    `Values of identifierUris property must use a verified domain of the organization or its subdomain: '${uri}'`,
    'HostNameNotOnVerifiedDomain',
  );
}

function onVerifiedDomain(host: string, tenant: Tenant): boolean {
  return tenant.verifiedDomains.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

function checkUnique(uri: string, application: GraphObject, tenant: Tenant): void {
  // A deleted application keeps its URIs to itself until it is deleted for good.
  for (const other of [...tenant.applications.values(), ...tenant.deletedItems.values()]) {
    const theirs = other['identifierUris'];
    if (other.id !== application.id && Array.isArray(theirs) && theirs.includes(uri))
      throw badRequest(
        'Another object with the same value for property identifierUris already exists.',
        'Request_MultipleObjectsWithSameKeyValue',
      );
  }
}

function checkPolicy(uri: string, application: GraphObject, tenant: Tenant): void {
  if (/^https?:/i.test(uri)) return;
  const parts = uri.toLowerCase().split(/[/:]+/);
  const named = [application['appId'], tenant.id].some(
    (id) => typeof id === 'string' && parts.includes(id.toLowerCase()),
  );
  if (named || parts.some((part) => onVerifiedDomain(part, tenant))) return;
  throw badRequest(
    `Failed to add identifier URI ${uri}. All newly added URIs must contain a tenant verified domain, tenant ID, or app ID, as per the default tenant policy of your organization. See https://aka.ms/identifier-uri-addition-error for more information on this error.`,
  );
}
