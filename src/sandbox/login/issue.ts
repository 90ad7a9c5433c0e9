import { createHash, randomBytes } from 'node:crypto';
import type { Account, Tenant } from '../state.ts';
import { demandAssignment, personOf } from './accounts.ts';
import { arrangedError } from './arrangedError.ts';
import type { RequestedClaims } from './claimsParameter.ts';
import type { Client, Platform } from './clients.ts';
import type { LoginContext } from './context.ts';
import type { SignedIn } from './signedIn.ts';
import { demandOf } from './demandAccess.ts';
import { AadstsError } from './errors.ts';
import { nextSerial, takeFailure } from './memory.ts';
import { resolveScopes } from './resources.ts';
import type { RequestedScopes } from './resources.ts';
import { issuerOf, pairwise } from './accessTokenClaims.ts';
import { GRAPH_APP_ID, issueAccessToken, sign } from './tokens.ts';
import type { TokenUser } from './accessTokenClaims.ts';

/** Seconds; Entra gives between 60 and 90 minutes. */
const ordinaryLifetime = 3900;
/** Seconds; what clients get that answer claims challenges of a resource that makes some (up to 28 hours). */
const challengeableLifetime = 86_400;

/** Body of a token endpoint's answer (Microsoft identity platform: successful response). */
export interface TokenAnswer extends Record<string, unknown> {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly ext_expires_in: number;
  readonly access_token: string;
}

export interface IssueRequest extends SignedIn {
  readonly client: Client;
  readonly platform: Platform;
  /** The client authenticated with a secret. */
  readonly confidential: boolean;
  readonly scope: string;
  readonly nonce: string | undefined;
  readonly claims: RequestedClaims;
  readonly viaDeviceCode: boolean;
  /** `client_info=1` was asked: the answer then tells MSAL the account's home identifiers. */
  readonly clientInfo: boolean;
}

/**
 * Issues tokens to a signed-in person. As in Entra, consent accumulates: the access token carries every scope of the
 * resource that was consented to before. Throws what keeps the person out: 50057, 50055, 50105, 530xx, 70043, 50076,
 * 65001.
 */
export async function issueTokens(context: LoginContext, request: IssueRequest): Promise<TokenAnswer> {
  const { tenant } = context.state;
  const { client, account } = request;
  const user = personOf(tenant, account);
  const asked = resolveScopes(tenant, request.scope, client);
  demandEntrance(context, request, { user, asked });
  const { resource, openid } = asked;
  const granted = context.consents.granted(client, resource, user.id);
  if (asked.values.some((value) => !granted.has(value)))
    throw new AadstsError(65001, client.appId, client.displayName);
  const values = [...granted].filter((value) => resource.scopes.has(value));
  const challengeable = request.claims.capable && resource.appId === GRAPH_APP_ID;
  const lifetimeSeconds =
    context.memory.tokenLifetimeSeconds ?? (challengeable ? challengeableLifetime : ordinaryLifetime);
  const serial = nextSerial(context.memory);
  const accessToken = await issueAccessToken(context.keys, {
    tenantId: tenant.id,
    cloud: tenant.cloud,
    version: resource.version,
    resourceAppId: resource.appId,
    audience: resource.audience,
    clientId: client.appId,
    clientName: client.displayName,
    confidential: request.confidential,
    user,
    profile: openid.has('profile'),
    scopes: values,
    lifetimeSeconds,
    serial,
    mfa: request.authentication.mfa,
    capable: request.claims.capable,
    contexts: request.authentication.mfa ? request.claims.contexts : [],
  });
  const named = values.map((value) => (asked.prefixed ? `${resource.prefix}/${value}` : value));
  return {
    token_type: 'Bearer',
    scope: [...['openid', 'profile', 'email'].filter((name) => openid.has(name)), ...named].join(' '),
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: accessToken,
    ...(openid.has('offline_access') ? { refresh_token: refreshToken(context, request, serial) } : {}),
    ...(openid.has('openid') ? { id_token: await idToken(context, request, { user, asked }) } : {}),
    ...(request.clientInfo ? { client_info: clientInfo(account, tenant) } : {}),
  };
}

/** What is checked anew for each token, with nobody there who could be asked. */
function demandEntrance(
  context: LoginContext,
  request: IssueRequest,
  { user, asked }: { readonly user: TokenUser; readonly asked: RequestedScopes },
): void {
  const { memory, state } = context;
  const { tenant } = state;
  const { client, account, authentication } = request;
  const resourceAppId = asked.resource.appId;
  const code = takeFailure(memory, user.id, 'token');
  if (code !== undefined)
    throw arrangedError(code, {
      tenant,
      client,
      resourceAppId,
      userPrincipalName: account.userPrincipalName,
    });
  if (memory.arranged.get(user.id)?.passwordExpired) throw new AadstsError(50055);
  demandAssignment(tenant, client, user);
  const demand = demandOf(context, request, { ...request, resourceAppId });
  if (demand.freshSignIn !== undefined)
    throw new AadstsError(
      70043,
      new Date(authentication.at).toISOString(),
      String(demand.freshSignIn / 1000),
    );
  if (demand.mfa) throw demand.mfa;
}

function refreshToken(context: LoginContext, request: IssueRequest, serial: number): string {
  const { account, authentication, platform, scope, viaDeviceCode } = request;
  const token = `1.${randomBytes(64).toString('base64url')}`;
  context.memory.refreshTokens.set(token, {
    clientId: request.client.appId,
    platform,
    account,
    scope,
    authentication,
    serial,
    issuedAt: context.state.clock.now(),
    viaDeviceCode,
  });
  return token;
}

function idToken(
  context: LoginContext,
  { client, nonce }: IssueRequest,
  { user, asked }: { readonly user: TokenUser; readonly asked: RequestedScopes },
): Promise<string> {
  const { tenant } = context.state;
  const profile = asked.openid.has('profile')
    ? { name: user.displayName, oid: user.id, preferred_username: user.userPrincipalName }
    : {};
  return sign(context.keys, ordinaryLifetime, {
    aud: client.appId,
    iss: issuerOf(tenant.cloud, tenant.id, 2),
    tid: tenant.id,
    sub: pairwise(client.appId, user.id),
    ver: '2.0',
    uti: randomBytes(16).toString('base64url'),
    rh: createHash('sha256').update(`rh ${client.appId}`).digest('base64url'),
    ...profile,
    ...(asked.openid.has('email') && typeof user.mail === 'string' ? { email: user.mail } : {}),
    ...(nonce === undefined ? {} : { nonce }),
  });
}

/** `client_info`: the account's object id and tenant at home, which MSAL joins to `homeAccountId`; a guest's are elsewhere. */
export function clientInfo({ userId, home }: Account, { id }: Tenant): string {
  const { userId: uid, tenantId: utid } = home ?? { userId, tenantId: id };
  return Buffer.from(JSON.stringify({ uid, utid })).toString('base64url');
}
