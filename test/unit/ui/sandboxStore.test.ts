import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { followScim } from '../../../src/ui/connection/followScim.ts';
import { SandboxStore } from '../../../src/ui/connection/sandboxStore.ts';

/** What VS Code keeps beyond a window. */
function storage() {
  const values = new Map<string, unknown>();
  const secrets = new Map<string, string>();
  return {
    values,
    stored: secrets,
    keyValue: {
      get: (key: string) => values.get(key),
      set: async (key: string, value: unknown) => {
        if (value === undefined) values.delete(key);
        // As a memento does: what comes back is another object.
        else values.set(key, structuredClone(value));
      },
    },
    secrets: {
      get: async (key: string) => secrets.get(key),
      set: async (key: string, value: string) => void secrets.set(key, value),
      delete: async (key: string) => void secrets.delete(key),
    },
  };
}

describe('What is kept for the sandbox tenant', () => {
  let folder: string;
  const { values, stored, keyValue, secrets } = storage();
  const nextWindow = () => new SandboxStore({ keyValue, secrets, storagePath: folder });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-store-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('is there again in the next window', async () => {
    const store = nextWindow();
    assert.ok(!store.remembered);
    await store.begin('tenant 1');
    await store.ports.keyValue.set('kept', { ticks: {} });
    await Promise.all([store.ports.secrets.set('a', '1'), store.ports.secrets.set('b', '2')]);
    await store.linesOf('sandbox:1').append('first');
    await writeFile(store.stateFile, '{}');

    const next = nextWindow();
    assert.ok(next.remembered);
    await next.begin('tenant 1');
    assert.deepEqual(next.ports.keyValue.get('kept'), { ticks: {} });
    assert.deepEqual([await next.ports.secrets.get('a'), await next.ports.secrets.get('b')], ['1', '2']);
    assert.deepEqual(await next.linesOf('sandbox:1').read(), ['first']);
  });

  it('has a journal for each of its tenants', async () => {
    const store = nextWindow();
    await store.begin('tenant 1');
    assert.deepEqual(await store.linesOf('sandbox:2').read(), []);
    await store.linesOf('sandbox:2').append('second');
    assert.deepEqual(await store.linesOf('sandbox:1').read(), ['first']);
    assert.deepEqual(await nextWindow().linesOf('sandbox:2').read(), ['second']);
  });

  it('does not meet another tenant', async () => {
    const store = nextWindow();
    await store.begin('tenant 2');
    assert.equal(store.ports.keyValue.get('kept'), undefined);
    assert.equal(await store.ports.secrets.get('a'), undefined);
    assert.deepEqual(await store.linesOf('sandbox:1').read(), []);
    assert.ok((await readdir(dirname(store.stateFile))).includes('state.json'));
  });

  it('is forgotten whole, also what still comes afterwards', async () => {
    const store = nextWindow();
    await store.begin('tenant 2');
    await store.linesOf('sandbox:1').append('line');
    const late = store.ports.secrets.set('a', '1');
    await store.forget(async () => {
      assert.ok(!nextWindow().remembered, 'a window that opens now starts nothing');
      await writeFile(store.stateFile, 'the last state');
    });
    await late;
    await store.ports.secrets.set('a', '1');
    await store.ports.keyValue.set('kept', {});
    await store.linesOf('sandbox:1').append('line');
    assert.ok(!nextWindow().remembered);
    assert.deepEqual([values.size, stored.size, await readdir(folder)], [0, 0, []]);
  });

  it('is not found by a fresh start when the window closed in the middle of forgetting', async () => {
    const store = nextWindow();
    await store.begin('tenant 3');
    await store.linesOf('sandbox:1').append('line');
    await assert.rejects(store.forget(() => Promise.reject(new Error('The window closed.'))));
    await nextWindow().prepare();
    assert.deepEqual(await readdir(folder), []);
  });
});

describe('The SCIM endpoint that was entered for a sandbox', () => {
  const kept = (endpoint: string) => ({ domains: [], ticks: {}, scim: { endpoint, tokenStored: true } });
  const present = 'http://127.0.0.1:2000/id/scim/v2';

  it('follows the sandbox to another port', () => {
    const before = kept('http://127.0.0.1:1000/id/scim/v2');
    assert.deepEqual(followScim(before, present), kept(present));
  });

  it('stays as it is where it is another endpoint, or the same', () => {
    for (const endpoint of [
      'http://127.0.0.1:1000/other/scim/v2',
      'http://example.com/id/scim/v2',
      present,
    ]) {
      const before = kept(endpoint);
      assert.equal(followScim(before, present), before);
    }
  });
});
