import assert from 'node:assert/strict';
import { Client } from '@microsoft/microsoft-graph-client';
import { createGraphClient, type GraphClient } from '../../../src/entra/graphClient.ts';
import { isGraphError, type GraphError } from '../../../src/entra/graphError.ts';
import { AuthenticationHandler } from '../../../src/entra/authenticationHandler.ts';
import { Exchange } from '../../../src/entra/exchange.ts';
import { createMeter } from '../../../src/entra/meter.ts';
import { stub } from './graphStub.ts';

const scopes = ['Application.Read.All'];

function clientOf(baseUrl: string, tokens: string[] = ['t-1', 't-2']): GraphClient {
  return createGraphClient({ baseUrl, accessToken: async () => tokens.shift() ?? 'spent' });
}

async function failure(work: Promise<unknown>): Promise<GraphError> {
  try {
    await work;
  } catch (error) {
    assert.ok(isGraphError(error), String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'It did not fail.' });
}

describe('graphClient', () => {
  it('sends method, path, query, body and token, and gives status, body and request id', async () => {
    await using graph = await stub(() => ({ status: 201, body: { id: 'a' } }));
    const answer = await clientOf(graph.baseUrl).send({
      method: 'POST',
      path: "/applications?$filter=startswith(displayName,'a%26b')&$select=id,appId&$count=true",
      body: { displayName: 'Kiro' },
      scopes,
    });
    assert.deepEqual(answer, { status: 201, body: { id: 'a' }, requestId: 'r-1' });
    const [seen] = graph.seen;
    assert.equal(seen!.method, 'POST');
    assert.equal(seen!.authorization, 'Bearer t-1');
    assert.deepEqual(seen!.body, { displayName: 'Kiro' });
    const url = new URL(seen!.path, graph.origin);
    assert.equal(url.pathname, '/v1.0/applications');
    assert.equal(url.searchParams.get('$filter'), "startswith(displayName,'a&b')");
    assert.equal(url.searchParams.get('$select'), 'id,appId');
  });

  it('sends a write that lacks a role once more with a fresh token, and asks for no third', async () => {
    await using graph = await stub(({ authorization }) => ({
      status: authorization === 'Bearer with-role' ? 204 : 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'no role' } },
    }));
    const asked: unknown[] = [];
    let activated = true;
    const client = createGraphClient({
      baseUrl: graph.baseUrl,
      accessToken: async (_scopes, { fresh, interactive }) => {
        asked.push([fresh, interactive]);
        return fresh !== true ? 'cached' : activated ? 'with-role' : 'cached-again';
      },
    });
    const write = () => client.send({ method: 'PATCH', path: '/x', scopes, body: {}, interactive: true });
    assert.equal((await write()).status, 204);
    assert.deepEqual(asked, [
      [undefined, true],
      [true, false],
    ]);
    activated = false;
    assert.equal((await failure(write())).reason, 'permission');
    assert.equal(graph.seen.length, 4);
    await failure(client.send({ method: 'GET', path: '/x', scopes }));
    assert.equal(graph.seen.length, 5, 'a read is not worth a token');
  });

  it('writes once a role is active that was missing before, and reads with tokens that name it', async () => {
    const issued = new Map<string, string>();
    let role = 'no role';
    await using graph = await stub(({ authorization, method }) => ({
      status: method === 'GET' || authorization?.endsWith('role active') ? 200 : 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'no role' } },
    }));
    const client = createGraphClient({
      baseUrl: graph.baseUrl,
      // As MSAL does: what is issued stays in the cache, for its scopes.
      accessToken: async ([scope], { fresh }) => {
        if (fresh === true || !issued.has(scope!)) issued.set(scope!, `${scope} ${role}`);
        return issued.get(scope!)!;
      },
    });
    const write = () => client.send({ method: 'PATCH', path: '/x', scopes: ['write'], body: {} });
    const read = () => client.send({ method: 'GET', path: '/x', scopes: ['read'] });
    await read();
    await failure(write());
    role = 'role active';
    await write();
    await read();
    await read();
    assert.deepEqual(
      graph.seen.map(({ authorization }) => authorization?.replace('Bearer ', '')),
      [
        'read no role',
        'write no role',
        ...['write no role', 'write role active'],
        ...['read role active', 'read role active'],
      ],
    );
  });

  it('sends PATCH, PUT and DELETE, takes 204, and sends no body where there is none', async () => {
    await using graph = await stub(() => ({ status: 204 }));
    const client = clientOf(graph.baseUrl);
    for (const method of ['PATCH', 'PUT', 'DELETE', 'POST'] as const) {
      const body = method === 'PATCH' || method === 'PUT' ? { body: { a: 1 } } : {};
      const answer = await client.send({ method, path: '/x', scopes, ...body });
      assert.equal(answer.body, undefined);
    }
    assert.deepEqual(
      graph.seen.map(({ method, body }) => [method, body]),
      [
        ['PATCH', { a: 1 }],
        ['PUT', { a: 1 }],
        ['DELETE', undefined],
        ['POST', undefined],
      ],
    );
  });

  it('passes a claims challenge to the token source, once', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    await using graph = await stub(() => ({
      status: 401,
      headers: {
        'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
      },
      body: { error: { code: 'InvalidAuthenticationToken', message: 'Continuous access evaluation.' } },
    }));
    const asked: (string | undefined)[] = [];
    const client = createGraphClient({
      baseUrl: graph.baseUrl,
      accessToken: async (_scopes, options) => {
        asked.push(options.claims);
        return 'token';
      },
    });
    const error = await failure(client.send({ method: 'GET', path: '/me', scopes }));
    assert.deepEqual(asked, [undefined, claims]);
    assert.equal(error.reason, 'unauthorized');
    assert.equal(graph.seen.length, 2);
  });

  it('waits and repeats on 429 and 503, on 504 only for a GET', async () => {
    await using graph = await stub(({ path }, nth) =>
      nth === 1
        ? { status: Number(path.slice(-3)), headers: { 'retry-after': '0' } }
        : { body: { ok: true } },
    );
    const client = clientOf(graph.baseUrl, []);
    const codes: number[] = [];
    for (const [method, status] of [
      ['GET', 504],
      ['PATCH', 429],
      ['POST', 503],
    ] as const) {
      graph.seen.length = 0;
      codes.push((await client.send({ method, path: `/${status}`, scopes })).status);
      assert.equal(graph.seen.length, 2);
    }
    assert.deepEqual(codes, [200, 200, 200]);
    graph.seen.length = 0;
    const error = await failure(client.send({ method: 'POST', path: '/504', scopes }));
    assert.equal(error.reason, 'service');
    assert.equal(graph.seen.length, 1);
  });

  it('does not wait longer than is reasonable, and says how long it was asked to', async () => {
    await using graph = await stub(() => ({ status: 429, headers: { 'retry-after': '600' } }));
    const error = await failure(clientOf(graph.baseUrl).send({ method: 'GET', path: '/x', scopes }));
    assert.deepEqual([error.reason, error.retryAfter, graph.seen.length], ['throttled', 600, 1]);
  });

  it('stops waiting when the signal is aborted', async () => {
    const stop = new AbortController();
    await using graph = await stub(() => {
      setImmediate(() => {
        stop.abort();
      });
      return { status: 429, headers: { 'retry-after': '20' } };
    });
    const work = clientOf(graph.baseUrl).send({ method: 'GET', path: '/x', scopes, signal: stop.signal });
    await assert.rejects(work, { name: 'AbortError' });
  });

  it('says what went wrong in the terms of the contract', async () => {
    const cases: [number, string, string, string, string][] = [
      [403, 'Authorization_RequestDenied', 'Insufficient privileges', '/applications', 'permission'],
      [401, 'InvalidAuthenticationToken', 'Access token is empty.', '/applications', 'unauthorized'],
      [401, '', '', '/servicePrincipals/1/synchronization/jobs', 'permission'],
      [404, 'Request_ResourceNotFound', 'Resource does not exist', '/applications/1', 'not-found'],
      [400, 'Request_BadRequest', 'Not a valid reference update', '/x', 'not-found'],
      [400, 'Request_BadRequest', 'Permission being assigned already exists on the object', '/x', 'conflict'],
      [400, 'Request_MultipleObjectsWithSameKeyValue', 'Another object', '/x', 'conflict'],
      [400, 'CannotDeleteOrUpdateEnabledEntitlement', 'Permission', '/x', 'bad-request'],
      [409, 'Conflict', 'x', '/x', 'conflict'],
      [500, 'InternalError', 'x', '/x', 'service'],
      [302, '', '', '/x', 'service'],
    ];
    await using graph = await stub((_seen, nth) => {
      const [status, code, message] = cases[nth - 1]!;
      return { status, headers: { location: 'http://127.0.0.1:9/' }, body: { error: { code, message } } };
    });
    const client = clientOf(graph.baseUrl, []);
    for (const [status, code, , path, reason] of cases) {
      const error = await failure(client.send({ method: 'POST', path, scopes }));
      assert.deepEqual(
        [error.status, error.code, error.reason, error.requestId],
        [status, code, reason, 'r-1'],
      );
    }
  });

  it('calls a body that is not JSON malformed, and a server that is not there the network', async () => {
    await using graph = await stub(() => ({ raw: '{"value": [' }));
    const malformed = await failure(clientOf(graph.baseUrl).send({ method: 'GET', path: '/x', scopes }));
    assert.equal(malformed.reason, 'malformed');
    const gone = await failure(
      clientOf('http://127.0.0.1:1/v1.0').send({ method: 'GET', path: '/x', scopes }),
    );
    assert.deepEqual([gone.reason, gone.status], ['network', 0]);
  });

  it('rejects with what the token source rejected with', async () => {
    const refused = Object.assign(new Error('No.'), { name: 'SignInError', error: { error: 'x' } });
    const client = createGraphClient({
      baseUrl: 'http://127.0.0.1:1/v1.0',
      accessToken: () => Promise.reject(refused),
    });
    await assert.rejects(client.send({ method: 'GET', path: '/x', scopes }), (error) => error === refused);
  });

  it('does not quote a token that no header can carry', async () => {
    const client = clientOf('http://127.0.0.1:1/v1.0', ['secret\ntoken']);
    const error = await failure(client.send({ method: 'GET', path: '/x', scopes }));
    assert.ok(!`${error.stack} ${String(error.cause)}`.includes('secret'));
  });

  it('does not repeat what it sent as a secret, nor a token, when the service does', async () => {
    const token = 'eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.c2ln';
    await using graph = await stub(() => ({
      status: 400,
      body: { error: { code: 'BadRequest', message: `s.e-cret+ and ${token} are not good, s.e-cret+.` } },
    }));
    const error = await failure(
      clientOf(graph.baseUrl).send({
        method: 'PUT',
        path: '/servicePrincipals/1/synchronization/secrets',
        body: {
          value: [
            { key: 'BaseAddress', value: 'good' },
            { key: 'SecretToken', value: 's.e-cret+' },
          ],
        },
        scopes,
      }),
    );
    assert.equal(error.message, '… and … are not good, ….');
  });

  it('never sends a token to another server, whatever the path says', async () => {
    await using other = await stub(() => ({}));
    await using graph = await stub(() => ({}));
    const client = clientOf(graph.baseUrl);
    for (const path of [
      `${other.origin}/v1.0/x`,
      `https://127.0.0.1/v1.0/x`,
      `/x?u=https://127.0.0.1/v1.0/y`,
    ]) {
      const error = await failure(client.send({ method: 'GET', path, scopes }));
      assert.equal(error.reason, 'bad-request');
    }
    assert.deepEqual([other.seen.length, graph.seen.length], [0, 0]);
  });

  it('asks for no token for another server, should an address ever get there', async () => {
    let asked = 0;
    const chain = new AuthenticationHandler('https://graph.microsoft.com', async () => `${asked++}`);
    const library = Client.initWithMiddleware({ middleware: chain });
    const request = library.api('https://graph.microsoft.com.evil.test/v1.0/me');
    await assert.rejects(request.middlewareOptions([new Exchange({ scopes })]).get());
    assert.equal(asked, 0);
  });

  it('counts requests and the longest chain of them', async () => {
    await using graph = await stub(() => ({}));
    const meter = createMeter();
    const client = createGraphClient({ baseUrl: graph.baseUrl, accessToken: async () => 't', meter });
    const get = () => client.send({ method: 'GET', path: '/x', scopes });
    await Promise.all([get(), get(), get()]);
    await get();
    assert.deepEqual([meter.requests, meter.roundTrips], [4, 2]);
  });
});

describe('meter', () => {
  it('takes the longest chain, not the first one', () => {
    const meter = createMeter();
    const long = meter.started();
    for (let i = 0; i < 3; i += 1) meter.started()();
    long();
    assert.deepEqual([meter.requests, meter.roundTrips], [4, 3]);
  });
});
