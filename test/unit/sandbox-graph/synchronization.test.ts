import assert from 'node:assert/strict';
import { at, column, instantiate, rows, startGraph, text, withJob } from './support.ts';
import type { Graph } from './support.ts';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('sandbox Graph: synchronization', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });

  it('lists the scim template, with a pristine schema', async () => {
    const { sp, id } = await instantiate(graph);
    const base = `/servicePrincipals/${sp}/synchronization/templates`;
    assert.ok(column((await graph.call('GET', base)).body, 'id').includes('scim'));
    assert.ok(
      column((await graph.call('GET', `/applications/${id}/synchronization/templates`)).body, 'id').length,
    );
    const schema = await graph.call('GET', `${base}/scim/schema`);
    assert.equal(at(schema.body, 'id'), 'scim.00000000000000000000000000000000');
  });

  it('makes one job, whose id holds dots, paused and never run', async () => {
    const { base, job, appId } = await withJob(graph);
    assert.equal(job, `scim.${graph.state.tenant.id.replaceAll('-', '')}.${appId}`);
    const read = await graph.call('GET', `${base}/jobs/${job}`);
    assert.equal(at(read.body, 'status/code'), 'Paused');
    assert.deepEqual(at(read.body, 'schedule'), { expiration: null, interval: 'PT40M', state: 'Disabled' });
    assert.equal((await graph.call('POST', `${base}/jobs`, { templateId: 'scim' })).status, 409);
    assert.equal((await graph.call('DELETE', `${base}/jobs/${job}`)).status, 204);
    assert.equal((await graph.call('GET', `${base}/jobs/${job}`)).status, 404);
    assert.equal((await graph.call('POST', `${base}/jobs`, { templateId: 'customappsso' })).status, 400);
  });

  it('masks secrets, replaces them as a whole, and stores an asterisk as an asterisk', async () => {
    const { base, sp } = await withJob(graph);
    const put = (...pairs: [string, string][]) =>
      graph.call('PUT', `${base}/secrets`, { value: pairs.map(([key, value]) => ({ key, value })) });
    assert.equal(
      (await put(['BaseAddress', 'https://x/scim/v2'], ['SecretToken', 'abc'], ['SyncAll', 'false'])).status,
      204,
    );
    const read = await graph.call('GET', `${base}/secrets`);
    assert.deepEqual(rows(read.body), [
      { key: 'BaseAddress', value: 'https://x/scim/v2' },
      { key: 'SecretToken', value: '*' },
      { key: 'SyncAll', value: 'false' },
    ]);
    await put(['SecretToken', '*'], ['BaseAddress', '']);
    assert.deepEqual(graph.state.tenant.synchronization.get(sp)?.secrets, [
      { key: 'SecretToken', value: '*' },
    ]);
  });

  it('refuses unknown keys and empty notification settings', async () => {
    const { base } = await withJob(graph);
    const put = (key: string, value: string) =>
      graph.call('PUT', `${base}/secrets`, { value: [{ key, value }] });
    const unknown = await put('TenantUrl', 'https://x');
    assert.equal(unknown.status, 500);
    assert.equal(at(unknown.body, 'error/message'), "Requested value 'TenantUrl' was not found.");
    assert.equal((await put('SyncNotificationSettings', '')).status, 400);
    assert.equal((await put('SyncNotificationSettings', '{"Enabled":false}')).status, 204);
  });

  it('has one rule with the default mappings of users and groups', async () => {
    const { base, job } = await withJob(graph);
    const { body } = await graph.call('GET', `${base}/jobs/${job}/schema`);
    const mappings = at(body, 'synchronizationRules/0/objectMappings') as Record<string, unknown>[];
    const targets = (source: string) => {
      const mapping = mappings.find((one) => one['sourceObjectName'] === source);
      const attributes = mapping?.['attributeMappings'] as Record<string, unknown>[];
      return new Map(attributes.map((one) => [String(one['targetAttributeName']), one]));
    };
    const user = targets('User');
    assert.equal(user.size, 22);
    assert.equal(at(user.get('externalId'), 'source/name'), 'mailNickname');
    assert.equal(at(user.get('userName'), 'matchingPriority'), 1);
    assert.ok(user.has(`${enterprise}:manager`));
    assert.ok(user.has('phoneNumbers[type eq "fax"].value'));
    const group = targets('Group');
    assert.deepEqual([...group.keys()], ['displayName', 'externalId', 'members']);
    assert.equal(at(group.get('externalId'), 'source/name'), 'objectId');
  });

  it('replaces the schema as a whole and refuses a broken one', async () => {
    const { base, job, sp } = await withJob(graph);
    const path = `${base}/jobs/${job}/schema`;
    const fresh = async () => structuredClone((await graph.call('GET', path)).body);
    const userMappings = (schema: unknown) => {
      const mappings = at(schema, 'synchronizationRules/0/objectMappings') as Record<string, unknown>[];
      return mappings.find((one) => one['sourceObjectName'] === 'User')!;
    };
    const good = await fresh();
    const attributes = userMappings(good)['attributeMappings'] as Record<string, unknown>[];
    userMappings(good)['attributeMappings'] = attributes.filter(
      (one) => !String(one['targetAttributeName']).startsWith(enterprise),
    );
    assert.equal((await graph.call('PUT', path, good)).status, 204);
    assert.equal((userMappings(await fresh())['attributeMappings'] as unknown[]).length, 19);
    assert.equal(graph.state.tenant.synchronization.get(sp)?.job?.initialCycleDue, true);

    const breaks: ((mapping: Record<string, unknown>) => void)[] = [
      (mapping) => (mapping['attributeMappings'] = []),
      (mapping) => (mapping['targetObjectName'] = 'Person'),
      (mapping) =>
        ((mapping['attributeMappings'] as Record<string, unknown>[])[0]!['targetAttributeName'] = 'nick'),
      (mapping) => ((mapping['attributeMappings'] as Record<string, unknown>[])[0]!['source'] = null),
    ];
    for (const spoil of breaks) {
      const bad = await fresh();
      spoil(userMappings(bad));
      assert.equal((await graph.call('PUT', path, bad)).status, 400);
    }
    assert.equal((await graph.call('PUT', path, { synchronizationRules: [] })).status, 400);
    assert.equal((userMappings(await fresh())['attributeMappings'] as unknown[]).length, 19);
  });

  it('checks a provision-on-demand request before the service sees it', async () => {
    const { base, job } = await withJob(graph);
    const schema = await graph.call('GET', `${base}/jobs/${job}/schema`);
    const ruleId = text(schema.body, 'synchronizationRules/0/id');
    const ask = (subject: unknown, rule = ruleId) =>
      graph.call('POST', `${base}/jobs/${job}/provisionOnDemand`, {
        parameters: [{ ruleId: rule, subjects: [subject] }],
      });
    const member = { objectId: 'x', objectTypeName: 'User' };
    const six = Array.from({ length: 6 }, () => member);
    assert.equal(
      (await ask({ objectId: 'g', objectTypeName: 'Group', links: { members: six } })).status,
      400,
    );
    assert.equal((await ask({ objectId: 'g', objectTypeName: 'Device' })).status, 400);
    assert.equal((await ask(member, '99999999-9999-4999-8999-999999999999')).status, 400);
  });

  it('validates credentials on the collection and on one job, and names what is missing', async () => {
    const { base, job } = await withJob(graph);
    for (const path of [`${base}/jobs/validateCredentials`, `${base}/jobs/${job}/validateCredentials`]) {
      const missing = await graph.call('POST', path, { templateId: 'scim' });
      assert.equal(at(missing.body, 'error/code'), 'RequestMissingRequiredParameter');
      const wrongKey = await graph.call('POST', path, {
        templateId: 'scim',
        credentials: [{ key: 'Tenant', value: 'x' }],
      });
      assert.equal(wrongKey.status, 500);
      assert.equal(at(wrongKey.body, 'error/code'), 'InternalError');
      const credentials = [
        { key: 'BaseAddress', value: 'http://127.0.0.1:9/none/scim/v2' },
        { key: 'SecretToken', value: 'x' },
      ];
      const unreachable = await graph.call('POST', path, { templateId: 'scim', credentials });
      assert.equal(unreachable.status, 400);
      assert.equal(at(unreachable.body, 'error/code'), 'CredentialValidationUnavailable');
    }
  });
});
