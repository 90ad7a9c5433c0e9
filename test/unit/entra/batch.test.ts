import assert from 'node:assert/strict';
import { readBatch, readOne, type GraphRead } from '../../../src/entra/batch.ts';
import { createGraphClient } from '../../../src/entra/graphClient.ts';
import { groupById, groupMembers } from '../../../src/entra/groups.ts';
import { synchronizationJobs } from '../../../src/entra/synchronization.ts';
import { stub, type Reply, type Seen, type Stub } from './graphStub.ts';

interface Inner {
  readonly id: string;
  readonly url: string;
}

function innersOf(seen: Seen): Inner[] {
  return (seen.body as { requests: Inner[] }).requests;
}

/** A stub of `$batch` that answers each inner request by its url, out of order as Graph may. */
function batchStub(answer: (url: string, nth: number) => Reply): Promise<Stub> {
  return stub((seen, nth) => ({
    body: {
      responses: innersOf(seen)
        .map(({ id, url }) => ({ id, status: 200, ...answer(url, nth) }))
        .reverse(),
    },
  }));
}

const client = ({ baseUrl }: Stub) => createGraphClient({ baseUrl, accessToken: async () => 'token' });
const name: GraphRead<string> = {
  path: '/name',
  scopes: ['User.Read'],
  parse: (body) => (body as { name: string }).name,
};

