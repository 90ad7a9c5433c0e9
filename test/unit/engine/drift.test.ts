import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import { undoPlan } from '../../../src/engine/undo/undoPlan.ts';
import { openSandboxSession, openSessionOn, type SandboxSession } from './sandboxSession.ts';

describe('what somebody else changed', () => {
  let opened: SandboxSession | undefined;
  afterEach(() => opened?.sandbox.stop());

  async function healthy(): Promise<SandboxSession> {
    const on = (opened = await openSandboxSession('--preset', 'healthy'));
    const [candidate] = await on.session.candidates();
    assert.ok(candidate);
    await on.session.adopt(candidate);
    await on.session.observe();
    assert.equal(await on.session.drift(), undefined);
    return on;
  }

  /** As a colleague in the admin center. */
  async function patchApplication(on: SandboxSession, body: object): Promise<void> {
    const { graph, accessToken } = on.sandbox.endpoints;
    const answer = await fetch(`${graph}/applications/${on.session.kept.application?.applicationId ?? ''}`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    assert.equal(answer.status, 204);
  }

  it('is told once, by whom and when, also to the next window', async () => {
    const on = await healthy();
    await patchApplication(on, { api: { requestedAccessTokenVersion: 1 } });

    const { session } = await openSessionOn(on.sandbox, { ports: on.ports });
    await session.observe();
    const drift = await session.drift();

    assert.deepEqual(
      drift?.findings.map(({ id }) => id),
      ['configuration.tokenVersion'],
    );
    assert.match(drift.change?.by ?? '', /@contoso\.com$/);
    assert.ok((drift.change?.at ?? 0) > 0);
    await session.observe();
    assert.equal(await session.drift(), undefined);
  });

  it('is not what this tool did itself', async () => {
    const on = await healthy();
    await patchApplication(on, { api: { requestedAccessTokenVersion: 1 } });
    await on.session.observe();
    assert.ok(await on.session.drift());
    await on.session.apply(on.session.plan(2, { choices: {} }), {});
    assert.equal(await on.session.drift(), undefined);
    const [last] = await on.session.undoable();
    assert.ok(last);
    await on.session.undo(undoPlan([last]), {});
    await on.session.observe();
    assert.equal(await on.session.drift(), undefined);
  });

  it('is gone when the connection is forgotten', async () => {
    const on = await healthy();
    await on.session.forget();
    const [candidate] = await on.session.candidates();
    assert.ok(candidate);
    await on.session.adopt(candidate);
    await patchApplication(on, { api: { requestedAccessTokenVersion: 1 } });
    await on.session.observe();
    assert.equal(await on.session.drift(), undefined);
  });
});
