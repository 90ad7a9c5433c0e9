import assert from 'node:assert/strict';
import type { LeavingView } from '../../../src/guide/leaving/leavingPaths.ts';
import { leftTick } from '../../../src/guide/leaving/openTasks.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { connectedSession } from './connectedSession.ts';
import { openSessionOn, type SandboxSession } from './sandboxSession.ts';

async function look({ session }: SandboxSession, who: string): Promise<LeavingView> {
  const [person] = await session.leaving.find(who);
  assert.ok(person);
  return session.leaving.look(person);
}

async function fault({ sandbox }: SandboxSession, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const url = `${sandbox.endpoints.control}/faults`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  assert.ok(response.ok, await response.text());
}

/** The task of the tree, once a look has judged it. */
async function taskOf({ session }: SandboxSession, id: string) {
  const { health } = await session.observe();
  return health.steps.flatMap(({ findings }) => findings).find((one) => one.id === `people.left.${id}`);
}

describe('removing a person’s access, on a sandbox tenant', () => {
  let stage: SandboxSession;
  afterEach(() => stage.sandbox.stop());

  it('removes a direct assignment, reads the person back as inactive, and keeps the seat as a task', async () => {
    stage = await connectedSession('direct-assignment');
    const { session } = stage;
    const { snapshot } = await session.observe();
    const direct = valueOf(snapshot.assignments)?.find(({ principalType }) => principalType === 'User');
    assert.ok(direct);
    const view = await look(stage, direct.principalId);
    assert.equal(view.direct.length, 1);
    assert.deepEqual([view.groups, valueOf(view.inKiro)], [[], 'active']);
    const plan = session.leaving.plan(view, []);
    const report = await session.leaving.run(view, plan, {});
    assert.deepEqual([report.result, valueOf(report.inKiro)], ['done', 'inactive'], report.summary.message);
    const after = await look(stage, direct.principalId);
    assert.deepEqual([after.direct, valueOf(after.inKiro)], [[], 'inactive']);
    assert.equal(session.leaving.plan(after, []).changes.length, 0);

    const task = await taskOf(stage, direct.principalId);
    assert.equal(task?.status, 'manual');
    assert.deepEqual(task.action, { kind: 'tick', tick: leftTick(direct.principalId) });
    // Kept over a restart, the tick too.
    const again = await openSessionOn(stage.sandbox, { ports: stage.ports });
    assert.equal((await taskOf({ ...stage, ...again }, direct.principalId))?.status, 'manual');
    await again.session.keep((kept) => ({
      ...kept,
      ticks: { ...kept.ticks, [leftTick(direct.principalId)]: again.session.now() },
    }));
    const third = await openSessionOn(stage.sandbox, { ports: stage.ports });
    assert.equal((await taskOf({ ...stage, ...third }, direct.principalId))?.status, 'met');

    const journalled = (await session.journal()).filter(({ phase }) => phase === 'done');
    assert.ok(
      journalled.some(({ method, path }) => method === 'DELETE' && path.includes('appRoleAssignedTo')),
    );
    assert.ok(journalled.some(({ changes }) => changes.includes('people.leave.inactive')));
  });

  it('ends a membership only when asked, says who else decides, and is taken back by undo', async () => {
    stage = await connectedSession('healthy');
    const { session } = stage;
    const view = await look(stage, 'grace@contoso.com');
    assert.deepEqual(
      view.groups.map(({ displayName, changeable }) => [displayName, changeable]),
      [['Kiro users', 'yes']],
    );
    assert.deepEqual(session.leaving.plan(view, []).changes, []);
    const [group] = view.groups;
    assert.ok(group);
    const plan = session.leaving.plan(view, [group.id]);
    assert.equal(plan.changes.length, 2);
    const report = await session.leaving.run(view, plan, {});
    assert.deepEqual([report.result, valueOf(report.inKiro)], ['done', 'inactive'], report.summary.message);
    assert.equal((await taskOf(stage, view.person.id))?.status, 'manual');

    const [last] = await session.undoable();
    assert.ok(last);
    const { undoPlan } = await import('../../../src/engine/undo/undoPlan.ts');
    const undo = undoPlan([last]);
    assert.deepEqual(undo.changes[0]?.scopes, ['GroupMember.ReadWrite.All']);
    assert.equal((await session.undo(undo, {})).result, 'done');
    const back = await look(stage, 'grace@contoso.com');
    assert.equal(back.groups.length, 1);
    // Who has access again has no seat to delete.
    assert.equal(await taskOf(stage, view.person.id), undefined);
  });

  it('goes on from wherever it broke off', async () => {
    stage = await connectedSession('healthy');
    const { session } = stage;
    const view = await look(stage, 'grace@contoso.com');
    const groups = view.groups.map(({ id }) => id);
    await fault(stage, {
      server: 'graph',
      method: 'POST',
      path: '/provisionOnDemand',
      status: 403,
      times: 0,
    });
    const first = await session.leaving.run(view, session.leaving.plan(view, groups), {});
    assert.deepEqual([first.result, valueOf(first.inKiro)], ['done', 'active']);
    assert.equal((await taskOf(stage, view.person.id))?.status, 'unmet');
    await fetch(`${stage.sandbox.endpoints.control}/faults`, { method: 'DELETE' });
    const rest = await look(stage, 'grace@contoso.com');
    const plan = session.leaving.plan(rest, []);
    assert.deepEqual(
      plan.changes.map(({ id }) => id),
      ['people.leave.push'],
    );
    const second = await session.leaving.run(rest, plan, {});
    assert.deepEqual([second.result, valueOf(second.inKiro)], ['done', 'inactive']);
    assert.equal((await taskOf(stage, view.person.id))?.status, 'manual');
  });

  it('keeps no task where nothing was removed, and says what Graph refused', async () => {
    stage = await connectedSession('healthy');
    const { session } = stage;
    const view = await look(stage, 'grace@contoso.com');
    await fault(stage, {
      server: 'graph',
      method: 'DELETE',
      path: '/members',
      status: 403,
      code: 'Authorization_RequestDenied',
      times: 0,
    });
    const plan = session.leaving.plan(
      view,
      view.groups.map(({ id }) => id),
    );
    const report = await session.leaving.run(view, plan, {});
    assert.deepEqual([report.result, report.left.groups], ['failed', ['Kiro users']]);
    assert.deepEqual(session.kept.leavers, []);
  });
});
