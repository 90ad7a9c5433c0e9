import assert from 'node:assert/strict';
import { CYCLE, HOUR, gate, principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import type { Json } from './scimStub.ts';
import { testUser } from './fixture.ts';

describe('sandbox provisioning: cycles', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());

  it('shows NotRun, Failed and None between start and the first cycle, then counts', async () => {
    const { provisioning, job, state } = setup;
    assert.equal(job.status['code'], 'Paused');
    provisioning.start(principal);
    assert.deepEqual([job.schedule.state, job.status['code']], ['Active', 'NotRun']);
    const before = setup.execution();
    assert.deepEqual([before['state'], before['countImported']], ['Failed', 0]);
    assert.deepEqual(before['error'], { code: 'None', message: '', tenantActionable: false });
    await state.clock.advance(1000);
    assert.equal(job.status['code'], 'Active');
    const after = setup.execution();
    assert.deepEqual(
      [after['state'], after['countEntitled'], after['countImported'], after['countExported']],
      ['Succeeded', 3, 3, 3],
    );
    assert.equal(after['countImportedReferenceDeltas'], 2);
    assert.deepEqual(job.status['lastSuccessfulExecution'], after);
    assert.deepEqual(job.status['synchronizedEntryCountByType'], [
      { key: 'User', value: 2 },
      { key: 'Group', value: 1 },
    ]);
    assert.equal(job.status['steadyStateFirstAchievedTime'], after['timeEnded']);
  });

  it('runs every forty minutes and looks at what changed since the watermark only', async () => {
    const { stub, user, job, provisioning } = setup;
    await setup.firstCycle();
    const memory = provisioning.memories().get(principal)!;
    const first = memory.watermark!;
    assert.equal(job.nextCycleAt, first + CYCLE);
    stub.requests.length = 0;
    await setup.nextCycle();
    assert.equal(stub.requests.length, 2, 'an idle cycle only tests the connection');
    assert.equal(memory.watermark, first + CYCLE);
    const exported = job.status['lastSuccessfulExecutionWithExports'] as Json;
    assert.notDeepEqual(exported, job.status['lastSuccessfulExecution']);
    stub.requests.length = 0;
    user(1).displayName = 'Ada';
    await setup.nextCycle();
    assert.deepEqual(
      setup.stub.lines().filter((line) => !line.includes('filter=')),
      [`GET /Users/${job.links.get(user(1).id)}`, `PATCH /Users/${job.links.get(user(1).id)}`],
    );
    assert.equal(setup.execution()['countImportedDeltas'], 1);
  });

  it('makes a fresh initial cycle after a change of the schema, and after the scope was widened', async () => {
    const { provisioning, stub } = setup;
    await setup.firstCycle();
    provisioning.schemaChanged(principal);
    await setup.nextCycle();
    assert.equal(setup.execution()['countImported'], 3);
    setup.secret('SyncAll', 'true');
    await setup.nextCycle();
    assert.equal(stub.users.size, 3);
  });

  it('narrows from everyone to assigned people only with a restart', async () => {
    const { provisioning, user, stub, job } = setup;
    setup.secret('SyncAll', 'true');
    await setup.firstCycle();
    const third = job.links.get(user(3).id)!;
    setup.secret('SyncAll', 'false');
    await setup.nextCycle();
    assert.equal(stub.users.get(third)?.['active'], true);
    provisioning.restart(principal);
    await setup.state.clock.advance(1000);
    assert.equal(stub.users.get(third)?.['active'], false);
  });

  it('adds a member who comes back into scope to the group only with a restart', async () => {
    const { provisioning, user, stub, job } = setup;
    user(2).accountEnabled = false;
    await setup.firstCycle();
    const members = (): number => ((stub.groups.values().next().value?.['members'] ?? []) as Json[]).length;
    assert.equal(members(), 1);
    user(2).accountEnabled = true;
    await setup.nextCycle();
    assert.ok(job.links.has(user(2).id), 'the person arrives');
    assert.equal(members(), 1, 'the membership does not');
    provisioning.restart(principal);
    await setup.state.clock.advance(1000);
    assert.equal(members(), 2);
  });

  it('keeps failures in escrow with growing waits, and brings the membership when the person arrived', async () => {
    const { user, stub, job } = setup;
    let refusals = 0;
    stub.answer = ({ method, body }) => {
      const hit = method === 'POST' && body['userName'] === user(2).userPrincipalName && ++refusals <= 2;
      return hit ? new Response('{}', { status: 503 }) : undefined;
    };
    await setup.firstCycle();
    assert.deepEqual(
      [setup.execution()['state'], setup.execution()['countEscrowed'], refusals],
      ['EntryLevelErrors', 1, 1],
    );
    assert.equal(job.status['lastSuccessfulExecution'], null);
    await setup.nextCycle();
    assert.equal(refusals, 2);
    await setup.nextCycle();
    assert.equal(refusals, 2, 'the second wait is twice as long');
    await setup.nextCycle();
    assert.equal(refusals, 3);
    assert.equal(setup.execution()['state'], 'Succeeded');
    assert.equal((stub.groups.values().next().value?.['members'] as Json[]).length, 2);
  });

  it('never waits longer than a day for what fails', async () => {
    const { stub, state, provisioning } = setup;
    stub.answer = ({ method }) => (method === 'POST' ? new Response('{}', { status: 500 }) : undefined);
    await setup.firstCycle();
    await state.clock.advance(20 * 24 * HOUR);
    const escrows = [...provisioning.memories().get(principal)!.escrows.values()];
    assert.ok(escrows.length > 0 && escrows.every((one) => one.nextAt - state.clock.now() <= 24 * HOUR));
  });

  it('shows progress during an initial cycle, and lets a running cycle finish after a pause', async () => {
    const { provisioning, stub, job, state } = setup;
    const released = gate();
    const held = gate();
    stub.answer = ({ method, path }) => {
      if (method !== 'POST' || path !== '/Groups') return undefined;
      held.open();
      return released.opened;
    };
    provisioning.start(principal);
    const ran = state.clock.advance(1000);
    await held.opened;
    const [progress] = job.status['progress'] as Json[];
    assert.deepEqual([progress?.['completedUnits'], progress?.['totalUnits']], [3, 3]);
    provisioning.pause(principal);
    released.open();
    await ran;
    assert.equal(stub.groups.size, 1, 'the cycle went on');
    assert.deepEqual(job.status['progress'], []);
    assert.deepEqual([job.schedule.state, job.status['code']], ['Paused', 'Paused']);
    stub.requests.length = 0;
    await state.clock.advance(5 * CYCLE);
    assert.equal(stub.requests.length, 0);
  });

  it('sends a manager after the people, once both are there', async () => {
    const { user, stub, job, state } = setup;
    const boss = testUser(7);
    state.tenant.users.set(boss.id, boss);
    setup.assign(boss.id, 'User');
    user(1).managerId = boss.id;
    await setup.firstCycle();
    const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager';
    const posted = stub.requests.find((one) => one.method === 'POST')!.body;
    assert.doesNotMatch(JSON.stringify(posted), /manager/);
    assert.deepEqual(stub.operations('/Users'), [{ op: 'Add', path: urn, value: job.links.get(boss.id) }]);
  });
});
