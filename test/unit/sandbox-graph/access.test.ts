import assert from 'node:assert/strict';
import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, instantiate, rows, startGraph, templateId, withJob } from './support.ts';
import type { Graph } from './support.ts';

const userRole = '18d14569-c3bd-439b-9a66-3a2aee01d14f';

describe('sandbox Graph: permissions, assignments and consent', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });
  const code = (body: unknown) => at(body, 'error/code');

  it('asks for a token of this tenant, with a challenge', async () => {
    const none = await graph.call('GET', '/applications', undefined, { token: '' });
    assert.equal(none.status, 401);
    assert.equal(code(none.body), 'InvalidAuthenticationToken');
    assert.match(none.headers.get('www-authenticate') ?? '', /^Bearer /);
    const bad = await graph.call('GET', '/applications', undefined, { token: 'a.b.c' });
    assert.equal(bad.status, 401);
  });

  it('refuses without the scope, and without the role', async () => {
    const body = { displayName: 'x' };
    const path = `/applicationTemplates/${templateId}/instantiate`;
    for (const options of [{ scopes: ['Application.Read.All'] }, { role: 'Global Reader' }, { role: null }]) {
      const answer = await graph.call('POST', path, body, options);
      assert.equal(answer.status, 403);
      assert.equal(code(answer.body), 'Authorization_RequestDenied');
    }
    for (const role of ['Application Administrator', 'Cloud Application Administrator'])
      assert.equal((await graph.call('POST', path, body, { role })).status, 201);
    assert.equal(graph.state.tenant.applications.size, 2);
  });

  it('answers a sparse 401 for synchronization where scope or role is missing', async () => {
    const { base } = await withJob(graph);
    for (const options of [{ role: 'Global Reader' }, { scopes: ['Application.ReadWrite.All'] }]) {
      const answer = await graph.call('GET', `${base}/jobs`, undefined, options);
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('www-authenticate'), null);
    }
    const scopes = ['Synchronization.Read.All'];
    assert.equal((await graph.call('GET', `${base}/jobs`, undefined, { scopes })).status, 200);
    assert.equal((await graph.call('PUT', `${base}/secrets`, { value: [] }, { scopes })).status, 401);
  });

  it('serves the provisioning log with its permission, to readers too, and only with a licence', async () => {
    const path = '/auditLogs/provisioning';
    assert.equal((await graph.call('GET', path, undefined, { role: 'Global Reader' })).status, 200);
    const without = await graph.call('GET', path, undefined, { scopes: ['Directory.Read.All'] });
    assert.equal(code(without.body), 'Authentication_MSGraphPermissionMissing');
    const free = await startGraph({ premium: false });
    const refused = await free.call('GET', path);
    assert.equal(refused.status, 403);
    assert.equal(code(refused.body), 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
  });

  it('throttles the log after five requests in ten seconds, and says for how long', async () => {
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn++)
      statuses.push((await graph.call('GET', '/auditLogs/provisioning')).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
    const { headers } = await graph.call('GET', '/auditLogs/provisioning');
    const wait = Number(headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 10);
    await graph.state.clock.advance(wait * 1000);
    assert.equal((await graph.call('GET', '/auditLogs/provisioning')).status, 200);
  });

  it('assigns a group once, with a role that the application has', async () => {
    const { sp } = await instantiate(graph);
    const path = `/servicePrincipals/${sp}/appRoleAssignedTo`;
    const assign = (principalId: string, appRoleId = userRole) =>
      graph.call('POST', path, { principalId, resourceId: sp, appRoleId });
    const made = await assign(groupId('Kiro users'));
    assert.equal(made.status, 201);
    assert.equal(at(made.body, 'principalType'), 'Group');
    assert.equal(at(made.body, 'principalDisplayName'), 'Kiro users');
    const again = await assign(groupId('Kiro users'));
    assert.equal(again.status, 400);
    assert.match(String(at(again.body, 'error/message')), /^Permission being assigned already exists/);
    assert.equal((await assign(userId('ada'), '00000000-0000-0000-0000-000000000000')).status, 400);
    assert.equal((await assign(groupId('Announcements'))).status, 400);
    assert.equal((await assign('99999999-9999-4999-8999-999999999999')).status, 404);
    const listed = await graph.call('GET', path);
    assert.equal(rows(listed.body).length, 1);
    assert.equal((await graph.call('DELETE', `${path}/${String(at(made.body, 'id'))}`)).status, 204);
    assert.equal(rows((await graph.call('GET', path)).body).length, 0);
  });

  it('keeps one grant for a client and a resource, extended by PATCH', async () => {
    const { sp } = await instantiate(graph);
    const grant = {
      clientId: sp,
      consentType: 'AllPrincipals',
      resourceId: sp,
      scope: 'codewhisperer:completions',
    };
    const made = await graph.call('POST', '/oauth2PermissionGrants', grant);
    assert.equal(made.status, 201);
    assert.equal((await graph.call('POST', '/oauth2PermissionGrants', grant)).status, 409);
    const path = `/oauth2PermissionGrants/${String(at(made.body, 'id'))}`;
    assert.equal((await graph.call('PATCH', path, { scope: 'a b' })).status, 204);
    const listed = await graph.call('GET', `/oauth2PermissionGrants?$filter=clientId eq '${sp}'`);
    assert.deepEqual(
      rows(listed.body).map((row) => row['scope']),
      ['a b'],
    );
    assert.equal((await graph.call('DELETE', path)).status, 204);
  });

  it('says plainly what it does not emulate', async () => {
    const answer = await graph.call('GET', '/deviceManagement/managedDevices');
    assert.equal(answer.status, 501);
    assert.match(String(at(answer.body, 'error/message')), /deviceManagement/);
  });
});
