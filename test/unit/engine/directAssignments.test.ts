import assert from 'node:assert/strict';
import { undoPlan } from '../../../src/engine/undo/undoPlan.ts';
import type { Snapshot } from '../../../src/guide/snapshot.ts';
import { hasAccess } from '../../../src/guide/leaving/leavingPaths.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { directAssignmentsId } from '../../../src/guide/steps/directAssignments.ts';
import { format } from '../../../src/guide/text.ts';
import { instantClock } from './instantClock.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

const ask = { choices: {}, only: [directAssignmentsId] };

async function onPreset(...args: readonly string[]): Promise<SandboxSession> {
  const opened = await openSandboxSession('--preset', 'direct-assignment', ...args, {
    clock: instantClock(),
  });
  const [candidate] = await opened.session.candidates();
  assert.ok(candidate);
  await opened.session.adopt(candidate);
  await opened.session.observe();
  return opened;
}

function direct({ assignments }: Snapshot) {
  return (valueOf(assignments) ?? []).filter(({ principalType }) => principalType === 'User');
}

async function writes({ sandbox }: SandboxSession): Promise<readonly string[]> {
  const answer = await fetch(`${sandbox.endpoints.control}/requests?server=graph`);
  const requests = (await answer.json()) as { method: string; path: string; status: number }[];
  return requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/$batch'))
    .map(({ method, path }) => `${method} ${/members|appRoleAssignedTo/.exec(path)?.[0] ?? path}`);
}

describe('moving people from direct assignments into a group, on a sandbox tenant', () => {
  let stage: SandboxSession;
  afterEach(() => stage.sandbox.stop());

  it('adds, sees the membership, removes, and takes it back as it was', async () => {
    stage = await onPreset();
    const { session } = stage;
    const before = (await session.observe()).snapshot;
    const [was] = direct(before);
    assert.ok(was);

    const outcome = await session.apply(session.plan(5, ask), {});
    assert.equal(outcome.result, 'done', format(outcome.summary));
    assert.deepEqual(await writes(stage), ['POST members', 'DELETE appRoleAssignedTo']);
    const moved = (await session.observe()).snapshot;
    assert.deepEqual(direct(moved), []);
    assert.ok(hasAccess(moved, was.principalId));

    const back = await session.undo(undoPlan(await session.undoable()), {});
    assert.equal(back.result, 'done', format(back.summary));
    assert.deepEqual((await writes(stage)).slice(2), ['POST appRoleAssignedTo', 'DELETE members']);
    const { snapshot } = await session.observe();
    assert.deepEqual(
      direct(snapshot).map(({ principalId, appRoleId }) => [principalId, appRoleId]),
      [[was.principalId, was.appRoleId]],
    );
    assert.deepEqual(valueOf(snapshot.groups), valueOf(before.groups));
    assert.deepEqual(await session.undoable(), []);
  });

  it('removes nothing while reads do not show the membership, and goes on with the next apply', async () => {
    // The session's clock leaps over its waits; the sandbox's lists lag for longer than all of them.
    stage = await onPreset('--lag', '3600000');
    const { session } = stage;
    const plan = session.plan(5, ask);
    const first = await session.apply(plan, {});
    assert.equal(first.result, 'waiting', format(first.summary));
    assert.deepEqual(await writes(stage), ['POST members']);

    // The second apply asks for the membership again: that it is there already is what was wanted.
    const again = await session.apply(session.plan(5, ask), {});
    assert.equal(again.result, 'waiting', format(again.summary));
    assert.deepEqual(await writes(stage), ['POST members', 'POST members']);
    assert.equal((await session.undoable()).length, 1);

    await fetch(`${stage.sandbox.endpoints.control}/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advance: 7_200_000 }),
    });
    await session.observe();
    const last = await session.apply(session.plan(5, ask), {});
    assert.equal((await writes(stage)).at(-1), 'DELETE appRoleAssignedTo', format(last.summary));
  });

  it('removes nothing where the membership is refused', async () => {
    stage = await onPreset();
    const { session, sandbox } = stage;
    await fetch(`${sandbox.endpoints.control}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ server: 'graph', path: '/members/', method: 'POST', times: 1, status: 403 }),
    });
    const outcome = await session.apply(session.plan(5, ask), {});
    assert.equal(outcome.result, 'failed');
    assert.equal(direct((await session.observe()).snapshot).length, 1);
    assert.deepEqual(await session.undoable(), []);
  });
});