describe('readBatch', () => {
  it('asks for everything in one request and tells the answers apart', async () => {
    await using graph = await batchStub((url) =>
      url.startsWith('/name')
        ? { body: { name: 'Kiro' } }
        : { body: { id: 'g', displayName: 'People', securityEnabled: true } },
    );
    const [first, second] = await readBatch(client(graph), [name, groupById('g')], { now: () => 7 });
    assert.deepEqual(first, { ok: true, value: 'Kiro', at: 7 });
    assert.ok(second.ok);
    assert.equal(second.value?.displayName, 'People');
    assert.equal(graph.seen.length, 1);
    assert.equal(graph.seen[0]!.path, '/v1.0/$batch');
  });

  it('keeps a failure to the read that failed', async () => {
    await using graph = await batchStub((url) => {
      if (url.startsWith('/name')) return { body: { name: 'Kiro' } };
      if (url.startsWith('/servicePrincipals')) return { status: 401, body: {} };
      return {
        status: 404,
        body: { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } },
      };
    });
    const results = await readBatch(client(graph), [
      name,
      groupById('gone'),
      synchronizationJobs('sp'),
      { ...name, path: '/other' },
    ]);
    assert.deepEqual(
      results.map((result) => (result.ok ? result.value : result.error.reason)),
      ['Kiro', undefined, 'permission', 'not-found'],
    );
  });

  it('calls a body of another shape and an answer left out malformed', async () => {
    await using graph = await stub((seen) => ({
      body: {
        responses: innersOf(seen)
          .slice(1)
          .map(({ id }) => ({ id, status: 200, body: { value: 'no list' } })),
      },
    }));
    const results = await readBatch(client(graph), [name, groupMembers('g'), synchronizationJobs('sp')]);
    assert.deepEqual(
      results.map((result) => !result.ok && result.error.reason),
      ['malformed', 'malformed', 'malformed'],
    );
  });

  it('asks once more for what was throttled, and for that alone', async () => {
    await using graph = await batchStub((url, nth) =>
      url === '/busy' && nth === 1
        ? { status: 429, headers: { 'Retry-After': '0' }, body: { error: { code: 'TooManyRequests' } } }
        : { body: { name: url } },
    );
    const results = await readBatch(client(graph), [name, { ...name, path: '/busy' }]);
    assert.deepEqual(
      results.map((result) => result.ok && result.value),
      ['/name', '/busy'],
    );
    assert.deepEqual(
      graph.seen.map((seen) => innersOf(seen).map(({ url }) => url)),
      [['/name', '/busy'], ['/busy']],
    );
  });

  it('asks once more for what was refused where a person waits, with a token from outside the cache', async () => {
    const tokens: (boolean | undefined)[] = [];
    await using graph = await batchStub((url, nth) =>
      url.startsWith('/name') ? { body: { name: 'Kiro' } } : { status: nth === 0 ? 401 : 403, body: {} },
    );
    const refused = createGraphClient({
      baseUrl: graph.baseUrl,
      accessToken: async (_scopes, { fresh }) => {
        tokens.push(fresh);
        return 'token';
      },
    });
    const reads = [name, synchronizationJobs('s')] as const;
    const [, jobs] = await readBatch(refused, reads, { interactive: true });
    assert.ok(!jobs.ok);
    assert.deepEqual(
      graph.seen.map((seen) => innersOf(seen).length),
      [2, 1],
    );
    assert.deepEqual(tokens, [undefined, true]);
    await readBatch(refused, reads);
    assert.equal(graph.seen.length, 3, 'nobody waits: asked once');
  });

  it('gives every read the failure of the whole batch', async () => {
    await using graph = await stub(() => ({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    }));
    const results = await readBatch(client(graph), [name, name]);
    assert.deepEqual(
      results.map((result) => !result.ok && result.error.reason),
      ['permission', 'permission'],
    );
  });

  it('rejects when no token can be had', async () => {
    const refused = new Error('Signed out.');
    const signedOut = createGraphClient({
      baseUrl: 'http://127.0.0.1:1/v1.0',
      accessToken: () => Promise.reject(refused),
    });
    await assert.rejects(readBatch(signedOut, [name]), (error) => error === refused);
  });

  it('follows next pages of several lists in one further request', async () => {
    await using graph = await batchStub((url) => {
      const group = url.split('/')[2]!;
      const page = Number(new URL(url, 'http://x').searchParams.get('$skiptoken') ?? 1);
      const last = group === 'long' ? 3 : 2;
      return {
        body: {
          value: [{ '@odata.type': '#microsoft.graph.user', id: `${group}-${page}` }],
          ...(page < last && {
            '@odata.nextLink': `${graph.baseUrl}/groups/${group}/members?$skiptoken=${page + 1}`,
          }),
        },
      };
    });
    const [long, short] = await readBatch(client(graph), [groupMembers('long'), groupMembers('short')]);
    assert.ok(long.ok && short.ok);
    assert.deepEqual(
      [...long.value, ...short.value].map(({ id, type }) => `${id} ${type}`),
      ['long-1 user', 'long-2 user', 'long-3 user', 'short-1 user', 'short-2 user'],
    );
    assert.equal(graph.seen.length, 3);
  });

  it('sends no token after a next link to another server', async () => {
    await using other = await stub(() => ({ body: { value: [] } }));
    await using graph = await batchStub(() => ({
      body: { value: [], '@odata.nextLink': `${other.baseUrl}/groups/g/members?$skiptoken=2` },
    }));
    const [result] = await readBatch(client(graph), [groupMembers('g')]);
    assert.ok(!result.ok);
    assert.equal(result.error.reason, 'malformed');
    assert.equal(other.seen.length, 0);
    await using bare = await stub(() => ({
      body: { value: [], '@odata.nextLink': `${graph.baseUrl}.evil.test/x` },
    }));
    await assert.rejects(readOne(client(bare), groupMembers('g')), { reason: 'malformed' });
  });

  it('splits more than twenty reads', async () => {
    await using graph = await batchStub((url) => ({ body: { name: url } }));
    const reads = Array.from({ length: 45 }, (_, i): GraphRead<string> => ({ ...name, path: `/${i}` }));
    const results = await readBatch(client(graph), reads);
    assert.deepEqual(
      results.map((result) => result.ok && result.value),
      reads.map(({ path }) => path),
    );
    assert.deepEqual(graph.seen.map((seen) => innersOf(seen).length).sort(), [20, 20, 5]);
  });
});

describe('readOne', () => {
  it('reads without a batch, follows pages, and takes a 404 for absent', async () => {
    await using graph = await stub(({ path }) => {
      if (path.startsWith('/v1.0/groups/gone?')) return { status: 404, body: { error: { code: 'x' } } };
      return path.includes('skiptoken')
        ? { body: { value: [{ id: 'b' }] } }
        : {
            body: {
              value: [{ id: 'a' }],
              '@odata.nextLink': `${graph.baseUrl}/groups/g/members?$skiptoken=2`,
            },
          };
    });
    const members = await readOne(client(graph), groupMembers('g'));
    assert.deepEqual(
      members.map(({ id }) => id),
      ['a', 'b'],
    );
    assert.equal(await readOne(client(graph), groupById('gone')), undefined);
    assert.equal(graph.seen.length, 3);
  });
});
