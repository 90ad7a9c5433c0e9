import { clouds } from '../clouds.ts';
import type { GraphObject, Tenant } from '../state.ts';
import { byAppId, isRecord, objects, text } from './clients.ts';
import type { Client } from './clients.ts';
import { AadstsError } from './errors.ts';
import { graphScopes, openidScopes } from './graphScopes.ts';
import type { ScopeInfo } from './graphScopes.ts';
import { GRAPH_APP_ID } from './tokens.ts';

/** An API that access tokens are made for. */
export interface Resource {
  readonly appId: string;
  readonly displayName: string;
  readonly servicePrincipalId: string | undefined;
  /** What the request called it: `https://graph.microsoft.com`, an Application ID URI or an application id. */
  readonly prefix: string;
  readonly version: 1 | 2;
  readonly audience: string;
  readonly scopes: ReadonlyMap<string, ScopeInfo>;
  /** Clients that the resource trusts, and for which scopes (`api.preAuthorizedApplications`). */
  readonly preauthorized: ReadonlyMap<string, readonly string[]>;
}

/** What a `scope` parameter asks for, resolved against the tenant. */
export interface RequestedScopes {
  readonly resource: Resource;
  /** Short names; empty when only OpenID scopes were asked. */
  readonly values: readonly string[];
  /** `.default`: everything that was consented before. */
  readonly everything: boolean;
  /** openid, profile, email, offline_access, as far as asked. */
  readonly openid: ReadonlySet<string>;
  /** Whether the request wrote the resource before the scope names. */
  readonly prefixed: boolean;
}

/** Resolves a `scope` parameter. Throws 70011, 28000, 500011, 90009, 650053 or 65002. */
export function resolveScopes(tenant: Tenant, scope: string, client: Client): RequestedScopes {
  const { graph } = clouds[tenant.cloud];
  const names = scope.split(/\s+/).filter(Boolean);
  const openid = new Set(names.filter((name) => openidScopes.has(name)));
  const others = names.filter((name) => !openidScopes.has(name));
  if (names.length === 0) throw new AadstsError(70011, scope);
  const split = others.map((name) => {
    const slash = name.lastIndexOf('/');
    return slash < 0
      ? { prefix: graph, value: name }
      : { prefix: name.slice(0, slash), value: name.slice(slash + 1) };
  });
  if (split.some((one) => one.value === '')) throw new AadstsError(70011, scope);
  const prefix = split[0]?.prefix ?? graph;
  if (split.some((one) => one.prefix !== prefix)) throw new AadstsError(28000, scope);
  const resource = findResource(tenant, prefix);
  if (resource.appId === client.appId && !resource.prefix.toLowerCase().includes(client.appId.toLowerCase()))
    throw new AadstsError(90009, client.appId, client.displayName);
  const values = split.map((one) => one.value).filter((value) => value !== '.default');
  for (const value of values) {
    if (!resource.scopes.has(value)) throw new AadstsError(650053, client.displayName, value, resource.appId);
    if (client.preauthorized && resource.appId === GRAPH_APP_ID && !client.preauthorized.includes(value))
      throw new AadstsError(65002, client.appId, resource.appId);
  }
  const everything = split.some((one) => one.value === '.default');
  // A resource is asked for by `.default` or by its scopes, never by both (Microsoft identity platform: scopes).
  if (everything && values.length > 0) throw new AadstsError(70011, scope);
  return { resource, values, everything, openid, prefixed: others.some((name) => name.includes('/')) };
}

/** A resource by its Application ID URI or application id. Throws 500011. */
export function findResource(tenant: Tenant, prefix: string): Resource {
  // `https://graph.microsoft.com//.default` is how version 1 audiences with a final slash are asked for.
  const name = prefix.replace(/\/$/, '');
  if (name === clouds[tenant.cloud].graph || name === GRAPH_APP_ID)
    return {
      appId: GRAPH_APP_ID,
      displayName: 'Microsoft Graph',
      servicePrincipalId: byAppId(tenant.servicePrincipals, GRAPH_APP_ID)?.id,
      prefix: name,
      version: 1,
      audience: name,
      scopes: graphScopes,
      preauthorized: new Map(),
    };
  for (const application of tenant.applications.values()) {
    const appId = text(application['appId']);
    const uris = application['identifierUris'];
    const known = appId === name || (Array.isArray(uris) && uris.includes(name));
    const principal = known ? byAppId(tenant.servicePrincipals, appId) : undefined;
    if (principal) return ownResource(application, principal, name);
  }
  throw new AadstsError(500011, name, tenant.displayName);
}

function ownResource(application: GraphObject, principal: GraphObject, name: string): Resource {
  const appId = text(application['appId']);
  const api = isRecord(application['api']) ? application['api'] : {};
  const version = api['requestedAccessTokenVersion'] === 2 ? 2 : 1;
  const scopes = objects(api['oauth2PermissionScopes']).filter((scope) => scope['isEnabled'] === true);
  return {
    appId,
    displayName: text(application['displayName']),
    servicePrincipalId: principal.id,
    prefix: name,
    version,
    audience: version === 2 ? appId : name,
    scopes: new Map(scopes.map((scope) => [text(scope['value']), scopeInfo(scope)])),
    preauthorized: new Map(
      objects(api['preAuthorizedApplications']).map((one) => {
        const ids: unknown[] = Array.isArray(one['delegatedPermissionIds'])
          ? one['delegatedPermissionIds']
          : [];
        return [
          text(one['appId']),
          scopes.filter((scope) => ids.includes(scope['id'])).map((scope) => text(scope['value'])),
        ];
      }),
    ),
  };
}

function scopeInfo(scope: Record<string, unknown>): ScopeInfo {
  return {
    id: text(scope['id']),
    value: text(scope['value']),
    title: text(scope['userConsentDisplayName']) || text(scope['adminConsentDisplayName']),
    description: text(scope['userConsentDescription']) || text(scope['adminConsentDescription']),
    adminOnly: scope['type'] === 'Admin',
  };
}
