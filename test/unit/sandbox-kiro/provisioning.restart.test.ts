import assert from 'node:assert/strict';
import { ProvisioningError } from '../../../src/sandbox/provisioning/types.ts';
import { gate, principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';

/** What each flag of `resetScope` resets (Microsoft Graph: synchronizationJobRestartCriteria). */
const effects = {
  Watermark: { initial: true, escrows: 1, links: true, quarantined: true },
  Escrows: { initial: false, escrows: 0, links: true, quarantined: true },
  QuarantineState: { initial: false, escrows: 1, links: true, quarantined: false },
  ConnectorDataStore: { initial: false, escrows: 1, links: false, quarantined: true },
  Full: { initial: true, escrows: 0, links: false, quarantined: false },
  'Watermark, Escrows, QuarantineState': { initial: true, escrows: 0, links: true, quarantined: false },
  '': { initial: true, escrows: 0, links: true, quarantined: false },
  None: { initial: false, escrows: 1, links: true, quarantined: true },
};

describe('sandbox provisioning: restart', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
    const { stub, provisioning, user } = setup;
    provisioning.behaviour({ thresholds: { base: 0 } });
    stub.answer = ({ method, body }) =>
      method === 'POST' && body['userName'] === user(2).userPrincipalName
        ? new Response('{}', { status: 500 })
        : undefined;
    await setup.firstCycle();
    assert.equal(setup.job.status['code'], 'Quarantine');
  });
  afterEach(() => setup.stub.close());

  for (const [scope, effect] of Object.entries(effects))
    it(`resets what '${scope}' names, and nothing else`, () => {
      const { provisioning, job } = setup;
      provisioning.restart(principal, scope);
      assert.deepEqual(
        {
          initial: job.initialCycleDue,
          escrows: provisioning.memories().get(principal)?.escrows.size,
          links: job.links.size > 0,
          quarantined: job.status['code'] === 'Quarantine',
        },
        effect,
      );
      assert.equal(job.schedule.state, 'Active');
    });

  it('refuses a flag that there is not', () => {
    assert.throws(
      () => setup.provisioning.restart(principal, 'Everything'),
      (error) => error instanceof ProvisioningError && error.status === 400,
    );
  });

  it('keeps the cached ids of the target unless the connector data store is reset', async () => {
    const { provisioning, stub, state, user, job } = setup;
    provisioning.behaviour({ thresholds: { base: 40_000 } });
    stub.answer = () => undefined;
    stub.users.clear();
    const anchors = (): number =>
      setup.rows((row) => row.provisioningStatusInfo.errorInformation?.errorCode === 'InvalidAnchor').length;
    provisioning.restart(principal, 'Watermark, Escrows, QuarantineState');
    await state.clock.advance(1000);
    assert.ok(anchors() > 0);
    const before = anchors();
    const old = job.links.get(user(1).id);
    provisioning.restart(principal, 'Full');
    await state.clock.advance(1000);
    assert.equal(anchors(), before);
    assert.notEqual(job.links.get(user(1).id), old);
    assert.equal(stub.users.size, 2);
  });

  it('is not undone by the end of a cycle that ran meanwhile', async () => {
    const { provisioning, stub, state, job } = setup;
    const released = gate();
    const held = gate();
    stub.answer = () => {
      held.open();
      return released.opened;
    };
    provisioning.restart(principal);
    const ran = state.clock.advance(1000);
    await held.opened;
    provisioning.restart(principal);
    const planned = job.nextCycleAt;
    released.open();
    await ran;
    assert.equal(job.nextCycleAt, planned);
    assert.equal(job.initialCycleDue, true);
  });
});
