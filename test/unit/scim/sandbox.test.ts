import assert from 'node:assert/strict';
import { createScimClient } from '../../../src/scim/scimClient.ts';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import { listen, testState, withProfile } from '../sandbox-kiro/fixture.ts';

describe('Kiro’s SCIM endpoint as the sandbox speaks it', () => {
  it('is read whole, over several pages, and searched', async () => {
    const state = testState();
    const token = withProfile(state);
    const server = await listen(createScimApp(state));
    const baseUrl = `${server.origin}/${state.kiro.scimTenant}/scim/v2`;
    const post = (path: string, body: object) =>
      fetch(`${baseUrl}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
        body: JSON.stringify(body),
      });
    try {
      const client = createScimClient({ baseUrl, token });
      assert.deepEqual(await client.listUsers(), []);
      for (let n = 1; n <= 103; n += 1) {
        const created = await post('/Users', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          externalId: `object-${n}`,
          userName: `person${n}@contoso.com`,
          displayName: `Person ${n}`,
          name: { givenName: 'Person', familyName: String(n) },
          active: n !== 7,
        });
        assert.equal(created.status, 201, await created.text());
      }
      const group = await post('/Groups', {
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
        displayName: 'Kiro users',
        externalId: 'group-1',
      });
      assert.equal(group.status, 201);
      const users = await client.listUsers();
      assert.equal(new Set(users.map(({ externalId }) => externalId)).size, 103);
      assert.deepEqual(
        users.filter(({ active }) => !active).map(({ userName }) => userName),
        ['person7@contoso.com'],
      );
      const [listed] = await client.listGroups();
      assert.deepEqual([listed?.displayName, listed?.externalId], ['Kiro users', 'group-1']);
      assert.equal((await client.findUserByExternalId('object-99'))?.userName, 'person99@contoso.com');
      assert.equal((await client.findUserByUserName('PERSON98@contoso.com'))?.externalId, 'object-98');
      assert.equal(await client.findUserByExternalId('nobody'), undefined);
      assert.ok((await client.describe()).patch);
      const stranger = createScimClient({ baseUrl, token: 'wrong' });
      await assert.rejects(stranger.listGroups(), { name: 'ScimError', reason: 'unauthorized' });
    } finally {
      await server.close();
    }
  });
});
