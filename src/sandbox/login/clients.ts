import type { GraphObject, Tenant } from '../state.ts';
import { AadstsError } from './errors.ts';

/** Where a redirect URI is registered; it decides whether a secret is asked for at the token endpoint. */
export type Platform = 'publicClient' | 'web' | 'spa';

/** A client application as the login server sees it. */
export interface Client {
  readonly appId: string;
  readonly displayName: string;
  readonly redirectUris: Readonly<Record<Platform, readonly string[]>>;
  /** Absent for Microsoft's own clients, which have no service principal in this tenant. */
  readonly servicePrincipalId: string | undefined;
  readonly assignmentRequired: boolean;
  readonly secrets: readonly string[];
}

/** Microsoft's own public clients that know `http://localhost` (Microsoft identity platform: first-party applications). */
const firstParty: ReadonlyMap<string, string> = new Map([
  ['14d82eec-204b-4c2f-b7e8-296a70dab67e', 'Microsoft Graph Command Line Tools'],
]);

/** Finds the client in this tenant or throws 700016 or 7000112. */
export function findClient(tenant: Tenant, appId: string): Client {
  const known = firstParty.get(appId);
  if (known !== undefined)
    return {
      appId,
      displayName: known,
      redirectUris: { publicClient: ['http://localhost'], web: [], spa: [] },
      servicePrincipalId: undefined,
      assignmentRequired: false,
      secrets: [],
    };
  const application = byAppId(tenant.applications, appId);
  const principal = byAppId(tenant.servicePrincipals, appId);
  if (!application || !principal) throw new AadstsError(700016, appId, tenant.displayName);
  const displayName = text(application['displayName']);
  if (principal['accountEnabled'] === false) throw new AadstsError(7000112, appId, displayName);
  return {
    appId,
    displayName,
    redirectUris: {
      publicClient: redirects(application['publicClient']),
      web: redirects(application['web']),
      spa: redirects(application['spa']),
    },
    servicePrincipalId: principal.id,
    assignmentRequired: principal['appRoleAssignmentRequired'] === true,
    secrets: objects(application['passwordCredentials'])
      .map((credential) => text(credential['secretText']))
      .filter(Boolean),
  };
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
