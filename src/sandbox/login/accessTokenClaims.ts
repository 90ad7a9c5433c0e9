import { createHash, randomBytes } from 'node:crypto';
import { clouds } from '../clouds.ts';
import type { CloudName } from '../clouds.ts';
import { roleTemplateIds } from './roles.ts';

type Claims = Record<string, unknown>;

/** A person as tokens name them. `roles` are directory role display names. */
export interface TokenUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly givenName?: string | null;
  readonly surname?: string | null;
  readonly mail?: string | null;
  readonly guest?: boolean;
}

export interface AccessTokenRequest {
  readonly tenantId: string;
  /** The global one unless told. */
  readonly cloud?: CloudName;
  /** `requestedAccessTokenVersion` of the resource application decides, not the endpoint. */
  readonly version: 1 | 2;
  readonly resourceAppId: string;
  /** Application ID URI (version 1) or application id (version 2) of the resource. */
  readonly audience: string;
  readonly clientId: string;
  readonly clientName: string;
  /** The client authenticated with a secret; false unless told. */
  readonly confidential?: boolean;
  /** Absent: the application acts as itself (client credentials). */
  readonly user?: TokenUser;
  /** `profile` was asked: version 2 tokens then name the person; true unless told. */
  readonly profile?: boolean;
  /** Object id of the client's service principal; only for client credentials. */
  readonly servicePrincipalId?: string;
  /** Short scope names, without the resource's prefix. */
  readonly scopes: readonly string[];
  /** Application role values granted to the client; only for client credentials. */
  readonly appRoles?: readonly string[];
  readonly lifetimeSeconds?: number;
  /** Its place among what the login server issued; 0 unless told. */
  readonly serial?: number;
  readonly mfa?: boolean;
  /** The client answers claims challenges: `xms_cc`. */
  readonly capable?: boolean;
  /** Authentication contexts that were satisfied: `acrs`. */
  readonly contexts?: readonly string[];
}

/** Issuer of version 1 and version 2 tokens of a tenant (Microsoft identity platform: access token claims). */
export function issuerOf(cloud: CloudName, tenantId: string, version: 1 | 2): string {
  const { sts, loginHosts } = clouds[cloud];
  return version === 1 ? `${sts}/${tenantId}/` : `https://${loginHosts[0]}/${tenantId}/v2.0`;
}

/** The claims of an access token in Entra's version 1 or version 2 format (Microsoft identity platform: access token claims). */
export function accessTokenClaims(request: AccessTokenRequest): Claims {
  const { user } = request;
  const subject = user?.id ?? request.servicePrincipalId ?? request.clientId;
  return {
    aud: request.audience,
    iss: issuerOf(request.cloud ?? 'global', request.tenantId, request.version),
    tid: request.tenantId,
    oid: subject,
    sub: user ? pairwise(request.resourceAppId, subject) : subject,
    ver: request.version === 1 ? '1.0' : '2.0',
    uti: randomBytes(16).toString('base64url'),
    // Entra's own note to itself, opaque to everybody else; here the token's place in the order.
    aio: Buffer.from(`serial ${String(request.serial ?? 0)}`).toString('base64url'),
    ...clientClaims(request),
    ...(user ? personClaims(request, user) : { idtyp: 'app', roles: [...(request.appRoles ?? [])] }),
  };
}

/** A person's identifier for one application: `sub`. */
export function pairwise(appId: string, userId: string): string {
  return createHash('sha256').update(`${appId} ${userId}`).digest('base64url');
}

function clientClaims({ version, clientId, clientName, confidential }: AccessTokenRequest): Claims {
  const kind = confidential ? '1' : '0';
  return version === 1
    ? { appid: clientId, appidacr: kind, app_displayname: clientName }
    : { azp: clientId, azpacr: kind };
}

function personClaims(request: AccessTokenRequest, user: TokenUser): Claims {
  const named = request.version === 1 || request.profile !== false;
  const names =
    request.version === 1
      ? {
          acr: '1',
          amr: request.mfa ? ['pwd', 'mfa'] : ['pwd'],
          ipaddr: '127.0.0.1',
          upn: user.userPrincipalName,
          unique_name: user.userPrincipalName,
          ...(typeof user.givenName === 'string' ? { given_name: user.givenName } : {}),
          ...(typeof user.surname === 'string' ? { family_name: user.surname } : {}),
        }
      : named
        ? { preferred_username: user.userPrincipalName }
        : {};
  return {
    ...(named ? { name: user.displayName } : {}),
    ...names,
    scp: request.scopes.join(' '),
    idtyp: 'user',
    wids: roleTemplateIds(user.roles),
    ...(user.guest ? { acct: 1 } : {}),
    ...(request.capable ? { xms_cc: ['cp1'] } : {}),
    ...(request.contexts && request.contexts.length > 0 ? { acrs: [...request.contexts] } : {}),
  };
}
