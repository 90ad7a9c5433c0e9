import assert from 'node:assert/strict';
import { Hono } from 'hono';
import type { Caller, GraphEnv } from '../../../src/sandbox/graph/context.ts';
import { directoryThrottle } from '../../../src/sandbox/graph/directoryThrottle.ts';
import { requestCost } from '../../../src/sandbox/graph/requestCost.ts';
import { at, instantiate, rows, startGraph } from './support.ts';

const cost = (line: string) => {
  const [method = '', address = ''] = line.split(' ');
  const url = new URL(address, 'http://graph.test');
  return requestCost(method, url.pathname, url.searchParams);
};

const caller: Caller = {
  objectId: 'ada',
  clientId: '',
  isApp: false,
  isGuest: false,
  permissions: new Set(),
  roleTemplateIds: [],
};

describe('sandbox Graph: throttling', () => {
  it('counts resource units as the documents list them', () => {
    const units = (line: string) => cost(line)?.resourceUnits;
    assert.equal(units('GET /applications'), 2);
    assert.equal(units('GET /applications/1'), 1);
    assert.equal(units('GET /users?$top=100'), 2);
    assert.equal(units('GET /users?$top=19'), 1);
    assert.equal(units('GET /users?$select=id'), 1);
    assert.equal(units('GET /users?$select=id&$top=5'), 1, 'never less than one');
    assert.equal(units('GET /users?$expand=manager'), 3);
    assert.equal(units('GET /groups/1/members'), 3);
    assert.equal(units('GET /groups/1/members/microsoft.graph.user?$select=id'), 2);
    assert.equal(units('GET /groups/1/transitiveMembers'), 5);
    assert.equal(units('GET /me/transitiveMemberOf/microsoft.graph.directoryRole'), 2);
    assert.equal(units('GET /subscribedSkus'), 3);
    assert.equal(units('POST /users/1/checkMemberGroups'), 4);
    assert.equal(units('GET /servicePrincipals/1/synchronization/jobs'), undefined, 'a service of its own');
    assert.equal(units('GET /auditLogs/provisioning'), undefined, 'a service of its own');
  });

  it('counts as a write what changes something', () => {
    assert.equal(cost('PATCH /applications/1')?.isWrite, true);
    assert.equal(cost('DELETE /applications/1')?.isWrite, true);
    assert.equal(cost('POST /oauth2PermissionGrants')?.isWrite, true);
    assert.equal(cost('POST /users/1/checkMemberGroups')?.isWrite, false);
    assert.equal(cost('GET /applications')?.isWrite, false);
  });

  it('tells the cost, warns from four fifths on, and refuses until the bucket has filled again', async () => {
    const graph = await startGraph({ limits: { resourceUnits: 10 } });
    const read = () => graph.call('GET', '/users');
    const warnings: (string | null)[] = [];
    for (let n = 0; n < 5; n++) {
      const { status, headers } = await read();
      assert.equal(status, 200);
      assert.equal(headers.get('x-ms-resource-unit'), '2');
      warnings.push(headers.get('x-ms-throttle-limit-percentage'));
    }
    assert.deepEqual(warnings.slice(0, 4), [null, null, null, null]);
    assert.ok(Number(warnings[4]) > 0.8 && Number(warnings[4]) <= 1, `warned by ${String(warnings[4])}`);
    const refused = await read();
    assert.equal(refused.status, 429);
    assert.match(refused.headers.get('retry-after') ?? '', /^[12]$/);
    assert.equal(refused.headers.get('x-ms-throttle-information'), 'ResourceUnitLimitExceeded');
    assert.match(
      refused.headers.get('x-ms-throttle-scope') ?? '',
      new RegExp(`^Tenant_Application/ReadWrite/[0-9a-f-]{36}/${graph.state.tenant.id}$`),
    );
    await graph.state.clock.advance(2_000);
    assert.equal((await read()).status, 200);
  });

  it('counts each part of a batch for itself, under an outer 200', async () => {
    const graph = await startGraph({ limits: { resourceUnits: 6 } });
    const requests = ['1', '2', '3', '4'].map((id) => ({ id, method: 'GET', url: '/users' }));
    const { status, body } = await graph.call('POST', '/$batch', { requests });
    assert.equal(status, 200);
    const responses = at(body, 'responses') as { status: number; headers: Record<string, string> }[];
    assert.deepEqual(responses.map((one) => one.status).sort(), [200, 200, 200, 429]);
    const refused = responses.find((one) => one.status === 429);
    assert.ok(Number(refused?.headers['Retry-After']) >= 1);
  });

  it('counts the applications of a tenant apart', async () => {
    const { state } = await startGraph();
    const app = new Hono<GraphEnv>();
    app.use(async (c, next) => {
      c.set('caller', { ...caller, clientId: c.req.header('client') ?? '' });
      await next();
    });
    app.use(directoryThrottle(state, { resourceUnits: 1 }));
    app.get('/applications', (c) => c.text('ok'));
    app.onError((_error, c) => c.text('refused', 429));
    const read = async (client: string) =>
      (await app.request('/applications', { headers: { client } })).status;
    assert.deepEqual([await read('one'), await read('one'), await read('other')], [200, 429, 200]);
  });

  it('lets reads through when only the writes are used up', async () => {
    const graph = await startGraph({ limits: { writes: 2 } });
    const app = await instantiate(graph);
    const write = () => graph.call('PATCH', `/applications/${app.id}`, { notes: 'x' });
    assert.equal((await write()).status, 204);
    const refused = await write();
    assert.equal(refused.status, 429);
    assert.equal(refused.headers.get('x-ms-throttle-information'), 'WriteLimitExceeded');
    assert.equal((await graph.call('GET', `/applications/${app.id}`)).status, 200);
    await graph.state.clock.advance(75_000);
    assert.equal((await write()).status, 204);
  });

  it('answers five requests for reports in ten seconds', async () => {
    const graph = await startGraph();
    const read = () => graph.call('GET', '/auditLogs/provisioning');
    for (let n = 0; n < 5; n++) assert.deepEqual(rows((await read()).body), []);
    const refused = await read();
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) >= 1);
    await graph.state.clock.advance(10_000);
    assert.equal((await read()).status, 200);
  });
});
