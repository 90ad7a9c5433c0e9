import assert from 'node:assert/strict';
import { realisticLag } from '../../../src/sandbox/replication/lag.ts';
import { at, column, instantiate, rows, startGraph, text } from './support.ts';
import type { Graph } from './support.ts';

const userRole = '18d14569-c3bd-439b-9a66-3a2aee01d14f';

describe('sandbox Graph: reads lag behind writes', () => {
  let graph: Graph;
  let app: Awaited<ReturnType<typeof instantiate>>;
  const pass = (milliseconds: number) => graph.state.clock.advance(milliseconds);
  const get = (path: string) => graph.call('GET', path);
  const status = async (path: string) => (await get(path)).status;

  beforeEach(async () => {
    graph = await startGraph();
    graph.state.replication.lag = realisticLag;
    await pass(1);
    app = await instantiate(graph);
  });

  it('answers 404 for a new application, to reads and to writes, until its lag is over', async () => {
    const answer = await get(`/applications/${app.id}`);
    assert.equal(answer.status, 404);
    assert.equal(at(answer.body, 'error/code'), 'Request_ResourceNotFound');
    assert.equal(await status(`/applications(appId='${app.appId}')`), 404);
    assert.equal(await status(`/servicePrincipals/${app.sp}`), 404);
    const tooEarly = await graph.call('PATCH', `/applications/${app.id}`, { displayName: 'x' });
    assert.equal(tooEarly.status, 404);
    await pass(2_000);
    assert.equal(await status(`/applications/${app.id}`), 200);
    assert.equal(await status(`/servicePrincipals(appId='${app.appId}')`), 200);
  });

  it('shows it in lists later than by its id', async () => {
    const listed = async () =>
      column((await get(`/applications?$filter=displayName eq 'Kiro-Entra'`)).body, 'id').length;
    await pass(2_000);
    assert.equal(await listed(), 0);
    await pass(3_000);
    assert.equal(await listed(), 1);
  });

  it('shows the version before a PATCH, while a second PATCH meets the newest', async () => {
    await pass(10_000);
    const path = `/applications/${app.id}`;
    assert.equal((await graph.call('PATCH', path, { displayName: 'Renamed' })).status, 204);
    assert.equal((await graph.call('PATCH', path, { notes: 'second' })).status, 204);
    assert.equal(at((await get(path)).body, 'displayName'), 'Kiro-Entra');
    assert.equal(at((await get(`/servicePrincipals/${app.sp}`)).body, 'displayName'), 'Kiro-Entra');
    await pass(2_000);
    const { body } = await get(path);
    assert.deepEqual([at(body, 'displayName'), at(body, 'notes')], ['Renamed', 'second']);
    assert.equal(column((await get('/applications')).body, 'displayName')[0], 'Kiro-Entra');
  });

  it('shows what was deleted for a while, and refuses to write to it', async () => {
    await pass(10_000);
    assert.equal((await graph.call('DELETE', `/applications/${app.id}`)).status, 204);
    assert.equal(await status(`/applications/${app.id}`), 200);
    assert.equal((await graph.call('PATCH', `/applications/${app.id}`, { notes: '' })).status, 404);
    assert.equal((await graph.call('DELETE', `/applications/${app.id}`)).status, 404);
    assert.equal(rows((await get('/applications')).body).length, 1);
    await pass(2_000);
    assert.equal(await status(`/applications/${app.id}`), 404);
    await pass(3_000);
    assert.equal(rows((await get('/applications')).body).length, 0);
  });

  it('keeps what was read in view when the lag grows, and hides only what is written later', async () => {
    await pass(2_000);
    assert.equal(await status(`/applications/${app.id}`), 200);
    graph.state.replication.lag = { ...realisticLag, objects: 60_000 };
    await pass(1);
    assert.equal(await status(`/applications/${app.id}`), 200);
    await graph.call('PATCH', `/applications/${app.id}`, { notes: 'later' });
    await pass(59_000);
    assert.equal(at((await get(`/applications/${app.id}`)).body, 'notes'), null);
    await pass(1_000);
    assert.equal(at((await get(`/applications/${app.id}`)).body, 'notes'), 'later');
  });

  it('knows no template of a new service principal, and takes the maker of its job for a stranger', async () => {
    await pass(2_000);
    const base = `/servicePrincipals/${app.sp}/synchronization`;
    assert.deepEqual(rows((await get(`${base}/templates`)).body), []);
    const early = await graph.call('POST', `${base}/jobs`, { templateId: 'scim' });
    assert.equal(early.status, 401);
    await pass(8_000);
    assert.deepEqual(column((await get(`${base}/templates`)).body, 'id'), ['customappsso', 'scim']);
    assert.equal((await graph.call('POST', `${base}/jobs`, { templateId: 'scim' })).status, 201);
  });

  it('shows a job, its schema and its secrets late, and a deleted job too long', async () => {
    await pass(10_000);
    const base = `/servicePrincipals/${app.sp}/synchronization`;
    const id = text((await graph.call('POST', `${base}/jobs`, { templateId: 'scim' })).body, 'id');
    assert.equal(await status(`${base}/jobs/${id}`), 404);
    assert.equal((await graph.call('POST', `${base}/jobs/${id}/start`)).status, 404);
    const again = await graph.call('POST', `${base}/jobs`, { templateId: 'scim' });
    assert.equal(again.status, 409, 'the newest state says that there is one');
    await pass(2_000);
    assert.equal(await status(`${base}/jobs/${id}`), 200);
    assert.equal(rows((await get(`${base}/jobs`)).body).length, 0);
    await pass(3_000);
    assert.equal(rows((await get(`${base}/jobs`)).body).length, 1);

    const { body: schema } = await get(`${base}/jobs/${id}/schema`);
    const changed = { ...(schema as Record<string, unknown>), version: 'changed' };
    assert.equal((await graph.call('PUT', `${base}/jobs/${id}/schema`, changed)).status, 204);
    assert.notEqual(at((await get(`${base}/jobs/${id}/schema`)).body, 'version'), 'changed');
    const secrets = { value: [{ key: 'BaseAddress', value: 'https://scim.example.com' }] };
    assert.equal((await graph.call('PUT', `${base}/secrets`, secrets)).status, 204);
    assert.equal(rows((await get(`${base}/secrets`)).body).length, 0);
    await graph.call('POST', `${base}/jobs/${id}/start`);
    assert.equal(at((await get(`${base}/jobs/${id}`)).body, 'schedule/state'), 'Disabled');
    await pass(2_000);
    assert.equal(at((await get(`${base}/jobs/${id}`)).body, 'schedule/state'), 'Active');
    assert.equal(at((await get(`${base}/jobs/${id}/schema`)).body, 'version'), 'changed');
    assert.equal(rows((await get(`${base}/secrets`)).body).length, 1);

    assert.equal((await graph.call('DELETE', `${base}/jobs/${id}`)).status, 204);
    assert.equal(await status(`${base}/jobs/${id}`), 200);
    await pass(2_000);
    assert.equal(await status(`${base}/jobs/${id}`), 404);
  });

  it('refuses to assign to or by what is not known everywhere, with 400, and lists an assignment late', async () => {
    const [first, second] = [...graph.state.tenant.groups.values()].filter((one) => one.securityEnabled);
    assert.ok(first && second);
    const path = `/servicePrincipals/${app.sp}/appRoleAssignedTo`;
    const assign = (principalId: string) =>
      graph.call('POST', path, { principalId, resourceId: app.sp, appRoleId: userRole });
    assert.equal((await assign(first.id)).status, 404, 'the service principal itself is not there yet');
    await pass(2_000);
    const early = await assign(first.id);
    assert.equal(early.status, 400);
    assert.match(text(early.body, 'error/message'), /Not a valid reference update/);
    await pass(8_000);
    assert.equal((await assign(first.id)).status, 201);
    assert.equal(rows((await get(path)).body).length, 0);
    const twice = await assign(first.id);
    assert.match(text(twice.body, 'error/message'), /already exists on the object/);
    await pass(5_000);
    assert.equal(rows((await get(path)).body).length, 1);

    graph.state.tenant.groups.delete(second.id);
    graph.state.replication.before('groups', second.id);
    graph.state.tenant.groups.set(second.id, second);
    assert.match(text((await assign(second.id)).body, 'error/message'), /Not a valid reference update/);
    await pass(10_000);
    assert.equal((await assign(second.id)).status, 201);
  });

  it('refuses consent between strangers, and shows a grant and its scope late', async () => {
    const grant = { clientId: app.sp, consentType: 'AllPrincipals', resourceId: app.sp, scope: 'one' };
    assert.equal((await graph.call('POST', '/oauth2PermissionGrants', grant)).status, 404);
    await pass(2_000);
    const { body } = await graph.call('POST', '/oauth2PermissionGrants', grant);
    const path = `/oauth2PermissionGrants/${text(body, 'id')}`;
    assert.equal(await status(path), 404);
    assert.equal((await graph.call('POST', '/oauth2PermissionGrants', grant)).status, 409);
    await pass(2_000);
    assert.equal((await graph.call('PATCH', path, { scope: 'one two' })).status, 204);
    assert.equal(at((await get(path)).body, 'scope'), 'one');
    assert.equal(rows((await get('/oauth2PermissionGrants')).body).length, 0);
    await pass(5_000);
    assert.equal(at((await get(path)).body, 'scope'), 'one two');
    assert.equal(rows((await get('/oauth2PermissionGrants')).body).length, 1);
  });

  it('lets a row of a log arrive two minutes late', async () => {
    const { tenant, clock } = graph.state;
    tenant.provisioningLogs.push({ id: 'row', activityDateTime: new Date(clock.now()).toISOString() });
    assert.equal(rows((await get('/auditLogs/provisioning')).body).length, 0);
    await pass(119_000);
    assert.equal(rows((await get('/auditLogs/provisioning')).body).length, 0);
    await pass(1_001);
    assert.equal(rows((await get('/auditLogs/provisioning')).body).length, 1);
  });

  it('hides nothing without a lag', async () => {
    const prompt = await startGraph();
    const made = await instantiate(prompt);
    assert.equal((await prompt.call('GET', `/applications/${made.id}`)).status, 200);
    assert.equal(rows((await prompt.call('GET', '/applications')).body).length, 1);
    assert.equal((await prompt.call('DELETE', `/applications/${made.id}`)).status, 204);
    assert.equal((await prompt.call('GET', `/applications/${made.id}`)).status, 404);
  });
});
