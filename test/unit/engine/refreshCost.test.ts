import assert from 'node:assert/strict';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { openSandboxSession, openSessionOn } from './sandboxSession.ts';

describe('a whole refresh', () => {
  it('costs at most two requests for five assigned groups, one of them with 999 members, and one for a further page', async () => {
    for (const [users, most] of [
      [999, 2],
      [1_500, 3],
    ] as const) {
      const { session, sandbox } = await openSandboxSession(
        '--preset',
        'half-made',
        '--users',
        String(users),
      );
      try {
        const [candidate] = await session.candidates();
        assert.ok(candidate);
        await session.adopt(candidate);
        await session.observe();
        const groups = (await session.searchGroups('')).filter((group) => group.securityEnabled);
        const staff = groups.filter((group) => group.displayName === 'Staff');
        const others = groups.filter((group) => group.displayName !== 'Staff').slice(0, 4);
        const plan = session.plan(5, {
          choices: { groups: [...staff, ...others] },
          only: ['people.groupAssigned'],
        });
        await session.apply(plan, {});
        // A session that starts anew knows neither job nor groups: the dearest refresh.
        const fresh = await openSessionOn(sandbox);
        await fresh.session.adopt(candidate);
        const seen = valueOf((await fresh.session.observe()).snapshot.groups);
        assert.equal(seen?.length, 5);
        assert.equal(seen.find((group) => group.displayName === 'Staff')?.members.length, users);
        assert.ok(fresh.meter.requests <= most, `${fresh.meter.requests} requests`);
      } finally {
        await sandbox.stop();
      }
    }
  });
});
