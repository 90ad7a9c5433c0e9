import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { list, startSandbox, text } from './sandbox.ts';
import type { Json, Sandbox } from './sandbox.ts';

const nonGallery = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

/** What clients of Graph most often get wrong, over https, where no client beside this file shows it. */
describe('facts about Graph that clients get wrong', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  async function ok(method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await sandbox.graph(method, path, body);
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
  const instantiate = (displayName = 'Kiro-Entra') =>
    ok('POST', `/applicationTemplates/${nonGallery}/instantiate`, { displayName });
  const named = async (displayName: string) =>
    list(await ok('GET', `/applications?$filter=displayName eq '${displayName}'`), 'value');
  const role = (made: Json, displayName: string) =>
    text(
      list(made, 'servicePrincipal/appRoles').find((one) => one['displayName'] === displayName),
      'id',
    );

  it('starts a job that then says NotRun and an execution that Failed with the error None', async () => {
    const made = await instantiate();
    const base = `/servicePrincipals/${text(made, 'servicePrincipal/id')}/synchronization`;
    const { id } = await ok('POST', `${base}/jobs`, { templateId: 'scim' });
    const path = `${base}/jobs/${String(id)}`;
    const start = await sandbox.graph('POST', `${path}/start`);
    assert.equal(start.status, 204);
    const started = await ok('GET', path);
    assert.equal(text(started, 'schedule/state'), 'Active');
    assert.equal(text(started, 'status/code'), 'NotRun');
    assert.equal(text(started, 'status/lastExecution/state'), 'Failed');
    assert.equal(text(started, 'status/lastExecution/error/code'), 'None');
  });

  it('creates an application although it answers 404, and one more each time it is asked', async () => {
    await sandbox.control('POST', '/faults', {
      server: 'graph',
      method: 'POST',
      path: 'instantiate',
      when: 'after',
      status: 404,
      code: 'Request_ResourceNotFound',
    });
    const lost = await sandbox.graph('POST', `/applicationTemplates/${nonGallery}/instantiate`, {
      displayName: 'Twice',
    });
    assert.equal(lost.status, 404);
    assert.equal((await named('Twice')).length, 1);
    await instantiate('Twice');
    assert.equal((await named('Twice')).length, 2);
  });

  it('tells a principal that is not known everywhere yet from a second assignment by the message alone', async () => {
    const made = await instantiate();
    const sp = text(made, 'servicePrincipal/id');
    const path = `/servicePrincipals/${sp}/appRoleAssignedTo`;
    const group = text(await ok('GET', `/groups?$filter=displayName eq 'Kiro users'`), 'value/0/id');
    const assign = () =>
      sandbox.graph('POST', path, {
        principalId: group,
        resourceId: sp,
        appRoleId: role(made, 'User'),
      });
    assert.equal((await assign()).status, 201);
    const again = await assign();
    assert.equal(again.status, 400);
    await sandbox.control('POST', '/lag', { lag: 'realistic' });
    const fresh = await instantiate('Fresh');
    const freshSp = text(fresh, 'servicePrincipal/id');
    const early = await sandbox.graph('POST', `/servicePrincipals/${freshSp}/appRoleAssignedTo`, {
      principalId: group,
      resourceId: freshSp,
      appRoleId: role(fresh, 'User'),
    });
    assert.ok([400, 404].includes(early.status), String(early.status));
    assert.notEqual(text(early.body, 'error/message'), text(again.body, 'error/message'));
    await sandbox.control('POST', '/clock', { advance: 15_000 });
    const late = await sandbox.graph('POST', `/servicePrincipals/${freshSp}/appRoleAssignedTo`, {
      principalId: group,
      resourceId: freshSp,
      appRoleId: role(fresh, 'User'),
    });
    assert.equal(late.status, 201, JSON.stringify(late.body));
    await sandbox.control('POST', '/lag', { lag: 'none' });
  });

  it('is born asking for assignment, issuing version 1 tokens, with roles of its own to assign', async () => {
    const made = await instantiate();
    const principal = await ok('GET', `/servicePrincipals/${text(made, 'servicePrincipal/id')}`);
    assert.equal(principal['appRoleAssignmentRequired'], true);
    assert.equal(role(made, 'User'), '18d14569-c3bd-439b-9a66-3a2aee01d14f');
    const application = await ok('GET', `/applications/${text(made, 'application/id')}`);
    const api = application['api'] as Json;
    assert.equal(api['requestedAccessTokenVersion'], null);
    assert.equal(text(api, 'oauth2PermissionScopes/0/value'), 'user_impersonation');
  });

  describe('with a provisioning job that waits to be started', () => {
    let servicePrincipal: string;
    let base: string;
    let path: string;

    before(async () => {
      await sandbox.stop();
      sandbox = await startSandbox('--preset', 'direct-assignment');
      const found = await ok('GET', '/servicePrincipals?$top=999&$select=id');
      for (const { id } of list(found, 'value')) {
        const { status, body } = await sandbox.graph(
          'GET',
          `/servicePrincipals/${String(id)}/synchronization/jobs`,
        );
        if (status !== 200 || list(body, 'value').length === 0) continue;
        servicePrincipal = String(id);
        base = `/servicePrincipals/${servicePrincipal}/synchronization`;
        path = `${base}/jobs/${text(body, 'value/0/id')}`;
      }
    });

    it('takes five provisions on demand in ten seconds and answers 200 whatever comes of them', async () => {
      const schema = await ok('GET', `${path}/schema`);
      const disabled = text(
        await ok('GET', '/users?$filter=accountEnabled eq false&$select=id&$top=1'),
        'value/0/id',
      );
      const ask = () =>
        sandbox.graph('POST', `${path}/provisionOnDemand`, {
          parameters: [
            {
              ruleId: text(schema, 'synchronizationRules/0/id'),
              subjects: [{ objectId: disabled, objectTypeName: 'User' }],
            },
          ],
        });
      const first = await ask();
      assert.equal(first.status, 200);
      const result = text(JSON.parse(text(first.body, 'key')) as Json, 'result');
      assert.notEqual(result, 'Success');
      const rest: number[] = [];
      for (let turn = 2; turn <= 6; turn++) rest.push((await ask()).status);
      assert.deepEqual(rest, [200, 200, 200, 200, 429]);
    });

    it('takes credentials with 204 and nothing, but not of a server that answers a search with 404', async () => {
      const saved = await sandbox.graph('POST', `${base}/jobs/validateCredentials`, {
        templateId: 'scim',
        useSavedCredentials: true,
      });
      assert.deepEqual([saved.status, saved.contentType], [204, '']);
      const server = createServer((_request, answer) => answer.writeHead(404).end()).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const refused = await sandbox.graph('POST', `${base}/jobs/validateCredentials`, {
        templateId: 'scim',
        credentials: [
          { key: 'BaseAddress', value: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim` },
          { key: 'SecretToken', value: 'any' },
        ],
      });
      server.closeAllConnections();
      server.close();
      assert.equal(refused.status, 400);
      assert.equal(text(refused.body, 'error/code'), 'CredentialValidationUnavailable');
    });

    it('begins with a fresh initial cycle after the schema was replaced as a whole', async () => {
      await ok('POST', `${path}/start`);
      const pushed = async () =>
        list({ value: (await sandbox.control('GET', '/requests?server=scim')).body }, 'value').length;
      const cycle = async () => {
        const before = await pushed();
        await sandbox.control('POST', '/cycle', { servicePrincipalId: servicePrincipal });
        return (await pushed()) - before;
      };
      await cycle();
      const idle = await cycle();
      const schema = await ok('GET', `${path}/schema`);
      const put = await sandbox.graph('PUT', `${path}/schema`, schema);
      assert.deepEqual([put.status, put.contentType], [204, '']);
      const initial = await cycle();
      assert.ok(initial > idle, `${initial} requests after ${idle}`);
    });
  });
});
