import assert from 'node:assert/strict';
import { Hono } from 'hono';
import { defaultSchema } from '../../../src/sandbox/graph/synchronization/defaultSchema.ts';
import { createProvisioning } from '../../../src/sandbox/provisioning/service.ts';
import type { Provisioning } from '../../../src/sandbox/provisioning/types.ts';
import { ProvisioningError } from '../../../src/sandbox/provisioning/types.ts';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import type { GraphGroup, Job, KiroProfile, SandboxState } from '../../../src/sandbox/state.ts';
import { listen, testGroup, testState, testUser, withProfile } from './fixture.ts';

type Json = Record<string, unknown>;
const principal = 'bbbbbbbb-0000-4000-8000-000000000001';
const cycle = 40 * 60_000;

describe('sandbox provisioning service', () => {
  let state: SandboxState;
  let provisioning: Provisioning;
  let server: Awaited<ReturnType<typeof listen>>;
  let job: Job;
  let kiro: KiroProfile;
  let group: GraphGroup;
  /** Method and path of each request that came over HTTP, and its body. */
  let requests: { line: string; body: Json }[];

  beforeEach(async () => {
    state = testState();
    const token = withProfile(state);
    kiro = state.kiro.profile!;
    const scim = createScimApp(state);
    requests = [];
    const recorder = new Hono();
    recorder.all('*', async (c) => {
      const { pathname, search } = new URL(c.req.url);
      const text = await c.req.raw.clone().text();
      requests.push({
        line: `${c.req.method} ${decodeURIComponent(pathname.split('/v2')[1]! + search)}`,
        body: text === '' ? {} : (JSON.parse(text) as Json),
      });
      return scim.fetch(c.req.raw);
    });
    server = await listen(recorder);
    const tenant = state.tenant;
    const users = [...tenant.users.keys()];
    group = testGroup(1, users.slice(0, 2), { displayName: 'Kiro users' });
    tenant.groups.set(group.id, group);
    tenant.servicePrincipals.set(principal, { id: principal, appId: 'app', displayName: 'Kiro-Entra' });
    assign(group.id, 'Group');
    job = {
      id: 'scim.tenant.app',
      templateId: 'scim',
      schema: defaultSchema('scim.tenant.app'),
      schedule: { expiration: null, interval: 'PT40M', state: 'Disabled' },
      status: {},
      links: new Map(),
      nextCycleAt: undefined,
      initialCycleDue: true,
    };
    tenant.synchronization.set(principal, {
      servicePrincipalId: principal,
      secrets: [
        { key: 'BaseAddress', value: `${server.origin}/${state.kiro.scimTenant}/scim/v2/` },
        { key: 'SecretToken', value: token },
        { key: 'SyncAll', value: 'false' },
      ],
      job,
    });
    provisioning = createProvisioning(state);
    job.status = provisioning.newStatus();
  });
  afterEach(() => server.close());

  function assign(principalId: string, principalType: 'User' | 'Group'): void {
    state.tenant.appRoleAssignments.set(`to ${principalId}`, {
      id: `to ${principalId}`,
      appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
      principalId,
      principalType,
      principalDisplayName: '',
      resourceId: principal,
      resourceDisplayName: 'Kiro-Entra',
      createdDateTime: '',
    });
  }

  const userMapping = (): { attributeMappings: Json[]; flowTypes: string } => {
    const rule = (job.schema['synchronizationRules'] as Json[])[0]!;
    const mapping = (rule['objectMappings'] as Json[]).find((one) => one['sourceObjectName'] === 'User')!;
    return mapping as { attributeMappings: Json[]; flowTypes: string };
  };

  /** The guide's edits: externalId from objectId, and away with what Kiro does not support. */
  function repairMappings(): void {
    const mapping = userMapping();
    mapping.attributeMappings = mapping.attributeMappings.filter(
      (one) => !/enterprise|phoneNumbers/.test(String(one['targetAttributeName'])),
    );
    const external = mapping.attributeMappings.find((one) => one['targetAttributeName'] === 'externalId')!;
    external['source'] = { expression: '[objectId]', name: 'objectId', type: 'Attribute', parameters: [] };
  }

  async function onDemand(
    objectId: string,
    objectTypeName = 'User',
    members: string[] = [],
  ): Promise<{ key: Json; value: Json }> {
    const ruleId = String((job.schema['synchronizationRules'] as Json[])[0]!['id']);
    const links = { members: members.map((id) => ({ objectId: id, objectTypeName: 'User' })) };
    const subjects = [{ objectId, objectTypeName, ...(members.length > 0 ? { links } : {}) }];
    const answer = await provisioning.provisionOnDemand(principal, [{ ruleId, subjects }]);
    return { key: JSON.parse(answer.key) as Json, value: JSON.parse(answer.value) as Json };
  }
  const user = (n: number) => [...state.tenant.users.values()][n - 1]!;
  const inKiro = () => [...kiro.users.values()].map((one) => [one.resource['externalId'], one.active]);
  const status = (): Json => job.status;

  it('validates, pushes one person on demand and finds the object id in Kiro', async () => {
    repairMappings();
    await provisioning.validateCredentials(principal, { templateId: 'scim', useSavedCredentials: true });
    assert.match(requests[0]!.line, /^GET \/Users\?filter=userName eq "[0-9a-f-]{36}"$/);
    const { key, value } = await onDemand(user(1).id);
    assert.deepEqual(key, { result: 'Success', details: {} });
    assert.deepEqual(
      (value['provisioningSteps'] as Json[]).map((step) => [step['type'], step['status']]),
      [
        ['Import', 'Success'],
        ['Scoping', 'Success'],
        ['Matching', 'Success'],
        ['Export', 'Success'],
      ],
    );
    const base = `${server.origin}/${state.kiro.scimTenant}/scim/v2`;
    const response = await fetch(
      `${base}/Users?filter=${encodeURIComponent(`userName eq "${user(1).userPrincipalName}"`)}`,
      {
        headers: { authorization: `Bearer ${kiro.tokens[0]!.secret}` },
      },
    );
    const found = ((await response.json()) as { Resources: Json[] }).Resources[0]!;
    assert.equal(found['externalId'], user(1).id);
    assert.equal(found['displayName'], 'Person 1');
    assert.equal((found['name'] as Json)['formatted'], 'Person Number 1');
    assert.equal(found['active'], true);
    const sent = requests.find((one) => one.line === 'POST /Users')!.body;
    assert.deepEqual(
      [sent['active'], sent['roles']],
      [true, []],
      'a boolean when created, a string when patched',
    );
    assert.equal((value['targetIdentity'] as Json)['id'], found['id']);
    assert.equal(state.tenant.provisioningLogs.length, 1);
    const again = await onDemand(user(1).id);
    assert.equal((again.key['details'] as Json)['errorCode'], 'RedundantExport');
  });

  it('says inside a 200 what the target refused, with the default mappings', async () => {
    const { key, value } = await onDemand(user(1).id);
    assert.equal(key['result'], 'Failure');
    const details = key['details'] as Json;
    assert.equal(details['errorCode'], 'SystemForCrossDomainIdentityManagementBadRequest');
    assert.match(String(details['errorMessage']), /Request is unparsable/);
    assert.equal((value['statusInfo'] as Json)['status'], 'Failure');
    assert.doesNotMatch(JSON.stringify(value), /token-for-tests/);
    assert.equal(kiro.users.size, 0);
  });

  it('skips a person who is not assigned, and one who is disabled, without asking the target', async () => {
    repairMappings();
    const { key } = await onDemand(user(3).id);
    assert.equal(key['result'], 'Skipped');
    assert.equal((key['details'] as Json)['errorCode'], 'NotEffectivelyEntitled');
    user(2).accountEnabled = false;
    assert.equal((await onDemand(user(2).id)).key['result'], 'Skipped');
    assert.equal(requests.length, 0);
  });

  it('pushes a group with its members on demand, in Entra’s own way of writing', async () => {
    repairMappings();
    const { key } = await onDemand(group.id, 'Group', [user(1).id, user(2).id]);
    assert.equal(key['result'], 'Success');
    const lines = requests.map((one) => one.line);
    assert.ok(lines.includes('GET /Groups?excludedAttributes=members&filter=displayName eq "Kiro users"'));
    const post = requests.find((one) => one.line === 'POST /Groups')!;
    assert.equal(post.body['members'], undefined);
    assert.equal(post.body['externalId'], group.id);
    const patch = requests.at(-1)!;
    const ids = [...kiro.users.keys()];
    assert.deepEqual(patch.body['Operations'], [
      { op: 'Add', path: 'members', value: ids.map((value) => ({ $ref: null, value })) },
    ]);
    assert.deepEqual([...[...kiro.groups.values()][0]!.members], ids);
    const again = await onDemand(group.id, 'Group', [user(1).id]);
    assert.equal((again.key['details'] as Json)['errorCode'], 'RedundantExport');
    await assert.rejects(
      onDemand(
        group.id,
        'Group',
        Array.from({ length: 6 }, () => user(1).id),
      ),
      (error) => error instanceof ProvisioningError && error.status === 400,
    );
  });

  it('runs cycles by the clock and follows who comes, changes and goes', async () => {
    repairMappings();
    provisioning.start(principal);
    assert.equal(status()['code'], 'NotRun');
    assert.equal(job.schedule.state, 'Active');
    const first = status()['lastExecution'] as Json;
    assert.deepEqual([first['state'], (first['error'] as Json)['code']], ['Failed', 'None']);
    await state.clock.advance(1000);
    assert.equal(status()['code'], 'Active');
    assert.equal((status()['lastExecution'] as Json)['state'], 'Succeeded');
    assert.deepEqual(inKiro(), [
      [user(1).id, true],
      [user(2).id, true],
    ]);
    assert.deepEqual(status()['synchronizedEntryCountByType'], [
      { key: 'User', value: 2 },
      { key: 'Group', value: 1 },
    ]);
    const before = requests.length;
    await state.clock.advance(cycle);
    assert.equal(requests.length - before, 2, 'an idle cycle only tests the connection');

    user(1).displayName = 'Ada';
    user(2).accountEnabled = false;
    group.members.add(user(3).id);
    await state.clock.advance(cycle);
    assert.deepEqual(inKiro(), [
      [user(1).id, true],
      [user(2).id, false],
      [user(3).id, true],
    ]);
    const patches = requests.filter((one) => one.line.startsWith('PATCH /Users'));
    assert.deepEqual(
      patches.map((one) => one.body['Operations']),
      [
        [{ op: 'Replace', path: 'displayName', value: 'Ada' }],
        [{ op: 'Replace', path: 'active', value: 'False' }],
      ],
    );
    const members = [...kiro.groups.values()][0]!.members;
    assert.equal(members.size, 3);

    group.members.delete(user(1).id);
    await state.clock.advance(cycle);
    assert.deepEqual(inKiro()[0], [user(1).id, false]);
    assert.equal(members.size, 2);
    group.members.add(user(1).id);
    await state.clock.advance(cycle);
    assert.deepEqual(inKiro()[0], [user(1).id, true]);
    state.tenant.appRoleAssignments.clear();
    await state.clock.advance(cycle);
    assert.equal(kiro.groups.size, 0);
    assert.deepEqual(
      inKiro().map(([, active]) => active),
      [false, false, false],
    );
    assert.ok(state.tenant.provisioningLogs.some((row) => row['provisioningAction'] === 'disable'));
    provisioning.pause(principal);
    const paused = requests.length;
    await state.clock.advance(5 * cycle);
    assert.equal(requests.length, paused);
  });

  it('puts the job into quarantine when the token is gone, and heals with a new one', async () => {
    repairMappings();
    kiro.tokens.length = 0;
    provisioning.start(principal);
    await state.clock.advance(1000);
    assert.equal(status()['code'], 'Quarantine');
    const quarantine = status()['quarantine'] as Json;
    assert.equal(quarantine['reason'], 'EncounteredQuarantineException');
    assert.equal(job.nextCycleAt! - state.clock.now(), 6 * 3_600_000);
    await assert.rejects(
      provisioning.validateCredentials(principal, { templateId: 'scim', useSavedCredentials: true }),
      (error) => error instanceof ProvisioningError && error.code === 'CredentialValidationUnavailable',
    );
    const { key } = await onDemand(user(1).id);
    assert.equal(key['result'], 'Failure');
    await state.clock.advance(29 * 24 * 3_600_000);
    assert.equal(job.schedule.state, 'Disabled');
    kiro.tokens.push({ id: 'two', secret: 'token-for-tests', createdAt: 0 });
    provisioning.restart(principal, 'QuarantineState');
    await state.clock.advance(1000);
    assert.equal(status()['quarantine'], null);
    assert.equal(kiro.users.size, 2);
  });

  it('keeps one person’s failure to that person and tries again with growing waits', async () => {
    repairMappings();
    kiro.users.set('old', {
      id: 'old',
      active: true,
      resource: { userName: user(1).userPrincipalName, externalId: 'person1', active: true },
    });
    provisioning.start(principal);
    await state.clock.advance(1000);
    const execution = status()['lastExecution'] as Json;
    assert.deepEqual([execution['state'], execution['countEscrowed']], ['EntryLevelErrors', 1]);
    assert.ok(inKiro().some(([id]) => id === user(2).id));
    const failures = () =>
      state.tenant.provisioningLogs.filter(
        (row) => (row['provisioningStatusInfo'] as Json)['status'] === 'failure',
      );
    assert.match(JSON.stringify(failures()[0]), /mutability validation/);
    await state.clock.advance(4 * cycle);
    assert.equal(failures().length, 3, 'after 40 and after 80 more minutes');
  });

  it('takes everyone in when SyncAll says so, and does not follow nested groups when it does not', async () => {
    repairMappings();
    const nested = testGroup(2, [user(3).id]);
    state.tenant.groups.set(nested.id, nested);
    group.members.add(nested.id);
    await provisioning.runCycle(principal);
    assert.equal(kiro.users.size, 2);
    const secrets = state.tenant.synchronization.get(principal)!.secrets;
    secrets.find((one) => one.key === 'SyncAll')!.value = 'true';
    state.tenant.users.set(
      'guest',
      testUser(9, { id: 'guest', userPrincipalName: 'g_x.com#EXT#@contoso.com' }),
    );
    provisioning.schemaChanged(principal);
    await provisioning.runCycle(principal);
    assert.equal(kiro.users.size, 4);
    assert.ok([...kiro.users.values()].some((one) => one.resource['userName'] === 'g@x.com'));
    assert.equal(kiro.groups.size, 2);
  });

  it('reaches nothing but loopback', async () => {
    const credentials = [
      { key: 'BaseAddress', value: 'https://scim.us-east-1.amazonaws.com/x/scim/v2' },
      { key: 'SecretToken', value: 'x' },
    ];
    await assert.rejects(
      provisioning.validateCredentials(principal, { templateId: 'scim', credentials }),
      /could not be resolved/,
    );
  });
});
