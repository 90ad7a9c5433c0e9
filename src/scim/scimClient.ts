import type { ScimGroup, ScimUser } from '../guide/snapshot.ts';
import { parseGroup, parsePage, parseServiceProviderConfig, parseUser } from './resources.ts';
import type { Page, ServiceProviderConfig } from './resources.ts';
import { createScimReader, type ScimReader } from './scimReader.ts';
import { ScimError, isScimError } from './scimError.ts';

/** Kiro's SCIM endpoint, read only. Every method rejects with a {@link ScimError} or the signal's reason. */
export interface ScimClient {
  /** All users, every page. */
  listUsers(): Promise<readonly ScimUser[]>;
  /** All groups, every page, without members. */
  listGroups(): Promise<readonly ScimGroup[]>;
  findUserByUserName(userName: string): Promise<ScimUser | undefined>;
  /** By the object id that Entra ID sends as `externalId`. */
  findUserByExternalId(externalId: string): Promise<ScimUser | undefined>;
  serviceProviderConfig(): Promise<ServiceProviderConfig>;
}

export interface ScimClientOptions {
  /** Ends in `/scim/v2`, no trailing slash; the caller has made sure that it is Kiro's or the sandbox's. */
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
}

/** A client of one SCIM endpoint. Redirects are refused, so that the token goes to no other server. */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const read = createScimReader(options);
  return {
    listUsers: () => all(read, '/Users', parseUser),
    listGroups: () => all(read, '/Groups', parseGroup),
    findUserByUserName: (userName) => find(read, 'userName', userName),
    findUserByExternalId: (externalId) => find(read, 'externalId', externalId),
    serviceProviderConfig: async () => parseServiceProviderConfig(await read('/ServiceProviderConfig')),
  };
}

/** By cursor (AWS IAM Identity Center: ListUsers; RFC 9865); by index where the service gives no cursor. */
async function all<T extends { readonly id: string }>(
  read: ScimReader,
  path: string,
  parse: (resource: unknown) => T,
): Promise<readonly T[]> {
  let page = await first(read, path);
  const found = page.resources.map(parse);
  const followed = new Set<string>();
  while (page.nextCursor !== undefined) {
    if (followed.has(page.nextCursor)) throw new ScimError('malformed', 200, 'The list has no end.');
    followed.add(page.nextCursor);
    page = parsePage(await read(`${path}?cursor=${encodeURIComponent(page.nextCursor)}&count=100`));
    found.push(...page.resources.map(parse));
  }
  while (followed.size === 0 && found.length < (page.totalResults ?? 0)) {
    page = parsePage(await read(`${path}?startIndex=${found.length + 1}&count=50`));
    const ids = new Set(found.map(({ id }) => id));
    const more = page.resources.map(parse).filter(({ id }) => !ids.has(id));
    // A service that knows no index gives the first page again.
    if (more.length === 0)
      throw new ScimError('malformed', 200, 'The list is shorter than the service says.');
    found.push(...more);
  }
  return found;
}

/** Older services refuse an empty cursor. */
async function first(read: ScimReader, path: string): Promise<Page> {
  try {
    return parsePage(await read(`${path}?cursor=&count=100`));
  } catch (error) {
    if (isScimError(error) && error.status === 400) return parsePage(await read(`${path}?count=50`));
    throw error;
  }
}

async function find(read: ScimReader, attribute: string, value: string): Promise<ScimUser | undefined> {
  const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
  try {
    const [found] = parsePage(await read(`/Users?filter=${filter}`)).resources;
    return found === undefined ? undefined : parseUser(found);
  } catch (error) {
    if (isScimError(error) && error.reason === 'not-found') return undefined;
    throw error;
  }
}
