import assert from 'node:assert/strict';
import type { StepNumber } from '../../../src/guide/requirement.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

async function applyStep({ session }: SandboxSession, step: StepNumber) {
  await session.observe();
  return session.apply(session.plan(step, { choices: {} }), {});
}

describe('a session on a sandbox tenant', () => {
  let opened: SandboxSession;
  before(async () => {
    opened = await openSandboxSession();
  });
  after(() => opened.sandbox.stop());

  it('creates the application once, whatever it was called before', async () => {
    const outcome = await applyStep(opened, 1);
    assert.equal(outcome.result, 'done');
    const application = valueOf((await opened.session.observe()).snapshot.application);
    assert.equal(application?.displayName, 'Kiro-Entra');
    assert.deepEqual(opened.session.plan(1, { choices: {} }).changes, []);
  });

  it('configures it with one PATCH and one grant, and finds nothing to do the second time', async () => {
    const outcome = await applyStep(opened, 2);
    assert.equal(outcome.result, 'done');
    const sent = (await opened.session.journal()).filter((entry) => entry.phase === 'done');
    const configuring = sent.filter((entry) => entry.changes.some((id) => id.startsWith('configuration.')));
    assert.deepEqual(configuring.map((entry) => entry.method).sort(), ['PATCH', 'POST']);
    const again = await applyStep(opened, 2);
    assert.deepEqual(again.made, []);
  });

  it('looks again with one request', async () => {
    const before = opened.meter.requests;
    await opened.session.observe();
    assert.equal(opened.meter.requests - before, 1);
  });

  it('stops between two requests when cancelled, and the next apply completes', async () => {
    const fresh = await openSandboxSession();
    try {
      await applyStep(fresh, 1);
      const abort = new AbortController();
      const plan = fresh.session.plan(2, { choices: {} });
      const outcome = await fresh.session.apply(plan, {
        signal: abort.signal,
        onProgress: () => abort.abort(),
      });
      assert.equal(outcome.result, 'cancelled');
      const rest = await applyStep(fresh, 2);
      assert.equal(rest.result, 'done');
      assert.deepEqual([...outcome.made, ...rest.made].sort(), plan.changes.map(({ id }) => id).sort());
    } finally {
      await fresh.sandbox.stop();
    }
  });
});
