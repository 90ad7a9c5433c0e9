import assert from 'node:assert/strict';
import { CYCLE, DAY, principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import { testGroup } from './fixture.ts';

describe('sandbox provisioning: deprovisioning', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());
  const active = (n: number): unknown => {
    const id = setup.job.links.get(setup.user(n).id) ?? [...setup.stub.users.keys()][n - 1]!;
    return setup.stub.users.get(id)?.['active'];
  };
  /** Time passes while the job rests, so that not a thousand idle cycles run; then it goes on where it stopped. */
  const later = async (days: number): Promise<void> => {
    setup.provisioning.pause(principal);
    await setup.state.clock.advance(days * DAY);
    await setup.firstCycle();
  };
  const deletes = (): string[] => setup.stub.lines().filter((line) => line.startsWith('DELETE'));

  it('disables who is switched off, keeps the link, and switches on again', async () => {
    const { user, job } = setup;
    await setup.firstCycle();
    user(1).accountEnabled = false;
    user(1).displayName = 'Renamed meanwhile';
    await setup.nextCycle();
    assert.equal(active(1), false);
    assert.deepEqual(setup.stub.operations('/Users'), [{ op: 'Replace', path: 'active', value: 'False' }]);
    assert.ok(job.links.has(user(1).id));
    user(1).accountEnabled = true;
    await setup.nextCycle();
    assert.equal(active(1), true);
  });

  it('does not make somebody who is disabled and never was there', async () => {
    setup.user(1).accountEnabled = false;
    await setup.firstCycle();
    assert.equal(setup.stub.users.size, 1);
  });

  it('disables a deleted person at once, and deletes thirty days later', async () => {
    const { user, state, stub } = setup;
    await setup.firstCycle();
    const { id } = user(1);
    const target = setup.job.links.get(id)!;
    setup.group.members.delete(id);
    state.tenant.users.delete(id);
    await setup.nextCycle();
    assert.equal(stub.users.get(target)?.['active'], false);
    await later(29);
    assert.deepEqual(deletes(), []);
    await later(1);
    assert.deepEqual(deletes(), [`DELETE /Users/${target}`]);
    assert.equal(setup.rows((row) => row.provisioningAction === 'delete').length, 1);
  });

  it('sends no deletion for somebody who was unassigned before: the link is gone', async () => {
    const { user, state } = setup;
    await setup.firstCycle();
    setup.group.members.delete(user(1).id);
    await setup.nextCycle();
    assert.equal(active(1), false);
    assert.equal(setup.job.links.has(user(1).id), false);
    state.tenant.users.delete(user(1).id);
    await later(40);
    assert.deepEqual(deletes(), []);
  });

  it('disables who is unassigned while a change of theirs is in escrow', async () => {
    const { user, stub, group } = setup;
    await setup.firstCycle();
    user(1).displayName = 'Renamed';
    stub.answer = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 500 }) : undefined);
    await setup.nextCycle();
    await setup.nextCycle();
    assert.ok(setup.provisioning.memories().get(principal)!.escrows.has(user(1).id));
    stub.answer = () => undefined;
    group.members.delete(user(1).id);
    await setup.nextCycle();
    assert.equal(active(1), false);
  });

  it('tries a removal that failed again after growing waits', async () => {
    const { stub } = setup;
    await setup.firstCycle();
    setup.unassign(setup.group.id);
    const failing = (): number => stub.lines().filter((line) => line.startsWith('PATCH /Users')).length;
    stub.answer = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 500 }) : undefined);
    await setup.nextCycle();
    await setup.nextCycle();
    const before = failing();
    await setup.nextCycle();
    assert.equal(failing(), before);
    stub.answer = () => undefined;
    await setup.nextCycle();
    assert.equal(active(1), false);
  });

  it('deletes a group that is unassigned or gone', async () => {
    const second = testGroup(2, []);
    setup.state.tenant.groups.set(second.id, second);
    setup.assign(second.id, 'Group');
    await setup.firstCycle();
    setup.unassign(setup.group.id);
    setup.state.tenant.groups.delete(second.id);
    await setup.nextCycle();
    assert.equal(deletes().length, 2);
    assert.equal(setup.stub.groups.size, 0);
  });

  it('leaves those alone who only left the scope, with SkipOutOfScopeDeletions', async () => {
    setup.secret('SkipOutOfScopeDeletions', 'True');
    await setup.firstCycle();
    setup.unassign(setup.group.id);
    await setup.nextCycle();
    assert.deepEqual([active(1), setup.stub.groups.size], [true, 1]);
  });

  it('sends neither DELETE nor a disabling of who left, without Delete among the flow types', async () => {
    for (const source of ['User', 'Group'] as const) setup.mapping(source).flowTypes = 'Add, Update';
    await setup.firstCycle();
    setup.unassign(setup.group.id);
    await setup.nextCycle();
    assert.deepEqual([active(1), setup.stub.groups.size, deletes()], [true, 1, []]);
  });

  it('changes nothing in who is there already, without Update, and makes nobody without Add', async () => {
    setup.mapping('User').flowTypes = 'Add, Delete';
    await setup.firstCycle();
    setup.user(1).displayName = 'Ada';
    await setup.nextCycle();
    assert.deepEqual(setup.stub.operations('/Users'), []);
    const other = await setUp();
    other.mapping('User').flowTypes = 'Update, Delete';
    await other.firstCycle();
    assert.equal(other.stub.users.size, 0);
    await other.stub.close();
  });

  it('does nothing to people who go where no mapping follows IsSoftDeleted', async () => {
    const mapping = setup.mapping('User');
    mapping.attributeMappings = mapping.attributeMappings.filter(
      (one) => one['targetAttributeName'] !== 'active',
    );
    await setup.firstCycle();
    setup.unassign(setup.group.id);
    await setup.nextCycle();
    assert.deepEqual(setup.stub.operations('/Users'), []);
  });

  it('leaves accounts as they are when the job is deleted', async () => {
    await setup.firstCycle();
    const before = setup.stub.requests.length;
    setup.provisioning.forget(principal);
    setup.state.tenant.synchronization.get(principal)!.job = undefined;
    await setup.state.clock.advance(3 * CYCLE);
    assert.equal(setup.stub.requests.length, before);
  });
});
