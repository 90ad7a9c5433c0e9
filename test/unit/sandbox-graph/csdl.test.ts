import assert from 'node:assert/strict';
import { faultsOf } from '../../csdl/check.ts';
import { graphSchema } from '../../csdl/edm.ts';
import type { Edm } from '../../csdl/edm.ts';
import { watchAnswers } from '../../csdl/watch.ts';
import { startGraph } from './support.ts';

describe("Microsoft Graph's schema", () => {
  let edm: Edm;
  before(function () {
    const schema = graphSchema();
    if (schema) edm = schema;
    else {
      console.log("  Left out: Microsoft Graph's schema isn't beside the project.");
      this.skip();
    }
  });

  const id = '1c9e4a52-30d5-4b6f-9c1e-0d6a4f5b7a10';
  const faults = (path: string, body: object, method = 'GET', status = 200) =>
    faultsOf(
      {
        method,
        path: `/v1.0${path}`,
        status,
        contentType: 'application/json',
        body: JSON.stringify({ '@odata.context': 'https://graph.test/v1.0/$metadata#x', ...body }),
      },
      edm,
    ).length;

  it('is content with what Graph answers', () => {
    for (const [path, body] of [
      ['/users/ada@contoso.com', { id, displayName: 'Ada', accountEnabled: null, businessPhones: [] }],
      [
        '/users?$expand=manager',
        { value: [{ id, manager: { '@odata.type': '#microsoft.graph.user', id } }] },
      ],
      [
        '/groups/x/members',
        { value: [{ '@odata.type': '#microsoft.graph.group', id, securityEnabled: true }] },
      ],
      ['/groups/x/members/microsoft.graph.user', { value: [{ id, mail: 'a@contoso.com' }] }],
      ["/applications(appId='x')", { id, api: { requestedAccessTokenVersion: 2 } }],
      [
        '/servicePrincipals/x/synchronization/jobs/scim.a.b',
        { id, schedule: { interval: 'PT40M', state: 'Active' } },
      ],
      ['/groups/delta', { value: [{ id, '@removed': { reason: 'changed' }, 'members@delta': [{ id }] }] }],
    ] as const)
      assert.equal(faults(path, body), 0, path);
    assert.equal(faults('/users/x/checkMemberGroups', { value: [id] }, 'POST'), 0);
    assert.equal(faults('/groups', { id, displayName: 'New' }, 'POST', 201), 0);
  });

  it('finds a property, a type, a member, a relation and a path that Graph lacks', () => {
    for (const [path, body] of [
      ['/users/x', { id, nickname: 'ada' }],
      ['/users/x', { id, accountEnabled: 'true' }],
      ['/users/x', { id, createdDateTime: 'yesterday' }],
      ['/users/x', { id, businessPhones: '+44' }],
      ['/users/x', { id, manager: { id } }],
      ['/users', { id }],
      ['/applications/x', { id, api: { requestedAccessTokenVersion: '2' } }],
      ['/applications/x', { id, appRoles: [{ id: 'User' }] }],
      ['/groups/x/members', { value: [{ id, displayName: 'untyped' }] }],
      ['/groups/x/members', { value: [{ '@odata.type': '#microsoft.graph.planner', id }] }],
      ['/servicePrincipals/x/synchronization/jobs/y', { id, schedule: { state: 'Running' } }],
      ['/persons', { value: [] }],
      ['/users/x/friends', { value: [] }],
    ] as const)
      assert.notEqual(faults(path, body), 0, JSON.stringify(body));
    assert.notEqual(faults('/users/x', {}, 'GET', 404), 0);
  });

  it('is held against every answer of a sandbox in this process', async () => {
    const watch = watchAnswers(edm);
    const graph = await startGraph();
    await graph.call('GET', '/groups');
    await graph.call('POST', '/$batch', { requests: [{ id: '1', method: 'GET', url: '/users' }] });
    assert.equal(watch.seen(), 3);
    assert.deepEqual(await watch.end(), []);
  });
});
