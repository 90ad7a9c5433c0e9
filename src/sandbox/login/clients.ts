import type { GraphObject, Tenant } from '../state.ts';
import { AadstsError } from './errors.ts';
import { firstPartyClients } from './firstParty.ts';

/** Where a redirect URI is registered; it decides whether a secret is asked for at the token endpoint. */
export type Platform = 'publicClient' | 'web' | 'spa';

/** A client application as the login server sees it. */
export interface Client {
  readonly appId: string;
  readonly displayName: string;
  readonly redirectUris: Readonly<Record<Platform, readonly string[]>>;
  /** Absent for Microsoft's own clients, which mostly have no service principal in this tenant. */
  readonly servicePrincipalId: string | undefined;
  readonly assignmentRequired: boolean;
  readonly secrets: readonly Secret[];
  /** It may use flows without redirect URI: `isFallbackPublicClient`. */
  readonly publicFlows: boolean;
  /** Accounts of other tenants may use it: `signInAudience`. */
  readonly multiTenant: boolean;
  /** Of one of Microsoft's own clients; see `FirstPartyClient`. */
  readonly preauthorized: readonly string[] | undefined;
  readonly firstParty: boolean;
  /** `requiredResourceAccess`: what `.default` and admin consent ask for. */
  readonly required: readonly RequiredAccess[];
}

export interface Secret {
  readonly text: string;
  /** Epoch milliseconds; undefined where the credential names none. */
  readonly expiresAt: number | undefined;
}

/** Delegated permissions of one resource that an application's registration lists. */
export interface RequiredAccess {
  readonly resourceAppId: string;
  readonly scopeIds: readonly string[];
}

/** Finds the client in this tenant or throws 700016 or 7000112. */
export function findClient(tenant: Tenant, appId: string): Client {
  const known = firstPartyClients.get(appId);
  const principal = byAppId(tenant.servicePrincipals, appId);
  if (principal?.['accountEnabled'] === false)
    throw new AadstsError(7000112, appId, known?.displayName ?? text(principal['displayName']));
  if (known)
    return {
      appId,
      displayName: known.displayName,
      redirectUris: { publicClient: known.redirectUris, web: [], spa: [] },
      servicePrincipalId: principal?.id,
      assignmentRequired: principal?.['appRoleAssignmentRequired'] === true,
      secrets: [],
      publicFlows: true,
      multiTenant: true,
      preauthorized: known.preauthorized,
      firstParty: true,
      required: [],
    };
  const application = byAppId(tenant.applications, appId);
  if (!application || !principal) throw new AadstsError(700016, appId, tenant.displayName);
  return {
    appId,
    displayName: text(application['displayName']),
    redirectUris: {
      publicClient: redirects(application['publicClient']),
      web: redirects(application['web']),
      spa: redirects(application['spa']),
    },
    servicePrincipalId: principal.id,
    assignmentRequired: principal['appRoleAssignmentRequired'] === true,
    secrets: objects(application['passwordCredentials']).flatMap(secretOf),
    publicFlows: application['isFallbackPublicClient'] === true,
    multiTenant: application['signInAudience'] !== 'AzureADMyOrg',
    preauthorized: undefined,
    firstParty: false,
    required: objects(application['requiredResourceAccess']).map((one) => ({
      resourceAppId: text(one['resourceAppId']),
      scopeIds: objects(one['resourceAccess'])
        .filter((access) => access['type'] === 'Scope')
        .map((access) => text(access['id'])),
    })),
  };
}

function secretOf(credential: Record<string, unknown>): Secret[] {
  const end = Date.parse(text(credential['endDateTime']));
  const value = text(credential['secretText']);
  return value === '' ? [] : [{ text: value, expiresAt: Number.isNaN(end) ? undefined : end }];
}

/**
 * The platform under which a redirect URI is registered, or 50011. The port is ignored for `http://localhost` and
 * `http://127.0.0.1`, the path is not (Microsoft identity platform: redirect URI restrictions).
 */
export function platformOf(client: Client, redirectUri: string): Platform {
  for (const platform of ['publicClient', 'web', 'spa'] as const)
    if (client.redirectUris[platform].some((registered) => sameRedirect(registered, redirectUri)))
      return platform;
  throw new AadstsError(50011, redirectUri, client.appId);
}

function sameRedirect(registered: string, asked: string): boolean {
  if (registered === asked) return true;
  if (!URL.canParse(registered) || !URL.canParse(asked)) return false;
  const [a, b] = [new URL(registered), new URL(asked)];
  if (a.protocol !== 'http:' || !['localhost', '127.0.0.1'].includes(a.hostname)) return false;
  return (
    b.protocol === a.protocol &&
    b.hostname === a.hostname &&
    b.pathname === a.pathname &&
    b.search === a.search
  );
}

/** The object whose `appId` is this one. */
export function byAppId(
  objectsById: ReadonlyMap<string, GraphObject>,
  appId: string,
): GraphObject | undefined {
  for (const object of objectsById.values()) if (object['appId'] === appId) return object;
  return undefined;
}

function redirects(platform: unknown): string[] {
  const uris = isRecord(platform) ? platform['redirectUris'] : undefined;
  return Array.isArray(uris) ? uris.filter((uri) => typeof uri === 'string') : [];
}

/** The records in a list of unknown things. */
export function objects(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The string, or an empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
