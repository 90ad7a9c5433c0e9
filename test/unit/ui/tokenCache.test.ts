import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConnectionStore, type RememberedConnection } from '../../../src/ui/connection/connectionStore.ts';
import { TokenCache, tokenCacheKey } from '../../../src/ui/connection/tokenCache.ts';
import { FileLock } from '../../../src/ui/ports/fileLock.ts';

const ada: RememberedConnection = {
  tenantId: 'contoso',
  tenantName: 'Contoso',
  account: 'ada@contoso.com',
  cloud: 'global',
  homeAccountId: 'ada.contoso',
  clientId: 'client',
  way: 'browser',
};

function memory() {
  const all = new Map<string, string>();
  return {
    all,
    secrets: {
      get: async (key: string) => all.get(key),
      set: async (key: string, value: string) => void all.set(key, value),
      delete: async (key: string) => void all.delete(key),
    },
  };
}

describe('An account’s tokens', () => {
  let folder: string;
  const lock = () => new FileLock(join(folder, 'sign-in.lock'));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiro-connect-'));
  });
  after(() => rm(folder, { recursive: true }));

  it('are not stored before it is known whose they are, and then under that account alone', async () => {
    const { all, secrets } = memory();
    const cache = new TokenCache({ secrets, lock: lock() });
    await cache.save('tokens');
    assert.deepEqual([all.size, await cache.load()], [0, 'tokens']);
    await cache.storeAs(tokenCacheKey(ada));
    assert.deepEqual([...all], [[tokenCacheKey(ada), 'tokens']]);
    await cache.save('newer');
    assert.deepEqual([...all], [[tokenCacheKey(ada), 'newer']]);
    await cache.remove();
    assert.equal(all.size, 0);
  });

  it('never meet those of another tenant, account, cloud or client', () => {
    const others = [
      { tenantId: 'fabrikam' },
      { homeAccountId: 'bob.contoso' },
      { cloud: 'china' },
      { clientId: 'other' },
    ].map((change) => tokenCacheKey({ ...ada, ...change }));
    assert.equal(new Set([tokenCacheKey(ada), ...others]).size, 5);
  });

  it('are changed by one window at a time', async () => {
    const { secrets } = memory();
    const caches = [lock(), lock(), lock()].map(
      (own) => new TokenCache({ secrets, lock: own, key: 'shared' }),
    );
    // Each adds its letters one by one: without the lock they would overwrite each other's.
    await Promise.all(
      caches.map(async (cache, index) => {
        for (let turn = 0; turn < 5; turn++) {
          const release = await cache.hold();
          const before = (await cache.load()) ?? '';
          await new Promise((resolve) => setImmediate(resolve));
          await cache.save(before + String(index));
          await release();
        }
      }),
    );
    const letters = await caches[0]!.load();
    assert.deepEqual(letters?.split('').sort().join(''), '000001111122222');
  });

  it('are not held for ever by a window that crashed', async () => {
    const file = join(folder, 'sign-in.lock');
    await writeFile(file, '');
    const long = new Date(Date.now() - 60_000);
    await utimes(file, long, long);
    const release = await lock().hold();
    await release();
  });
});

describe('The connections that were signed in to', () => {
  const store = () => {
    const values = new Map<string, unknown>();
    return new ConnectionStore({
      get: (key) => values.get(key),
      set: async (key, value) => void values.set(key, value),
    });
  };
  const bob = { ...ada, tenantId: 'fabrikam', account: 'bob@fabrikam.com', homeAccountId: 'bob.fabrikam' };

  it('stand side by side, the last one first, each once', async () => {
    const connections = store();
    await connections.opened(ada);
    await connections.opened(bob);
    await connections.opened({ ...ada, tenantName: 'Contoso Ltd' });
    assert.deepEqual(
      connections.all.map(({ account }) => account),
      ['ada@contoso.com', 'bob@fabrikam.com'],
    );
    assert.equal(connections.last?.tenantName, 'Contoso Ltd');
  });

  it('leave the others when one signs out, and open none by itself', async () => {
    const connections = store();
    await connections.opened(bob);
    await connections.opened(ada);
    await connections.forget(ada);
    assert.deepEqual([connections.last, connections.all], [undefined, [bob]]);
  });

  it('are none where what is stored is damaged', () => {
    const values = new Map<string, unknown>([['connections', { open: true, list: [{ tenantId: 1 }, null] }]]);
    const damaged = new ConnectionStore({ get: (key) => values.get(key), set: async () => undefined });
    assert.deepEqual([damaged.last, damaged.all], [undefined, []]);
  });
});
