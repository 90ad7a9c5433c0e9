import { timingSafeEqual } from 'node:crypto';
import { objects } from './clients.ts';
import type { Client, Platform } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { demand } from './form.ts';
import type { Form } from './form.ts';
import type { TokenAnswer } from './issue.ts';
import { resolveScopes } from './resources.ts';
import { issueAccessToken } from './tokens.ts';

/** Client credentials: an application that acts as itself, with the application roles it was granted. */
export async function redeemSecret(context: LoginContext, client: Client, form: Form): Promise<TokenAnswer> {
  const { tenant } = context.state;
  demandSecret(context, client, form);
  const scope = demand(form, 'scope');
  if (!/^\S+\/\.default$/.test(scope.trim())) throw new AadstsError(1002012, scope);
  const { resource } = resolveScopes(tenant, scope, client);
  const principal = tenant.servicePrincipals.get(resource.servicePrincipalId ?? '');
  const granted = [...tenant.appRoleAssignments.values()]
    .filter((one) => one.principalId === client.servicePrincipalId && one.resourceId === principal?.id)
    .map((one) => one.appRoleId);
  const lifetimeSeconds = context.memory.tokenLifetimeSeconds ?? 3599;
  return {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: await issueAccessToken(context.keys, {
      tenantId: tenant.id,
      cloud: tenant.cloud,
      version: resource.version,
      resourceAppId: resource.appId,
      audience: resource.audience,
      clientId: client.appId,
      clientName: client.displayName,
      confidential: true,
      ...(client.servicePrincipalId === undefined ? {} : { servicePrincipalId: client.servicePrincipalId }),
      scopes: [],
      appRoles: objects(principal?.['appRoles'])
        .filter((role) => granted.some((id) => id === role['id']))
        .flatMap((role) => (typeof role['value'] === 'string' ? [role['value']] : [])),
      lifetimeSeconds,
    }),
  };
}

/**
 * Whether a client that redeems a grant authenticated as its platform asks. Throws 7000218, 7000215 or 7000222 for a
 * confidential client without a right secret, 700025 for a public one that sends any. True: it was confidential.
 */
export function authenticateClient(
  context: LoginContext,
  client: Client,
  asked: { readonly form: Form; readonly platform: Platform },
): boolean {
  if (asked.platform === 'web') {
    demandSecret(context, client, asked.form);
    return true;
  }
  if (asked.form.has('client_secret')) throw new AadstsError(700025);
  return false;
}

function demandSecret(context: LoginContext, client: Client, form: Form): void {
  const given = form.get('client_secret');
  if (given === undefined) throw new AadstsError(7000218);
  const match = client.secrets.find((secret) => {
    const [a, b] = [Buffer.from(secret.text), Buffer.from(given)];
    return a.length === b.length && timingSafeEqual(a, b);
  });
  if (!match) throw new AadstsError(7000215, client.appId);
  if (match.expiresAt !== undefined && match.expiresAt <= context.state.clock.now())
    throw new AadstsError(7000222, client.appId);
}
