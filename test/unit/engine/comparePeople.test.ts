import assert from 'node:assert/strict';
import type { DifferenceKind } from '../../../src/guide/comparison.ts';
import { valueOf } from '../../../src/guide/snapshot.ts';
import { openSandboxSession, type SandboxSession } from './sandboxSession.ts';

/** A token of Kiro's console for whoever changes people there behind Entra's back. */
async function tokenOf({ sandbox }: SandboxSession): Promise<string> {
  const response = await fetch(`${sandbox.endpoints.console}/tokens`, {
    method: 'POST',
    headers: { accept: 'application/json' },
  });
  assert.equal(response.status, 200);
  return ((await response.json()) as { token: { secret: string } }).token.secret;
}

describe('comparing everyone with Kiro', () => {
  it('finds what was changed behind Entra’s back in a tenant of twelve hundred, by name', async () => {
    const opened = await openSandboxSession('--preset', 'synced:1200');
    const { session, sandbox } = opened;
    try {
      const token = await tokenOf(opened);
      const scim = async (method: string, path: string, body?: object): Promise<unknown> => {
        const response = await fetch(`${sandbox.endpoints.scim}${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
          ...(body && { body: JSON.stringify(body) }),
        });
        assert.ok(response.ok, `${method} ${path}: ${response.status}`);
        return response.status === 204 ? undefined : response.json();
      };
      const idOf = async (userName: string): Promise<string> => {
        const filter = encodeURIComponent(`userName eq "${userName}"`);
        const { Resources } = (await scim('GET', `/Users?filter=${filter}`)) as {
          Resources: { id: string }[];
        };
        return Resources[0]?.id ?? '';
      };
      const [candidate] = await session.candidates();
      assert.ok(candidate);
      await session.adopt(candidate);
      await session.keepScimToken(token, undefined);
      await session.keep((kept) => ({
        ...kept,
        scim: { ...kept.scim, tokenStored: true, endpoint: sandbox.endpoints.scim },
      }));
      await session.observe();
      const same = await session.comparePeople();
      assert.deepEqual(same.differences, []);
      assert.equal(same.arrived, same.people);
      assert.equal(same.records, same.people);
      assert.ok(
        same.groups.every(({ state, lacking, strays }) => state === 'same' && lacking + strays === 0),
      );
      assert.ok(
        same.service.userAttributes.some(({ name, immutable }) => name === 'externalId' && immutable),
      );

      const name = (n: number): string => `person${String(n).padStart(4, '0')}@contoso.com`;
      await scim('DELETE', `/Users/${await idOf(name(7))}`);
      await scim('PATCH', `/Users/${await idOf(name(8))}`, {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'active', value: false }],
      });
      await scim('DELETE', `/Users/${await idOf(name(9))}`);
      for (const [userName, externalId] of [
        [name(9), 'nickname'],
        ['stranger@contoso.com', 'stranger'],
      ]) {
        await scim('POST', '/Users', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
          userName,
          externalId,
          displayName: userName,
          active: true,
        });
      }
      const changed = await session.comparePeople();
      const found = changed.differences.map(({ kind, userName }) => [kind, userName]).sort();
      const expected: [DifferenceKind, string][] = [
        ['inactive', name(8)],
        ['missing', name(7)],
        ['orphan', 'stranger@contoso.com'],
        ['wrongId', name(9)],
      ];
      assert.deepEqual(found, expected);
      assert.equal(session.comparison, changed);

      // A look at a tenant of that size reads no more than it has to, and calls nobody missing whom it did not ask for.
      const directory = valueOf((await session.observe()).snapshot.scim);
      assert.ok(directory?.partial);
      assert.ok(directory.users.length <= 1_010);
    } finally {
      await sandbox.stop();
    }
  });

  it('says why not before a group is assigned or a token is stored', async () => {
    const { session, sandbox } = await openSandboxSession('--preset', 'blank');
    try {
      await session.observe();
      await assert.rejects(session.comparePeople(), { name: 'BadInput' });
    } finally {
      await sandbox.stop();
    }
  });
});
