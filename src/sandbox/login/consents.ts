import { randomBytes } from 'node:crypto';
import type { Tenant } from '../state.ts';
import type { Client } from './clients.ts';
import type { Resource } from './resources.ts';
import { GRAPH_APP_ID } from './tokens.ts';

/**
 * Who consented to what. Consent to a tenant's own application is an `oauth2PermissionGrant` that Graph shows too;
 * consent to one of Microsoft's clients, which have no service principal here, is remembered by the login server.
 */
export class Consents {
  readonly #tenant: Tenant;
  readonly #firstParty: Map<string, Set<string>>;

  /** `firstParty` holds the scopes that were consented to, by client, resource and person. */
  constructor(tenant: Tenant, firstParty: Map<string, Set<string>>) {
    this.#tenant = tenant;
    this.#firstParty = firstParty;
  }

  /** Every scope that this person or an administrator for everyone consented to, or that needs no consent. */
  granted(client: Client, resource: Resource, userId: string): Set<string> {
    const found = new Set([
      ...((resource.appId === GRAPH_APP_ID ? client.preauthorized : undefined) ?? []),
      ...(resource.preauthorized.get(client.appId) ?? []),
      ...(this.#firstParty.get(key(client, resource, userId)) ?? []),
      ...(this.#firstParty.get(key(client, resource, null)) ?? []),
    ]);
    for (const grant of this.#tenant.grants.values())
      if (
        grant.clientId === client.servicePrincipalId &&
        grant.resourceId === resource.servicePrincipalId &&
        (grant.consentType === 'AllPrincipals' || grant.principalId === userId)
      )
        for (const scope of grant.scope.split(' ').filter(Boolean)) found.add(scope);
    return found;
  }

  /** Remembers a consent; `userId` null is for everyone in the tenant. */
  grant(client: Client, resource: Resource, scopes: readonly string[], userId: string | null): void {
    const [clientId, resourceId] = [client.servicePrincipalId, resource.servicePrincipalId];
    if (clientId === undefined || resourceId === undefined) {
      const name = key(client, resource, userId);
      this.#firstParty.set(name, new Set([...(this.#firstParty.get(name) ?? []), ...scopes]));
      return;
    }
    const existing = [...this.#tenant.grants.values()].find(
      (grant) =>
        grant.clientId === clientId && grant.resourceId === resourceId && grant.principalId === userId,
    );
    if (existing) {
      existing.scope = [...new Set([...existing.scope.split(' ').filter(Boolean), ...scopes])].join(' ');
      return;
    }
    const id = randomBytes(32).toString('base64url');
    this.#tenant.grants.set(id, {
      id,
      clientId,
      resourceId,
      consentType: userId === null ? 'AllPrincipals' : 'Principal',
      principalId: userId,
      scope: scopes.join(' '),
    });
  }
}

function key(client: Client, resource: Resource, userId: string | null): string {
  return `${client.appId} ${resource.appId} ${userId ?? '*'}`;
}
