import assert from 'node:assert/strict';
import { at, instantiate, startGraph } from './support.ts';
import type { Graph } from './support.ts';

describe('sandbox Graph: $batch', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });
  const json = { 'Content-Type': 'application/json' };
  const batch = (requests: unknown[]) => graph.call('POST', '/$batch', { requests });
  const byId = (body: unknown) => {
    const responses = at(body, 'responses') as { id: string; status: number; body?: unknown }[];
    return new Map(responses.map((response) => [response.id, response]));
  };

  it('answers each part for itself, in no order to rely on, under an outer 200', async () => {
    const { status, body } = await batch([
      { id: 'org', method: 'GET', url: '/organization?$select=displayName' },
      { id: 'gone', method: 'GET', url: '/applications/none' },
      { id: 'count', method: 'GET', url: '/groups/$count', headers: { ConsistencyLevel: 'eventual' } },
    ]);
    assert.equal(status, 200);
    const answers = byId(body);
    assert.equal(at(answers.get('org')?.body, 'value/0/displayName'), 'Contoso');
    assert.equal(answers.get('gone')?.status, 404);
    assert.equal(answers.get('count')?.body, '8');
    assert.notEqual(at(body, 'responses/0/id'), 'org');
  });

  it('runs a chain in order and fails what depends on a failure', async () => {
    const { id } = await instantiate(graph);
    const { body } = await batch([
      {
        id: '1',
        method: 'PATCH',
        url: `/applications/${id}`,
        headers: json,
        body: { displayName: 'Renamed' },
      },
      { id: '2', method: 'GET', url: '/applications/none', dependsOn: ['1'] },
      {
        id: '3',
        method: 'PATCH',
        url: `/applications/${id}`,
        headers: json,
        body: { displayName: 'Never' },
        dependsOn: ['2'],
      },
    ]);
    const answers = byId(body);
    assert.deepEqual(
      ['1', '2', '3'].map((one) => answers.get(one)?.status),
      [204, 404, 424],
    );
    assert.equal(graph.state.tenant.applications.get(id)?.['displayName'], 'Renamed');
  });

  it('throttles each part for itself, with a wait of its own', async () => {
    const requests = Array.from({ length: 7 }, (_, index) => ({
      id: String(index),
      method: 'GET',
      url: '/auditLogs/provisioning?$top=1',
    }));
    const { status, headers, body } = await batch(requests);
    assert.equal(status, 200);
    assert.equal(headers.get('retry-after'), null);
    const parts = at(body, 'responses') as { status: number; headers: Record<string, string> }[];
    const refused = parts.filter((part) => part.status === 429);
    assert.equal(refused.length, 2);
    assert.ok(refused.every((part) => Number(part.headers['Retry-After']) > 0));
  });

  it('checks the permission of each part', async () => {
    const requests = [
      { id: '1', method: 'GET', url: '/groups' },
      { id: '2', method: 'GET', url: '/applications' },
    ];
    const answer = await graph.call('POST', '/$batch', { requests }, { scopes: ['Application.Read.All'] });
    const answers = byId(answer.body);
    assert.equal(answers.get('1')?.status, 403);
    assert.equal(answers.get('2')?.status, 200);
  });

  it('refuses a payload that the service refuses', async () => {
    const get = (id: string) => ({ id, method: 'GET', url: '/me' });
    const twentyOne = Array.from({ length: 21 }, (_, index) => get(String(index)));
    for (const requests of [
      twentyOne,
      [],
      [get('a'), get('A')],
      [{ ...get('1'), url: '/v1.0/me' }],
      [{ id: '1', method: 'PATCH', url: '/applications/x', body: {} }],
      [get('1'), get('2'), { ...get('3'), dependsOn: ['1'] }],
      [get('1'), { ...get('2'), dependsOn: ['2'] }],
      [get('1'), { ...get('2'), dependsOn: '1' }],
    ])
      assert.equal((await batch(requests)).status, 400);
    assert.equal((await batch(twentyOne.slice(1))).status, 200);
  });
});
