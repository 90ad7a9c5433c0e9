import assert from 'node:assert/strict';
import { readKiroUsers } from '../../../src/engine/readKiroUsers.ts';
import type { ScimUser } from '../../../src/guide/snapshot.ts';
import type { ScimClient } from '../../../src/scim/scimClient.ts';

const user = (n: number): ScimUser => ({
  id: `record-${n}`,
  userName: `u${n}@contoso.com`,
  externalId: `o-${n}`,
  active: true,
});

/** A client on so many people, a hundred a page, that counts what it is asked. */
function clientOn(count: number) {
  const asked = { pages: 0, lookUps: [] as string[] };
  const all = Array.from({ length: count }, (_, n) => user(n));
  const never = async (): Promise<never> => {
    throw new Error('not asked by a look');
  };
  const client: ScimClient = {
    async *userPages() {
      for (let from = 0; from < count || from === 0; from += 100) {
        asked.pages += 1;
        yield all.slice(from, from + 100);
      }
    },
    async *groupPages() {
      yield [];
    },
    listUsers: never,
    listGroups: never,
    describe: never,
    countUsers: async () => count,
    findUserByUserName: async (name) => all.find(({ userName }) => userName === name),
    findUserByExternalId: async (id) => {
      asked.lookUps.push(id);
      return all.find(({ externalId }) => externalId === id);
    },
  };
  return { client, asked };
}

const people = async () => [
  { id: 'o-99000' },
  { id: 'nobody', userPrincipalName: 'u88000@contoso.com' },
  { id: 'missing' },
];

describe('what a look reads of Kiro', () => {
  it('is everyone while a thousand at most are there, and nobody is asked for alone', async () => {
    for (const count of [0, 1, 1_000]) {
      const { client, asked } = clientOn(count);
      const seen = await readKiroUsers(client, people);
      assert.equal(seen.users.length, count);
      assert.equal(seen.partial, undefined);
      assert.deepEqual(asked.lookUps, []);
    }
  });

  it('is ten pages of a large tenant, how many there are, and the people who have to be proven', async () => {
    const { client, asked } = clientOn(100_000);
    const seen = await readKiroUsers(client, people);
    assert.ok(asked.pages <= 11, `${asked.pages} pages`);
    assert.deepEqual(seen.partial, { total: 100_000, asked: ['o-99000', 'nobody', 'missing'] });
    const names = seen.users.map(({ userName }) => userName);
    assert.ok(names.includes('u99000@contoso.com'));
    assert.ok(names.includes('u88000@contoso.com'), 'a record by name shows the wrong external ID');
    assert.equal(names.length, 1_002);
  });

  it('asks for few, however many are to arrive', async () => {
    const { client, asked } = clientOn(5_000);
    await readKiroUsers(client, async () => Array.from({ length: 4_000 }, (_, n) => ({ id: `o-${n}` })));
    assert.equal(asked.lookUps.length, 10);
  });
});
