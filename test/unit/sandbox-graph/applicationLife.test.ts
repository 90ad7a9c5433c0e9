import assert from 'node:assert/strict';
import { dumpState } from '../../../src/sandbox/control/dump.ts';
import { findClient } from '../../../src/sandbox/login/clients.ts';
import { userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, instantiate, rows, startGraph, text, withJob } from './support.ts';
import type { Graph } from './support.ts';

const day = 24 * 3_600_000;
const bin = '/directory/deletedItems';
const inBin = (type: string) => `${bin}/microsoft.graph.${type}`;

describe('sandbox Graph: an application’s life', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });
  const ids = async (path: string) => column((await graph.call('GET', path)).body, 'id');
  const status = async (method: string, path: string, body?: unknown) =>
    (await graph.call(method, path, body)).status;

  it('bins a deleted application with its service principal, and ends what hung on that', async () => {
    const { id, sp } = await withJob(graph);
    assert.equal(await status('DELETE', `/applications/${id}`), 204);
    assert.deepEqual(await ids(inBin('application')), [id]);
    assert.deepEqual(await ids(inBin('servicePrincipal')), [sp]);
    assert.equal(await status('GET', `/servicePrincipals/${sp}`), 404);
    assert.equal(graph.state.tenant.synchronization.get(sp), undefined);
    const { body } = await graph.call('GET', `${bin}/${id}`);
    assert.equal(at(body, '@odata.type'), '#microsoft.graph.application');
    assert.ok(Date.parse(text(body, 'deletedDateTime')) <= graph.state.clock.now());
  });

  it('restores each for itself, the application first, and without its job', async () => {
    const { id, sp, base } = await withJob(graph);
    await graph.call('DELETE', `/applications/${id}`);
    assert.equal(await status('POST', `${bin}/${sp}/restore`), 400, 'there is no application for it');
    const restored = await graph.call('POST', `${bin}/${id}/restore`);
    assert.deepEqual([restored.status, at(restored.body, 'deletedDateTime')], [200, null]);
    assert.equal(await status('GET', `/applications/${id}`), 200);
    assert.equal(await status('GET', `/servicePrincipals/${sp}`), 404);
    assert.equal(await status('POST', `${bin}/${sp}/restore`), 200);
    assert.deepEqual(rows((await graph.call('GET', `${base}/jobs`)).body), []);
    assert.deepEqual(await ids(inBin('application')), []);
  });

  it('keeps the ID URI of a deleted application from others until it is deleted for good', async () => {
    const [first, second] = [await instantiate(graph), await instantiate(graph)];
    const uri = { identifierUris: [`api://${graph.state.tenant.id}/kiro`] };
    assert.equal(await status('PATCH', `/applications/${first.id}`, uri), 204);
    await graph.call('DELETE', `/applications/${first.id}`);
    const refused = await graph.call('PATCH', `/applications/${second.id}`, uri);
    assert.equal(at(refused.body, 'error/code'), 'Request_MultipleObjectsWithSameKeyValue');
    assert.equal(await status('DELETE', `${bin}/${first.id}`), 204);
    assert.equal(await status('DELETE', `${bin}/${first.id}`), 404);
    assert.equal(await status('PATCH', `/applications/${second.id}`, uri), 204);
  });

  it('purges after thirty days', async () => {
    const { id } = await instantiate(graph);
    await graph.call('DELETE', `/applications/${id}`);
    await graph.state.clock.advance(30 * day - 60_000);
    assert.deepEqual(await ids(inBin('application')), [id]);
    await graph.state.clock.advance(60_000);
    assert.deepEqual(await ids(inBin('application')), []);
    assert.equal(await status('POST', `${bin}/${id}/restore`), 404);
  });

  it('adds, lists and removes owners of both objects', async () => {
    const { id, sp } = await instantiate(graph);
    const ada = userId('ada');
    const owner = (objectId: string) => ({
      '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${objectId}`,
    });
    for (const path of [`/applications/${id}/owners`, `/servicePrincipals/${sp}/owners`]) {
      assert.deepEqual(await ids(path), []);
      assert.equal(await status('POST', `${path}/$ref`, owner(ada)), 204);
      const twice = await graph.call('POST', `${path}/$ref`, owner(ada));
      assert.match(text(twice.body, 'error/message'), /already exist/);
      assert.equal(await status('POST', `${path}/$ref`, owner(id)), 404, 'an application owns nothing');
      assert.equal(await status('POST', `${path}/$ref`, { '@odata.id': 'ada' }), 400);
      assert.deepEqual(await ids(path), [ada]);
      assert.equal(await status('DELETE', `${path}/${ada}/$ref`), 204);
      assert.equal(await status('DELETE', `${path}/${ada}/$ref`), 404);
    }
  });

  it('tells a client secret once, and lets the sign-in check it', async () => {
    const { id, appId } = await instantiate(graph);
    const { body } = await graph.call('POST', `/applications/${id}/addPassword`, {
      passwordCredential: { displayName: 'deploy' },
    });
    const secret = text(body, 'secretText');
    assert.equal(findClient(graph.state.tenant, appId).secrets[0]?.text, secret);
    for (const path of [`/applications/${id}`, '/applications', `/applications(appId='${appId}')`]) {
      const read = JSON.stringify((await graph.call('GET', path)).body);
      assert.ok(read.includes('"deploy"') && !read.includes(secret));
    }
    assert.ok(!JSON.stringify(dumpState(graph.state)).includes(secret));
    const keyId = text(body, 'keyId');
    const patched = { passwordCredentials: [] };
    assert.equal(await status('PATCH', `/applications/${id}`, patched), 400, 'not by PATCH');
    assert.equal(await status('POST', `/applications/${id}/removePassword`, { keyId }), 204);
    assert.equal(await status('POST', `/applications/${id}/removePassword`, { keyId }), 400);
    assert.deepEqual(findClient(graph.state.tenant, appId).secrets, []);
  });

  it('refuses more than a thousand entries in all collections together', async () => {
    const { id } = await instantiate(graph);
    const tags = (count: number) => ({ tags: Array.from({ length: count }, (_none, n) => `tag${n}`) });
    assert.equal(await status('PATCH', `/applications/${id}`, tags(900)), 204);
    const { body } = await graph.call('PATCH', `/applications/${id}`, tags(1_001));
    assert.equal(at(body, 'error/code'), 'Directory_ResourceSizeExceeded');
  });

  it('takes a scope as pre-authorised only when it is there already, and keeps it there', async () => {
    const { id, scope } = await instantiate(graph);
    const one = { ...scope, id: '11111111-1111-4111-8111-111111111111', value: 'one' };
    const scopes = { oauth2PermissionScopes: [scope, one] };
    const client = { appId: '22222222-2222-4222-8222-222222222222', delegatedPermissionIds: [one.id] };
    const preAuthorized = { preAuthorizedApplications: [client] };
    const patch = (api: unknown) => status('PATCH', `/applications/${id}`, { api });
    assert.equal(await patch({ ...scopes, ...preAuthorized }), 400, 'not both in one request');
    assert.equal(await patch(scopes), 204);
    assert.equal(await patch(preAuthorized), 204);
    assert.equal(await patch({ oauth2PermissionScopes: [scope, { ...one, isEnabled: false }] }), 204);
    assert.equal(await patch({ oauth2PermissionScopes: [scope] }), 400, 'it is still pre-authorised');
    assert.equal(await patch({ preAuthorizedApplications: [] }), 204);
    assert.equal(await patch({ oauth2PermissionScopes: [scope] }), 204);
  });

  it('lets a service principal be switched off and opened to everyone, which sign-ins notice', async () => {
    const { sp, appId } = await instantiate(graph);
    const path = `/servicePrincipals/${sp}`;
    assert.equal(await status('PATCH', path, { appRoleAssignmentRequired: false, tags: ['mine'] }), 204);
    assert.equal(findClient(graph.state.tenant, appId).assignmentRequired, false);
    assert.equal(await status('PATCH', path, { accountEnabled: 'no' }), 400);
    assert.equal(await status('PATCH', path, { accountEnabled: false }), 204);
    assert.throws(() => findClient(graph.state.tenant, appId), /7000112/);
    assert.deepEqual(at((await graph.call('GET', path)).body, 'tags'), ['mine']);
  });
});
