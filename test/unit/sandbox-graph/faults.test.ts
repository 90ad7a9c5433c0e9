import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createFaults } from '../../../src/sandbox/control/faults.ts';
import { at, instantiate, startGraph, templateId, text } from './support.ts';
import type { Graph } from './support.ts';

describe('sandbox Graph: faults by script', () => {
  const faults = createFaults();
  let graph: Graph;
  let id: string;
  beforeEach(async () => {
    faults.clear();
    graph = await startGraph({ onRequest: faults.middleware('graph') });
    id = (await instantiate(graph)).id;
  });
  const arm = (fault: Record<string, unknown>) => faults.add({ server: 'graph', path: '.', ...fault });
  const rename = (displayName: string) => graph.call('PATCH', `/applications/${id}`, { displayName });
  const name = () => graph.state.tenant.applications.get(id)?.['displayName'];

  it('fails any operation the Nth time, so many times', async () => {
    arm({
      method: 'PATCH',
      path: '/applications/',
      nth: 2,
      times: 2,
      status: 503,
      code: 'serviceNotAvailable',
    });
    const answers = [await rename('1'), await rename('2'), await rename('3'), await rename('4')];
    assert.deepEqual(
      answers.map((answer) => answer.status),
      [204, 503, 503, 204],
    );
    assert.equal(at(answers[1]?.body, 'error/code'), 'serviceNotAvailable');
    assert.equal(
      (await graph.call('GET', `/applications/${id}`)).status,
      200,
      'another method is left alone',
    );
  });

  it('strikes before the request takes effect, or after it', async () => {
    arm({ method: 'PATCH', status: 500 });
    assert.equal((await rename('before')).status, 500);
    assert.equal(name(), 'Kiro-Entra');
    faults.clear();
    arm({ method: 'PATCH', status: 500, when: 'after' });
    assert.equal((await rename('after')).status, 500);
    assert.equal(name(), 'after');
  });

  it('lets instantiate answer 404 although it created the application', async () => {
    arm({ path: 'instantiate', status: 404, code: 'Request_ResourceNotFound', when: 'after' });
    const { status, body } = await graph.call('POST', `/applicationTemplates/${templateId}/instantiate`, {
      displayName: 'Unseen',
    });
    assert.equal(status, 404);
    assert.equal(at(body, 'error/code'), 'Request_ResourceNotFound');
    const names = [...graph.state.tenant.applications.values()].map((one) => one['displayName']);
    assert.deepEqual(names, ['Kiro-Entra', 'Unseen']);
  });

  it('writes an error as the faulted server writes its own', async () => {
    const error = async (server: 'scim' | 'login') => {
      const app = new Hono().use(faults.middleware(server)).get('/', (c) => c.text('well'));
      faults.add({ server, path: '.', status: 429 });
      return app.request('http://any.test/');
    };
    const scim = await error('scim');
    assert.equal(scim.headers.get('content-type'), 'application/scim+json');
    const body: unknown = await scim.json();
    assert.deepEqual(
      [at(body, 'status'), at(body, 'schemas/0')],
      ['429', 'urn:ietf:params:scim:api:messages:2.0:Error'],
    );
    assert.equal(at(await (await error('login')).json(), 'error'), 'temporarily_unavailable');
  });

  it('answers with a body and headers of its own', async () => {
    arm({ status: 429, headers: { 'Retry-After': '7' }, body: { error: { code: 'x', message: 'y' } } });
    const { status, headers, body } = await graph.call('GET', '/organization');
    assert.deepEqual([status, headers.get('retry-after')], [429, '7']);
    assert.deepEqual(body, { error: { code: 'x', message: 'y' } });
  });

  it('only delays, before the effect or after it', async () => {
    for (const when of ['before', 'after']) {
      faults.clear();
      arm({ method: 'PATCH', delayMs: 40, when });
      const began = performance.now();
      const answer = rename(when);
      assert.equal((await answer).status, 204);
      assert.ok(performance.now() - began >= 39);
      assert.equal(name(), when);
    }
  });

  it('strikes single parts of a batch, in each of its ways', async () => {
    arm({ method: 'PATCH', nth: 2, status: 503, when: 'after' });
    arm({ path: '/organization', malformed: true });
    arm({ path: '/domains', drop: true });
    const requests = [
      { id: 'first', method: 'PATCH', url: `/applications/${id}`, body: { notes: 'first' } },
      { id: 'second', method: 'PATCH', url: `/applications/${id}`, body: { notes: 'second' } },
      { id: 'broken', method: 'GET', url: '/organization' },
      { id: 'dropped', method: 'GET', url: '/domains' },
      { id: 'well', method: 'GET', url: `/applications/${id}` },
    ].map((part) => ({ ...part, headers: { 'Content-Type': 'application/json' } }));
    const { status, body } = await graph.call('POST', '/$batch', { requests });
    assert.equal(status, 200);
    const responses = at(body, 'responses') as { id: string; status: number; body: unknown }[];
    const statuses = Object.fromEntries(responses.map((one) => [one.id, one.status]));
    assert.deepEqual(statuses, { first: 204, second: 503, broken: 200, dropped: 504, well: 200 });
    assert.equal(typeof responses.find((one) => one.id === 'broken')?.body, 'string');
    assert.equal(graph.state.tenant.applications.get(id)?.['notes'], 'second', 'its answer was lost, not it');
  });

  it('breaks off a body, and drops a connection before or after the effect', async () => {
    let reached = 0;
    const app = new Hono();
    app.use(faults.middleware('scim'));
    app.post('/Users', (c) => {
      reached++;
      return c.json({});
    });
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const post = () => fetch(`http://127.0.0.1:${port}/Users`, { method: 'POST' });
    faults.add({ server: 'scim', path: '/Users', drop: true });
    await assert.rejects(post());
    assert.equal(reached, 0);
    faults.clear();
    faults.add({ server: 'scim', path: '/Users', drop: true, when: 'after' });
    await assert.rejects(post());
    assert.equal(reached, 1);
    faults.clear();
    faults.add({ server: 'scim', path: '/Users', malformed: true });
    await assert.rejects((await post()).json());
    server.close();
  });

  it('tells what is armed, how often it matched, and refuses what it can’t read', async () => {
    arm({ path: '/organization', nth: 9, status: 500 });
    await graph.call('GET', '/organization');
    assert.equal(faults.list()[0]?.seen, 1);
    assert.throws(() => arm({ path: '(' }));
    assert.throws(() => arm({ statsu: 500 }));
    assert.equal(text(faults.list()[0], 'fault/path'), '/organization');
  });
});
