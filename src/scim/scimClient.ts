import type { ScimGroup, ScimUser } from '../guide/snapshot.ts';
import { parseGroup, parsePage, parseUser } from './resources.ts';
import { readPages, type ListQuery } from './scimPages.ts';
import { createScimReader, type ScimReader, type ScimReaderOptions } from './scimReader.ts';
import { isScimError } from './scimError.ts';
import { describeService, type ServiceDescription } from './serviceDescription.ts';

/** Kiro's SCIM endpoint, read only. Every method rejects with a `ScimError` or the signal's reason. */
export interface ScimClient {
  /** All users, every page. */
  listUsers(): Promise<readonly ScimUser[]>;
  /** All groups, every page, without members. */
  listGroups(): Promise<readonly ScimGroup[]>;
  /** Pages of users as they arrive, the next one requested meanwhile; may give a user twice. */
  userPages(options?: UserPages): AsyncIterable<readonly ScimUser[]>;
  groupPages(options?: PageOptions): AsyncIterable<readonly ScimGroup[]>;
  findUserByUserName(userName: string): Promise<ScimUser | undefined>;
  /** By the object id that Entra ID sends as `externalId`. */
  findUserByExternalId(externalId: string): Promise<ScimUser | undefined>;
  /** How many users there are, where the service says so. */
  countUsers(): Promise<number | undefined>;
  /** What the endpoint says of itself. */
  describe(): Promise<ServiceDescription>;
}

export type PageOptions = Pick<ListQuery, 'count' | 'paging'>;

export interface UserPages extends PageOptions {
  /** Only members of the group with this id in Kiro, where groups themselves come without members. */
  readonly inGroup?: string;
}

/** `baseUrl` ends in `/scim/v2`, no trailing slash; the caller has made sure that it is Kiro's or the sandbox's. */
export type ScimClientOptions = ScimReaderOptions;

/** A client of one SCIM endpoint. Redirects are refused, so that the token goes to no other server. */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const read = createScimReader(options);
  const userPages = ({ inGroup, ...rest }: UserPages = {}): AsyncIterable<readonly ScimUser[]> => {
    const filter = inGroup === undefined ? {} : { filter: equals('groups.value', inGroup) };
    return readPages(read, { path: '/Users', ...filter, ...rest }, parseUser);
  };
  const groupPages = (rest: PageOptions = {}): AsyncIterable<readonly ScimGroup[]> =>
    readPages(read, { path: '/Groups', ...rest }, parseGroup);
  return {
    userPages,
    groupPages,
    listUsers: () => all(userPages()),
    listGroups: () => all(groupPages()),
    findUserByUserName: (userName) => find(read, 'userName', userName),
    findUserByExternalId: (externalId) => find(read, 'externalId', externalId),
    // Without a cursor the answer tells how many there are in all.
    countUsers: async () => parsePage(await read('/Users?count=1')).totalResults,
    describe: () => describeService(read),
  };
}

/** All entries, each once: a list that changes while it is read may give one twice. */
async function all<T extends { readonly id: string }>(
  pages: AsyncIterable<readonly T[]>,
): Promise<readonly T[]> {
  const found = new Map<string, T>();
  for await (const page of pages) for (const one of page) found.set(one.id, one);
  return [...found.values()];
}

async function find(read: ScimReader, attribute: string, value: string): Promise<ScimUser | undefined> {
  try {
    const filter = encodeURIComponent(equals(attribute, value));
    const [found] = parsePage(await read(`/Users?filter=${filter}`)).resources;
    return found === undefined ? undefined : parseUser(found);
  } catch (error) {
    if (isScimError(error) && error.reason === 'not-found') return undefined;
    throw error;
  }
}

/** The one operator that AWS's endpoint takes (AWS: ListUsers). */
function equals(attribute: string, value: string): string {
  return `${attribute} eq ${JSON.stringify(value)}`;
}
