import { createHash, randomBytes } from 'node:crypto';
import type { Account } from '../state.ts';
import { demandAssignment, personOf } from './accounts.ts';
import type { Client } from './clients.ts';
import type { LoginContext } from './context.ts';
import { AadstsError } from './errors.ts';
import { resolveScopes } from './resources.ts';
import { issueAccessToken, issuerOf, sign } from './tokens.ts';

const LIFETIME_S = 3900;

/** Body of a token endpoint's answer (Microsoft identity platform: successful response). */
export interface TokenAnswer extends Record<string, unknown> {
  readonly token_type: 'Bearer';
  readonly scope: string;
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
}

export interface IssueRequest {
  readonly client: Client;
  readonly account: Account;
  readonly scope: string;
  readonly nonce: string | undefined;
  /** `client_info=1` was asked: the answer then tells MSAL the account's home identifiers. */
  readonly clientInfo: boolean;
}

/**
 * Issues tokens to a signed-in person. As in Entra, consent accumulates: the access token carries every scope of the
 * resource that was consented to before. Throws 65001 when a scope was not, 50105 when the person is not assigned.
 */
export async function issueTokens(context: LoginContext, request: IssueRequest): Promise<TokenAnswer> {
  const { tenant } = context.state;
  const { client, account } = request;
  const user = personOf(tenant, account);
  demandAssignment(tenant, client, user);
  const asked = resolveScopes(tenant, request.scope, client.displayName);
  const { resource } = asked;
  const granted = context.consents.granted(client, resource, user.id);
  if (asked.values.some((value) => !granted.has(value)))
    throw new AadstsError(65001, client.appId, client.displayName);
  const values = [...granted].filter((value) => resource.scopes.has(value));
  const accessToken = await issueAccessToken(context.keys, {
    tenantId: tenant.id,
    version: resource.version,
    audience: resource.audience,
    clientId: client.appId,
    clientName: client.displayName,
    user,
    scopes: values,
    lifetimeSeconds: LIFETIME_S,
  });
  const named = values.map((value) => (asked.prefixed ? `${resource.prefix}/${value}` : value));
  const answer: TokenAnswer = {
    token_type: 'Bearer',
    scope: [...['openid', 'profile', 'email'].filter((name) => asked.openid.has(name)), ...named].join(' '),
    expires_in: LIFETIME_S,
    ext_expires_in: LIFETIME_S,
    access_token: accessToken,
  };
  if (asked.openid.has('offline_access')) {
    const refreshToken = `1.${randomBytes(64).toString('base64url')}`;
    context.refreshTokens.set(refreshToken, { clientId: client.appId, account, scope: request.scope });
    Object.assign(answer, { refresh_token: refreshToken });
  }
  if (asked.openid.has('openid'))
    Object.assign(answer, {
      id_token: await sign(context.keys, LIFETIME_S, {
        aud: client.appId,
        iss: issuerOf(tenant.id, 2),
        oid: user.id,
        tid: tenant.id,
        sub: createHash('sha256').update(`${client.appId} ${user.id}`).digest('base64url'),
        name: user.displayName,
        preferred_username: user.userPrincipalName,
        ver: '2.0',
        uti: randomBytes(16).toString('base64url'),
        ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
      }),
    });
  if (request.clientInfo)
    Object.assign(answer, {
      client_info: clientInfo(user.id, tenant.id),
    });
  return answer;
}

/** `client_info`: the account's home object id and tenant, which MSAL joins to `homeAccountId`. */
export function clientInfo(userId: string, tenantId: string): string {
  return Buffer.from(JSON.stringify({ uid: userId, utid: tenantId })).toString('base64url');
}
