import { randomBytes, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, errors } from 'jose';
import type { CryptoKey, JWK } from 'jose';
import { clouds } from '../clouds.ts';
import type { CloudName } from '../clouds.ts';
import { accessTokenClaims } from './accessTokenClaims.ts';
import type { AccessTokenRequest, TokenUser } from './accessTokenClaims.ts';

/** Application id of Microsoft Graph, the same in every tenant. */
export const GRAPH_APP_ID = '00000003-0000-0000-c000-000000000000';

/** What Microsoft Graph at an address accepts as audience: its URI, with or without a final slash, and its application id. */
export function graphAudiences(graph: string): readonly string[] {
  return [graph, `${graph}/`, GRAPH_APP_ID];
}

/** The key pair that signs every token of one sandbox tenant. On disk it stands in a saved state only. */
export interface LoginKeys {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  /** What the JWKS document publishes. */
  readonly publicJwk: JWK;
}

/** Makes the RS256 key pair of the login server. */
export async function createKeys(): Promise<LoginKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return importKeys({ ...(await exportJWK(privateKey)), kid: randomBytes(20).toString('base64url') });
}

/** The private key as JWK, with its `kid`: what {@link importKeys} takes. */
export async function exportKeys(keys: LoginKeys): Promise<JWK> {
  return { ...(await exportJWK(keys.privateKey)), kid: keys.kid };
}

/** The key pair of a private RSA JWK. Throws when it is anything else. */
export async function importKeys(jwk: JWK): Promise<LoginKeys> {
  const { kty, n, e, d, kid } = jwk;
  if (kty !== 'RSA' || kid === undefined || n === undefined || e === undefined || d === undefined)
    throw new TypeError('Not a private RSA key.');
  const publicJwk = { kty, n, e, kid, use: 'sig', alg: 'RS256' };
  const [privateKey, publicKey] = await Promise.all([
    importJWK(jwk, 'RS256', { extractable: true }),
    importJWK(publicJwk, 'RS256'),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new TypeError('Not a private RSA key.');
  return { kid, privateKey, publicKey, publicJwk };
}

/**
 * Signs an access token with the claims of Entra's version 1 or version 2 format. Times are the machine's, not the
 * sandbox clock's: the client's own clock decides when it refreshes.
 */
export async function issueAccessToken(keys: LoginKeys, request: AccessTokenRequest): Promise<string> {
  return sign(keys, request.lifetimeSeconds ?? 3900, accessTokenClaims(request));
}

/** Signs a Microsoft Graph token for a person: what the sandbox's own start-up line hands out. */
export function issueGraphToken(
  keys: LoginKeys,
  request: {
    tenantId: string;
    /** The global one unless told. */
    cloud?: CloudName;
    user: TokenUser;
    scopes: readonly string[];
    lifetimeSeconds?: number;
  },
): Promise<string> {
  return issueAccessToken(keys, {
    version: 1,
    resourceAppId: GRAPH_APP_ID,
    audience: clouds[request.cloud ?? 'global'].graph,
    clientId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    clientName: 'Microsoft Graph Command Line Tools',
    ...request,
  });
}

/** Signs any set of claims; adds iat, nbf, exp. */
export function sign(
  keys: LoginKeys,
  lifetimeSeconds: number,
  claims: Record<string, unknown>,
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...claims, jti: randomUUID() })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: keys.kid })
    .setIssuedAt(now)
    .setNotBefore(now - 60)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(keys.privateKey);
}

/** What a resource server learns from a valid access token. */
export interface AccessToken {
  readonly audience: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Object id of the person, or of the client's service principal when `isApp`. */
  readonly objectId: string;
  readonly isApp: boolean;
  readonly userPrincipalName: string | undefined;
  /** Delegated scopes (`scp`) or, for an application, its roles. */
  readonly permissions: ReadonlySet<string>;
  /** Role template ids in `wids`. */
  readonly roleTemplateIds: readonly string[];
  readonly expiresAt: number;
  /** Its place among what the login server issued. */
  readonly serial: number;
  /** The client answers claims challenges (`xms_cc` holds `cp1`). */
  readonly capable: boolean;
  /** Authentication contexts that were satisfied (`acrs`). */
  readonly contexts: readonly string[];
}

/** The token is missing, not ours, expired, or meant for another resource. `code` is Graph's error code for it. */
export class InvalidAccessToken extends Error {
  readonly code = 'InvalidAuthenticationToken';
}

/**
 * Checks signature, time and the audiences that the resource accepts; those of the global cloud's Microsoft Graph unless
 * told. Throws `InvalidAccessToken` with Graph's own sentences.
 */
export async function verifyAccessToken(
  keys: LoginKeys,
  token: string,
  audiences: readonly string[] = graphAudiences(clouds.global.graph),
): Promise<AccessToken> {
  if (token === '') throw new InvalidAccessToken('Access token is empty.');
  try {
    const { payload } = await jwtVerify(token, keys.publicKey, {
      algorithms: ['RS256'],
      audience: [...audiences],
    });
    const text = (name: string): string => {
      const value = payload[name];
      return typeof value === 'string' ? value : '';
    };
    const isApp = payload['scp'] === undefined;
    const list = (name: string): string[] => {
      const value = payload[name];
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    };
    return {
      audience: text('aud'),
      tenantId: text('tid'),
      clientId: text('appid') || text('azp'),
      objectId: text('oid'),
      isApp,
      userPrincipalName: text('upn') || text('preferred_username') || undefined,
      permissions: new Set(isApp ? list('roles') : text('scp').split(' ').filter(Boolean)),
      roleTemplateIds: list('wids'),
      expiresAt: (payload.exp ?? 0) * 1000,
      serial: Number(/^serial (\d+)$/.exec(Buffer.from(text('aio'), 'base64url').toString())?.[1] ?? 0),
      capable: list('xms_cc').includes('cp1'),
      contexts: list('acrs'),
    };
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new InvalidAccessToken('Lifetime validation failed, the token is expired.');
    if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud')
      throw new InvalidAccessToken('Access token validation failure. Invalid audience.');
    throw new InvalidAccessToken('CompactToken validation failed with reason code: 80049217.');
  }
}
