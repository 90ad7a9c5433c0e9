import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createScimClient } from '../../../src/scim/scimClient.ts';
import { isScimError, type ScimError } from '../../../src/scim/scimError.ts';

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

interface Scim extends AsyncDisposable {
  readonly origin: string;
  readonly baseUrl: string;
  readonly seen: { readonly url: URL; readonly authorization: string | undefined }[];
}

async function scim(handle: (url: URL) => Reply): Promise<Scim> {
  const seen: { url: URL; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://127.0.0.1');
    seen.push({ url, authorization: request.headers.authorization });
    const { status = 200, headers = {}, body } = handle(url);
    response.writeHead(status, { 'content-type': 'application/scim+json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    baseUrl: `${origin}/t/scim/v2`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const person = (n: number) => ({
  id: `id-${n}`,
  userName: `u${n}@contoso.com`,
  externalId: `o-${n}`,
  active: true,
});
const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

const clientOf = (server: Scim, token = 'secret-token') =>
  createScimClient({ baseUrl: server.baseUrl, token, wait: async () => undefined });

async function failure(work: Promise<unknown>): Promise<ScimError> {
  try {
    await work;
  } catch (error) {
    assert.ok(isScimError(error), String(error));
    const told = `${error.message} ${error.detail} ${error.stack} ${String(error.cause)}`;
    assert.ok(!told.includes('secret'), told);
    return error;
  }
  throw new assert.AssertionError({ message: 'It did not fail.' });
}

/** Gives the event loop its turns until something holds; mocha's own limit ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('scimClient', () => {
  it('does not repeat its token when the service does', async () => {
    await using server = await scim(() => ({ status: 401, body: { detail: 'Not good: secret-token.' } }));
    const { detail } = await failure(clientOf(server).listUsers());
    assert.equal(detail, 'Not good: ….');
  });

  it('follows cursors to the end', async () => {
    const all = people(5);
    await using server = await scim((url) => {
      const from = Number(url.searchParams.get('cursor') || 0);
      const next = from + 2 < all.length ? { nextCursor: String(from + 2) } : {};
      return { body: { totalResults: 5, Resources: all.slice(from, from + 2), ...next } };
    });
    const users = await clientOf(server).listUsers();
    assert.deepEqual(
      users.map(({ externalId }) => externalId),
      ['o-0', 'o-1', 'o-2', 'o-3', 'o-4'],
    );
    assert.equal(server.seen[0]!.url.search, '?cursor=&count=100');
    assert.equal(server.seen[0]!.authorization, 'Bearer secret-token');
    assert.equal(server.seen.length, 3);
  });

  it('goes on by index where there is no cursor, also where one is refused', async () => {
    const all = people(120);
    await using server = await scim((url) => {
      if (url.searchParams.has('cursor')) return { status: 400, body: { detail: 'Unparsable.' } };
      const from = Number(url.searchParams.get('startIndex') ?? 1) - 1;
      return { body: { totalResults: 120, Resources: all.slice(from, from + 50) } };
    });
    assert.equal((await clientOf(server).listUsers()).length, 120);
  });

  it('says so when a list is shorter than it claims or never ends', async () => {
    await using short = await scim(() => ({ body: { totalResults: 9, Resources: people(2) } }));
    assert.equal((await failure(clientOf(short).listUsers())).reason, 'malformed');
    await using endless = await scim(() => ({ body: { Resources: [], nextCursor: 'again' } }));
    assert.equal((await failure(clientOf(endless).listGroups())).reason, 'malformed');
  });

  it('ends with one word on a page that comes again under another cursor', async () => {
    let asked = 0;
    await using server = await scim(() => ({
      body: { Resources: people(2), nextCursor: `c${(asked += 1)}` },
    }));
    const error = await failure(clientOf(server).listUsers());
    assert.equal(error.reason, 'malformed');
    assert.equal(asked, 2);
  });

  it('passes over an empty page in the middle', async () => {
    const pages = [people(2), [], [person(7)]];
    await using server = await scim((url) => {
      const at = Number(url.searchParams.get('cursor') || 0);
      return { body: { Resources: pages[at], ...(at < 2 && { nextCursor: String(at + 1) }) } };
    });
    assert.equal((await clientOf(server).listUsers()).length, 3);
  });

  it('asks for the next page before the one in hand is digested', async () => {
    await using server = await scim((url) => {
      const at = Number(url.searchParams.get('cursor') || 0);
      return { body: { Resources: [person(at)], ...(at < 2 && { nextCursor: String(at + 1) }) } };
    });
    const pages = clientOf(server).userPages()[Symbol.asyncIterator]();
    await pages.next();
    await until(() => server.seen.length === 2);
    await pages.return?.();
  });

  it('waits as long as Retry-After says, then goes on, and gives up on a service that never ends', async () => {
    const waited: number[] = [];
    let busy = 2;
    await using server = await scim(() =>
      busy-- > 0
        ? { status: busy === 1 ? 429 : 503, headers: { 'retry-after': String(7 + busy) }, body: {} }
        : { body: { Resources: people(1) } },
    );
    const client = createScimClient({
      baseUrl: server.baseUrl,
      token: 't',
      wait: async (milliseconds) => void waited.push(milliseconds),
    });
    assert.equal((await client.listUsers()).length, 1);
    assert.deepEqual(waited, [8_000, 7_000]);
    busy = 1_000;
    const error = await failure(client.listUsers());
    assert.equal(error.reason, 'throttled');
    assert.ok(error.retryAfter !== undefined);
  });

  it('reads an empty list, groups without members, and active as a word', async () => {
    await using server = await scim((url) =>
      url.pathname.endsWith('/Groups')
        ? { body: { totalResults: 1, Resources: [{ id: 'g', displayName: 'People', members: [] }] } }
        : {
            body: {
              totalResults: 2,
              Resources: [
                { ...person(1), active: 'False' },
                { ...person(2), active: 'True' },
              ],
            },
          },
    );
    const client = clientOf(server);
    assert.deepEqual(await client.listGroups(), [{ id: 'g', displayName: 'People' }]);
    assert.deepEqual(
      (await client.listUsers()).map(({ active }) => active),
      [false, true],
    );
    await using empty = await scim(() => ({ body: { totalResults: 0 } }));
    assert.deepEqual(await clientOf(empty).listUsers(), []);
  });

  it('finds a person by name or object id, with the value quoted', async () => {
    await using server = await scim((url) => {
      const filter = url.searchParams.get('filter');
      if (filter === 'externalId eq "gone"') return { status: 404, body: {} };
      return { body: { totalResults: 0, Resources: filter === 'externalId eq "o-1"' ? [person(1)] : [] } };
    });
    const client = clientOf(server);
    assert.equal((await client.findUserByExternalId('o-1'))?.id, 'id-1');
    assert.equal(await client.findUserByExternalId('gone'), undefined);
    assert.equal(await client.findUserByUserName('a"b'), undefined);
    assert.equal(server.seen.at(-1)!.url.searchParams.get('filter'), 'userName eq "a\\"b"');
  });

  it('follows no redirect', async () => {
    await using other = await scim(() => ({ body: { Resources: [] } }));
    await using server = await scim(() => ({ status: 307, headers: { location: `${other.baseUrl}/Users` } }));
    const error = await failure(clientOf(server).listUsers());
    assert.deepEqual([error.reason, error.status], ['service', 307]);
    assert.equal(other.seen.length, 0);
  });

  it('tells failures apart and keeps the token out of them', async () => {
    const replies: [Reply, string][] = [
      [{ status: 401, body: { detail: 'Not authorized.' } }, 'unauthorized'],
      [{ status: 403, body: {} }, 'unauthorized'],
      [{ status: 404, body: '<html>' }, 'not-found'],
      [{ status: 429, body: {} }, 'throttled'],
      [{ status: 500, body: {} }, 'service'],
      [{ body: '<html>' }, 'malformed'],
      [{ body: { Resources: [{ id: 7 }] } }, 'malformed'],
    ];
    let next = 0;
    await using server = await scim(() => replies[next]![0]);
    for (next = 0; next < replies.length; next += 1) {
      assert.equal((await failure(clientOf(server).listUsers())).reason, replies[next]![1]);
    }
    assert.equal((await failure(clientOf(server, 'secret\ntoken').listUsers())).reason, 'network');
    const gone = createScimClient({ baseUrl: 'http://127.0.0.1:1/scim/v2', token: 'secret' });
    assert.equal((await failure(gone.listUsers())).reason, 'network');
  });

  it('stops with the reason of the signal', async () => {
    const stop = new AbortController();
    await using server = await scim(() => {
      stop.abort();
      return { body: {} };
    });
    const client = createScimClient({ baseUrl: server.baseUrl, token: 't', signal: stop.signal });
    await assert.rejects(client.listUsers(), { name: 'AbortError' });
  });
});
