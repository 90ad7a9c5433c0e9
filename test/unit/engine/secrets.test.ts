import assert from 'node:assert/strict';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { isBadInput } from '../../../src/engine/badInput.ts';
import { openSandboxSession } from './sandboxSession.ts';

describe('secrets', () => {
  it('stay in secret storage through a whole set-up and a failed apply', async () => {
    const { session, sandbox, ports, logged } = await openSandboxSession();
    try {
      const said: string[] = [];
      const person = createPerson(sandbox.endpoints);
      const tokens: string[] = [];
      const watching = {
        ...person,
        makeToken: async () => {
          const made = await person.makeToken();
          tokens.push(made.secret);
          return made;
        },
      };
      await session.observe();
      await walkFiveSteps({ session, person: watching, say: (line) => said.push(line) });
      // A token that Kiro refuses: the answer of the service must not carry it anywhere either.
      const canary = 'canary0123456789canary0123456789';
      await session.keepScimToken(canary, Date.now());
      const failed = await session.apply(session.plan(4, { choices: {} }), {});
      assert.equal(failed.result, 'failed');

      const shown = JSON.stringify([
        logged,
        said,
        failed,
        await session.journal(),
        await ports.lines.read(),
        ports.keyValue.get(`kept/${session.connection.key}`),
        session.current,
      ]);
      assert.equal(tokens.length, 1);
      for (const secret of [canary, sandbox.endpoints.accessToken, ...tokens]) {
        assert.ok(!shown.includes(secret));
      }
    } finally {
      await sandbox.stop();
    }
  });

  it('that can’t be a token are refused in a sentence, and nothing is stored', async () => {
    const { session, sandbox, ports } = await openSandboxSession();
    try {
      for (const bad of ['', 'two\nlines', 'kiro-site-verification=0b0e7f2c-5a35-4b6d-9d58-111111111111']) {
        await assert.rejects(session.keepScimToken(bad, undefined), isBadInput);
      }
      assert.equal(await ports.secrets.get(`scimToken/${session.connection.key}`), undefined);
      assert.equal(session.kept.scim, undefined);
    } finally {
      await sandbox.stop();
    }
  });
});
