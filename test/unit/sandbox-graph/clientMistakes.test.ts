import assert from 'node:assert/strict';
import { findClient, platformOf } from '../../../src/sandbox/login/clients.ts';
import { groupId } from '../../../src/sandbox/tenant/entries.ts';
import { startScimStub } from '../sandbox-kiro/scimStub.ts';
import type { ScimStub } from '../sandbox-kiro/scimStub.ts';
import { at, column, eventual, instantiate, rows, startGraph, templateId, text, withJob } from './support.ts';
import type { Graph } from './support.ts';

type Json = Record<string, unknown>;
const userRole = '18d14569-c3bd-439b-9a66-3a2aee01d14f';
const kiroUsers = groupId('Kiro users');
const scope = (value: string, id: string): Json => ({
  id,
  value,
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: value,
  adminConsentDescription: value,
});

/** What clients of Microsoft Graph get wrong most often: the sandbox must be no more polite than the service. */
describe('what clients get wrong', () => {
  let graph: Graph;
  let stub: ScimStub;
  let made: Awaited<ReturnType<typeof withJob>>;
  let jobPath: string;
  before(async () => {
    stub = await startScimStub();
  });
  after(() => stub.close());
  beforeEach(async () => {
    stub.requests.length = 0;
    stub.users.clear();
    stub.groups.clear();
    graph = await startGraph();
    made = await withJob(graph);
    jobPath = `${made.base}/jobs/${made.job}`;
  });

  const patch = (body: Json) => graph.call('PATCH', `/applications/${made.id}`, body);
  const read = async (path: string) => (await graph.call('GET', path)).body;
  const credentials = () => [
    { key: 'BaseAddress', value: stub.baseAddress },
    { key: 'SecretToken', value: 'token' },
  ];
  const ready = async () => {
    await graph.call('PUT', `${made.base}/secrets`, { value: credentials() });
    const assignment = { principalId: kiroUsers, resourceId: made.sp, appRoleId: userRole };
    await graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, assignment);
  };
  const onDemand = async (subject: Json) => {
    const ruleId = text(await read(`${jobPath}/schema`), 'synchronizationRules/0/id');
    return graph.call('POST', `${jobPath}/provisionOnDemand`, {
      parameters: [{ ruleId, subjects: [subject] }],
    });
  };

  it('1: the template to make a job of is scim; customappsso names only the target system', async () => {
    const old = await graph.call('POST', `${made.base}/jobs`, { templateId: 'customappsso' });
    assert.equal(old.status, 400);
    const schema = await read(`${jobPath}/schema`);
    assert.equal(at(schema, 'synchronizationRules/0/targetDirectoryName'), 'customappsso');
  });

  it('2: a job’s id is no GUID: template, tenant and application with dots between', async () => {
    assert.match(made.job, /^scim\.[0-9a-f]{32}\.[0-9a-f-]{36}$/);
    assert.equal(at(await read(jobPath), 'id'), made.job);
  });

  it('3: a new job is paused, its schedule disabled', async () => {
    const job = await read(jobPath);
    assert.deepEqual(
      [at(job, 'status/code'), at(job, 'schedule/state'), at(job, 'schedule/interval')],
      ['Paused', 'Disabled', 'PT40M'],
    );
  });

  it('4: after start it is active and has not run, which looks like a failure and is none', async () => {
    await graph.call('POST', `${jobPath}/start`);
    const job = await read(jobPath);
    assert.deepEqual(
      [
        at(job, 'schedule/state'),
        at(job, 'status/code'),
        at(job, 'status/lastExecution/state'),
        at(job, 'status/lastExecution/error/code'),
      ],
      ['Active', 'NotRun', 'Failed', 'None'],
    );
    await graph.call('POST', `${jobPath}/pause`);
  });

  it('5: synchronization answers a missing role with a sparse 401', async () => {
    const { status, body } = await graph.call('GET', jobPath, undefined, { role: null });
    assert.deepEqual([status, at(body, 'error/message')], [401, '']);
  });

  it('6: secrets read back as an asterisk, and an asterisk that is put back is the token', async () => {
    await graph.call('PUT', `${made.base}/secrets`, { value: credentials() });
    const value = rows(await read(`${made.base}/secrets`));
    assert.deepEqual(
      value.map((one) => one['value']),
      [stub.baseAddress, '*'],
    );
    await graph.call('PUT', `${made.base}/secrets`, { value });
    assert.equal(graph.state.tenant.synchronization.get(made.sp)?.secrets[1]?.value, '*');
  });

  it('7: secrets come as a collection of strings, and an unknown key is 500', async () => {
    const put = (body: Json) => graph.call('PUT', `${made.base}/secrets`, body);
    assert.equal((await put({ BaseAddress: stub.baseAddress })).status, 400);
    assert.equal((await put({ value: [{ key: 'SyncAll', value: false }] })).status, 400);
    const settings = { key: 'SyncNotificationSettings', value: { Enabled: false } };
    assert.equal((await put({ value: [settings] })).status, 400);
    const unknown = await put({ value: [{ key: 'TenantUrl', value: 'x' }] });
    assert.deepEqual([unknown.status, at(unknown.body, 'error/code')], [500, 'InternalError']);
  });

  it('8: credentials that are right answer 204 without a body; a target that says 404 fails them', async () => {
    const validate = () =>
      graph.call('POST', `${made.base}/jobs/validateCredentials`, {
        templateId: 'scim',
        credentials: credentials(),
      });
    const good = await validate();
    assert.deepEqual([good.status, good.body], [204, '']);
    stub.answer = () => new Response(null, { status: 404 });
    const bad = await validate();
    stub.answer = () => undefined;
    assert.deepEqual([bad.status, at(bad.body, 'error/code')], [400, 'CredentialValidationUnavailable']);
  });

  it('9: on demand answers 200 also for a failure, which stands in JSON inside strings', async () => {
    await ready();
    stub.answer = () => new Response('{}', { status: 500 });
    const [person] = [...(graph.state.tenant.groups.get(kiroUsers)?.members ?? [])];
    const { status, body } = await onDemand({ objectId: person, objectTypeName: 'User' });
    stub.answer = () => undefined;
    assert.equal(status, 200);
    const key: unknown = JSON.parse(text(body, 'key'));
    assert.notEqual(at(key, 'result'), 'Success');
    assert.equal(typeof JSON.parse(text(body, 'value')), 'object');
  });

  it('10: on demand takes one group, five members of it, a rule of the schema, five times in ten seconds', async () => {
    await ready();
    const members = (count: number) =>
      Array.from({ length: count }, () => ({ objectId: 'x', objectTypeName: 'User' }));
    const subject = (count: number) => ({
      objectId: kiroUsers,
      objectTypeName: 'Group',
      links: { members: members(count) },
    });
    assert.equal((await onDemand(subject(6))).status, 400);
    const unruly = { parameters: [{ ruleId: 'none', subjects: [subject(1)] }] };
    assert.equal((await graph.call('POST', `${jobPath}/provisionOnDemand`, unruly)).status, 400);
    for (let n = 0; n < 5; n++) assert.equal((await onDemand(subject(5))).status, 200);
    assert.equal((await onDemand(subject(5))).status, 429);
  });

  it('11: people and groups are in one rule, told apart by the name of the source object', async () => {
    const schema = await read(`${jobPath}/schema`);
    const rules = at(schema, 'synchronizationRules') as Json[];
    assert.equal(rules.length, 1);
    const mappings = rules[0]?.['objectMappings'] as Json[];
    assert.deepEqual(mappings.map((one) => one['sourceObjectName']).sort(), ['Group', 'User']);
    const user = mappings.find((one) => one['sourceObjectName'] === 'User');
    assert.equal(user?.['targetObjectName'], 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User');
  });

  it('12: a schema is put as a whole, answered 204, and brings an initial cycle', async () => {
    const schema = (await read(`${jobPath}/schema`)) as Json;
    const job = graph.state.tenant.synchronization.get(made.sp)?.job;
    assert.ok(job);
    job.initialCycleDue = false;
    const put = await graph.call('PUT', `${jobPath}/schema`, { ...schema, version: 'mine' });
    assert.deepEqual([put.status, put.body, job.initialCycleDue], [204, '', true]);
    const part = { synchronizationRules: schema['synchronizationRules'] };
    assert.equal((await graph.call('PUT', `${jobPath}/schema`, part)).status, 400, 'a part is no document');
  });

  it('13: externalId comes from mailNickname, and sources have the names of Azure AD Graph', async () => {
    const schema = await read(`${jobPath}/schema`);
    const mappings = at(schema, 'synchronizationRules/0/objectMappings') as Json[];
    const user = mappings.find((one) => one['sourceObjectName'] === 'User');
    const source = (target: string) =>
      at(
        (user?.['attributeMappings'] as Json[]).find((one) => one['targetAttributeName'] === target),
        'source/name',
      );
    assert.equal(source('externalId'), 'mailNickname');
    assert.equal(source('phoneNumbers[type eq "mobile"].value'), 'mobile');
  });

  it('14: a PATCH without the scope that the application was born with is refused', async () => {
    const own = scope('codewhisperer:completions', '11111111-1111-4111-8111-111111111111');
    const { status, body } = await patch({ api: { oauth2PermissionScopes: [own] } });
    assert.deepEqual([status, at(body, 'error/code')], [400, 'CannotDeleteOrUpdateEnabledEntitlement']);
    assert.equal((await patch({ api: { oauth2PermissionScopes: [made.scope, own] } })).status, 204);
  });

  it('15: PATCH merges objects and replaces arrays', async () => {
    await patch({ publicClient: { redirectUris: ['http://localhost/one'] }, tags: ['one'] });
    await patch({ api: { requestedAccessTokenVersion: 2 } });
    await patch({ publicClient: { redirectUris: ['http://localhost/two'] } });
    const application = await read(`/applications/${made.id}`);
    assert.deepEqual(at(application, 'publicClient/redirectUris'), ['http://localhost/two']);
    assert.deepEqual(at(application, 'tags'), ['one']);
    assert.equal(at(application, 'api/oauth2PermissionScopes/0/value'), 'user_impersonation');
  });

  it('16: the version of access tokens starts as null, which means 1', async () => {
    assert.equal(at(await read(`/applications/${made.id}`), 'api/requestedAccessTokenVersion'), null);
  });

  it('17: an application from the template lets in only who is assigned', async () => {
    assert.equal(at(await read(`/servicePrincipals/${made.sp}`), 'appRoleAssignmentRequired'), true);
    const { body } = await graph.call('POST', '/applications', { displayName: 'Registered' });
    const registered = await graph.call('POST', '/servicePrincipals', { appId: text(body, 'appId') });
    assert.equal(at(registered.body, 'appRoleAssignmentRequired'), false);
  });

  it('18: the role to assign is User of the application; default access is not there', async () => {
    const assign = (appRoleId: string) =>
      graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, {
        principalId: kiroUsers,
        resourceId: made.sp,
        appRoleId,
      });
    const none = await assign('00000000-0000-0000-0000-000000000000');
    assert.match(text(none.body, 'error/message'), /was not found on application/);
    assert.equal((await assign(userRole)).status, 201);
  });

  it('19: an assignment made twice and one too early are both 400, told apart by their sentences', async () => {
    await ready();
    const assign = () =>
      graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, {
        principalId: kiroUsers,
        resourceId: made.sp,
        appRoleId: userRole,
      });
    const twice = await assign();
    const { tenant, replication } = graph.state;
    const group = tenant.groups.get(kiroUsers);
    assert.ok(group);
    tenant.appRoleAssignments.clear();
    replication.lag = { ...replication.lag, targets: 10_000 };
    await graph.state.clock.advance(1);
    tenant.groups.delete(kiroUsers);
    replication.before('groups', kiroUsers);
    tenant.groups.set(kiroUsers, group);
    const early = await assign();
    assert.deepEqual([twice.status, early.status], [400, 400]);
    assert.deepEqual(
      [at(twice.body, 'error/code'), at(early.body, 'error/code')],
      ['Request_BadRequest', 'Request_BadRequest'],
    );
    assert.match(text(twice.body, 'error/message'), /already exists on the object/);
    assert.match(text(early.body, 'error/message'), /Not a valid reference update/);
  });

  it('20: instantiate makes one more application each time', async () => {
    await instantiate(graph);
    const filter = `$filter=applicationTemplateId eq '${templateId}' and displayName eq 'Kiro-Entra'`;
    assert.equal(rows(await read(`/applications?${filter}`)).length, 2);
  });

  it('21: another cloud’s template is unknown', async () => {
    for (const other of ['4602d0b4-76bb-404b-bca9-2652e1a39c6d', '5a532e38-1581-4918-9658-008dc27c1d68'])
      assert.equal((await graph.call('GET', `/applicationTemplates/${other}`)).status, 404);
  });

  it('22: the port of localhost doesn’t matter, its path does, and a scheme of one’s own is no web address', async () => {
    assert.equal((await patch({ web: { redirectUris: ['kiro://kiro.oauth/callback'] } })).status, 400);
    const redirectUris = ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'];
    assert.equal((await patch({ publicClient: { redirectUris } })).status, 204);
    const client = findClient(graph.state.tenant, made.appId);
    assert.equal(platformOf(client, 'http://localhost:50123/oauth/callback'), 'publicClient');
    assert.throws(() => platformOf(client, 'http://localhost:50123/callback'));
    assert.throws(() => platformOf(client, 'kiro://kiro.oauth/other'));
  });

  it('23: the SCIM client asks for groups without members and creates them without', async () => {
    await ready();
    await graph.call('POST', `${jobPath}/start`);
    await graph.state.clock.advance(2_000);
    const group = stub.requests.find((one) => one.method === 'POST' && one.path === '/Groups');
    assert.ok(group && !('members' in group.body));
    const search = stub.requests.find(
      (one) => one.path.startsWith('/Groups?') && one.path.includes('Kiro users'),
    );
    assert.match(search?.path ?? '', /excludedAttributes=members/);
    const operations = stub.operations('/Groups').map((one) => one['op']);
    assert.deepEqual([...new Set(operations)], ['Add']);
    await graph.call('POST', `${jobPath}/pause`);
  });

  it('24: advanced queries need a header and $count, and nested members are only among the transitive', async () => {
    const cast = `/groups/${groupId('Engineering')}/transitiveMembers/microsoft.graph.user`;
    assert.equal((await graph.call('GET', cast)).status, 400);
    assert.equal((await graph.call('GET', `${cast}?$count=true`, undefined, eventual)).status, 200);
    const nesting = [...graph.state.tenant.groups.values()].find((one) =>
      [...one.members].some((id) => graph.state.tenant.groups.has(id)),
    );
    const direct = column(await read(`/groups/${nesting?.id ?? ''}/members`), 'id');
    const transitive = column(await read(`/groups/${nesting?.id ?? ''}/transitiveMembers`), 'id');
    assert.ok(transitive.length > direct.length);
  });

  it('25: logs need a permission of their own, and failures of a batch hide behind 200', async () => {
    const scopes = ['Synchronization.Read.All'];
    const log = await graph.call('GET', '/auditLogs/provisioning', undefined, { scopes });
    assert.deepEqual(
      [log.status, at(log.body, 'error/code')],
      [403, 'Authentication_MSGraphPermissionMissing'],
    );
    const requests = [
      { id: '1', method: 'GET', url: '/applications/none' },
      { id: '2', method: 'GET', url: '/organization', dependsOn: ['1'] },
    ];
    const { status, body } = await graph.call('POST', '/$batch', { requests });
    assert.equal(status, 200);
    const statuses = (at(body, 'responses') as { status: number }[]).map((one) => one.status);
    assert.deepEqual(statuses.sort(), [404, 424]);
  });
});
