import assert from 'node:assert/strict';
import { ProvisioningError } from '../../../src/sandbox/provisioning/types.ts';
import { CYCLE, DAY, HOUR, principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import type { Json } from './scimStub.ts';

describe('sandbox provisioning: quarantine', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());
  const quarantine = (): Json | null => setup.job.status['quarantine'] as Json | null;
  const refuse = (status: number, body = '{}'): void => {
    setup.stub.answer = () => new Response(body, { status });
  };

  it('begins at once with refused credentials and is tried again after 6, 12 and 24 hours, then daily', async () => {
    const { job, state } = setup;
    refuse(401);
    const start = state.clock.now() + 1000;
    await setup.firstCycle();
    assert.equal(job.status['code'], 'Quarantine');
    assert.equal(quarantine()?.['reason'], 'EncounteredQuarantineException');
    assert.equal(
      (quarantine()?.['error'] as Json)['code'],
      'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
    );
    const tries: number[] = [];
    for (let n = 0; n < 5; n++) {
      tries.push((job.nextCycleAt! - start) / HOUR);
      assert.equal(Date.parse(String(quarantine()?.['nextAttempt'])), job.nextCycleAt);
      await state.clock.advance(job.nextCycleAt! - state.clock.now());
    }
    assert.deepEqual(tries, [6, 12, 24, 48, 72]);
    assert.equal(quarantine()?.['seriesCount'], 6);
    assert.equal(Date.parse(String(quarantine()?.['seriesBegan'])), start);
  });

  for (const [name, status, body] of [
    ['a 404 in place of an empty list', 404, '{}'],
    ['a page that is no SCIM', 200, '<html>Sign in</html>'],
    ['a list that ignores the filter', 200, '{"totalResults":1,"Resources":[{"id":"x"}]}'],
  ] as const)
    it(`begins at once with ${name}, and validateCredentials refuses it`, async () => {
      refuse(status, body);
      await setup.firstCycle();
      assert.equal(setup.job.status['code'], 'Quarantine');
      await assert.rejects(
        setup.provisioning.validateCredentials(principal, { templateId: 'scim', useSavedCredentials: true }),
        (error) => error instanceof ProvisioningError && error.code === 'CredentialValidationUnavailable',
      );
    });

  it('ends by itself when the target answers again, and by start or restart', async () => {
    const { job, state, provisioning, stub } = setup;
    refuse(401);
    await setup.firstCycle();
    stub.answer = () => undefined;
    await state.clock.advance(6 * HOUR);
    assert.deepEqual([job.status['code'], quarantine()], ['Active', null]);
    assert.equal(job.nextCycleAt, state.clock.now() + CYCLE);
    refuse(401);
    await setup.nextCycle();
    assert.equal(job.status['code'], 'Quarantine');
    provisioning.start(principal);
    assert.equal(quarantine(), null);
  });

  it('disables the job after four weeks', async () => {
    refuse(401);
    await setup.firstCycle();
    await setup.state.clock.advance(28 * DAY - HOUR);
    assert.equal(setup.job.schedule.state, 'Active');
    await setup.state.clock.advance(DAY);
    assert.equal(setup.job.schedule.state, 'Disabled');
    assert.equal(setup.job.nextCycleAt, undefined);
  });

  it('has the documented thresholds unless told otherwise', () => {
    assert.deepEqual(setup.provisioning.behaviour({}), {
      thresholds: { fewest: 5000, proportion: 0.4, base: 40_000, total: 60_000 },
      onDemandShape: 'A',
    });
  });

  for (const [reason, thresholds] of [
    ['EncounteredEscrowProportionThreshold', { fewest: 1 }],
    ['EncounteredBaseEscrowThreshold', { base: 0 }],
    ['EncounteredTotalEscrowThreshold', { total: 0 }],
  ] as const)
    it(`begins with ${reason}, and ends when what failed succeeds`, async () => {
      const { provisioning, stub, user, job } = setup;
      provisioning.behaviour({ thresholds });
      stub.answer = ({ method, body }) =>
        method === 'POST' && (body['userName'] !== user(1).userPrincipalName || reason.includes('Proportion'))
          ? new Response('{}', { status: 500 })
          : undefined;
      await setup.firstCycle();
      assert.deepEqual([job.status['code'], quarantine()?.['reason']], ['Quarantine', reason]);
      stub.answer = () => undefined;
      await setup.state.clock.advance(6 * HOUR);
      assert.deepEqual([job.status['code'], stub.users.size], ['Active', 2]);
    });

  it('leaves a job alone where fewer fail, and does not count references but for the total', async () => {
    const { provisioning, stub, job } = setup;
    provisioning.behaviour({ thresholds: { fewest: 1, base: 0 } });
    stub.answer = ({ method, path }) =>
      method === 'PATCH' && path.startsWith('/Groups') ? new Response('{}', { status: 500 }) : undefined;
    await setup.firstCycle();
    assert.equal(job.status['code'], 'Active');
    assert.equal(setup.execution()['countEscrowed'], 1);
    provisioning.behaviour({ thresholds: { total: 0 } });
    await setup.nextCycle();
    assert.equal(quarantine()?.['reason'], 'EncounteredTotalEscrowThreshold');
  });

  it('holds too many deletions back, tells them as staged, and lets them through once', async () => {
    const { stub, provisioning, state, job } = setup;
    setup.secret('SyncNotificationSettings', '{"DeleteThresholdEnabled":true,"DeleteThresholdValue":2}');
    await setup.firstCycle();
    setup.unassign(setup.group.id);
    await setup.nextCycle();
    assert.deepEqual([job.status['code'], quarantine()?.['reason']], ['Quarantine', 'TooManyDeletes']);
    assert.equal(stub.groups.size, 1);
    assert.ok([...stub.users.values()].every((one) => one['active'] === true));
    assert.equal(setup.rows((row) => row.provisioningAction === 'stagedDelete').length, 3);
    await state.clock.advance(6 * HOUR);
    assert.equal(job.status['code'], 'Quarantine', 'it does not let them through by itself');
    provisioning.restart(principal, 'ForceDeletes');
    assert.equal(job.status['code'], 'Quarantine');
    await state.clock.advance(1000);
    assert.equal(job.status['code'], 'Active');
    assert.equal(stub.groups.size, 0);
    assert.ok([...stub.users.values()].every((one) => one['active'] === false));
    setup.assign(setup.group.id, 'Group');
    await setup.nextCycle();
    setup.unassign(setup.group.id);
    await setup.nextCycle();
    assert.equal(quarantine()?.['reason'], 'TooManyDeletes', 'only once');
  });

  it('does not hold as many deletions back as the threshold allows, nor without the threshold', async () => {
    for (const settings of [
      '{"DeleteThresholdEnabled":true,"DeleteThresholdValue":3}',
      '{"Enabled":false}',
    ]) {
      const other = await setUp();
      other.secret('SyncNotificationSettings', settings);
      await other.firstCycle();
      other.unassign(other.group.id);
      await other.nextCycle();
      assert.equal(other.stub.groups.size, 0);
      await other.stub.close();
    }
  });
});
