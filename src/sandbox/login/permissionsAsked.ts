import type { Tenant } from '../state.ts';
import type { Client } from './clients.ts';
import { AadstsError } from './errors.ts';
import { openidScopes } from './graphScopes.ts';
import type { ScopeInfo } from './graphScopes.ts';
import { findResource } from './resources.ts';
import type { RequestedScopes, Resource } from './resources.ts';

/** Delegated scopes of one resource. */
export interface Permission {
  readonly resource: Resource;
  readonly scopes: readonly ScopeInfo[];
}

/** What a request asks consent for: its scopes, or with `.default` what the registration lists. */
export function permissionsAsked(tenant: Tenant, client: Client, asked: RequestedScopes): Permission[] {
  if (asked.everything) return registeredPermissions(tenant, client);
  return [
    {
      resource: asked.resource,
      scopes: asked.values.flatMap((value) => asked.resource.scopes.get(value) ?? []),
    },
  ];
}

/** The delegated permissions of a registration (`requiredResourceAccess`); what does not exist is left out. */
export function registeredPermissions(tenant: Tenant, client: Client): Permission[] {
  return client.required.flatMap(({ resourceAppId, scopeIds }) => {
    const resource = existing(() => findResource(tenant, resourceAppId));
    if (!resource) return [];
    const known = [...resource.scopes.values(), ...openidScopes.values()];
    const scopes = known.filter((scope) => scopeIds.includes(scope.id));
    return scopes.length === 0 ? [] : [{ resource, scopes }];
  });
}

function existing(find: () => Resource): Resource | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof AadstsError) return undefined;
    throw error;
  }
}

/** What of some permissions a person did not consent to yet, nor anybody for them. */
export function missingOf(
  permissions: readonly Permission[],
  granted: (resource: Resource) => ReadonlySet<string>,
): Permission[] {
  return permissions.flatMap(({ resource, scopes }) => {
    const has = granted(resource);
    const missing = scopes.filter((scope) => !has.has(scope.value));
    return missing.length === 0 ? [] : [{ resource, scopes: missing }];
  });
}

/** The scopes of all resources together. */
export function scopesOf(permissions: readonly Permission[]): ScopeInfo[] {
  return permissions.flatMap(({ scopes }) => scopes);
}
