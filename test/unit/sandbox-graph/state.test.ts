import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, watch, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startWithState } from './stateProcess.ts';
import type { StateProcess } from './stateProcess.ts';
import { at, rows, templateId } from './support.ts';

describe('the state file', () => {
  let folder: string;
  let file: string;
  const running = new Set<StateProcess>();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
    file = join(folder, 'kept', 'state.json');
  });
  afterEach(async () => {
    for (const sandbox of running) sandbox.kill('SIGKILL');
    running.clear();
    await rm(folder, { recursive: true, force: true });
  });

  async function start(...args: string[]): Promise<StateProcess> {
    const sandbox = await startWithState(file, ...args);
    running.add(sandbox);
    return sandbox;
  }

  async function graph({ line }: StateProcess, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${line.graph}${path}`, {
      headers: { authorization: `Bearer ${line.accessToken}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    return answer.json();
  }

  const control = async ({ line }: StateProcess, path: string, body: unknown): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(line.control + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return answer.json();
  };

  const instantiate = (sandbox: StateProcess, displayName: string): Promise<unknown> =>
    graph(sandbox, `/applicationTemplates/${templateId}/instantiate`, { displayName });

  const names = async (sandbox: StateProcess): Promise<unknown[]> =>
    rows(await graph(sandbox, '/applications')).map(({ displayName }) => displayName);

  it('follows a change without being told to end, for its owner alone', async () => {
    const sandbox = await start();
    const written = watchFor(join(folder, 'kept'), async () =>
      (await readFile(file, 'utf8')).includes('Kept'),
    );
    await instantiate(sandbox, 'Kept');
    await written;
    assert.equal((await stat(file)).mode & 0o777, 0o600);
    sandbox.kill('SIGKILL');
    const again = await start('--preset', 'half-made');
    assert.deepEqual(await names(again), ['Kept']);
    await again.end();
    assert.deepEqual(await readdir(join(folder, 'kept')), ['state.json']);
  });

  it('lets the provisioning job go on where its endpoint now listens, when the port is taken', async () => {
    const sandbox = await start('--preset', 'direct-assignment');
    await sandbox.end('pipe');
    const port = Number(new URL(sandbox.line.scim).port);
    const taken = createServer().listen(port, '127.0.0.1');
    await once(taken, 'listening');
    try {
      const again = await start();
      assert.notEqual(again.line.scim, sandbox.line.scim);
      assert.equal(again.line.graph, sandbox.line.graph);
      // The cycle that comes every forty minutes.
      await control(again, '/clock', { advance: 41 * 60_000 });
      const [job] = await jobs(again);
      assert.equal(at(job, 'status/code'), 'Active');
      assert.equal(at(job, 'status/lastExecution/state'), 'Succeeded');
      await again.end();
    } finally {
      taken.close();
    }
  });

  it('keeps a job in quarantine there, with its next attempt', async () => {
    const sandbox = await start('--preset', 'quarantine');
    const [before] = await jobs(sandbox);
    await sandbox.end();
    const again = await start();
    const [after] = await jobs(again);
    assert.equal(at(before, 'status/code'), 'Quarantine');
    assert.deepEqual(after, before);
    await control(again, '/clock', { advance: 7 * 3_600_000 });
    const [later] = await jobs(again);
    assert.equal(at(later, 'status/quarantine/seriesCount'), 2);
  });

  for (const [kind, damage] of [
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['of another version', (text: string) => text.replace(/"version":\d+/, '"version":0')],
    ['without a part', (text: string) => text.replace('"grants":', '"grunts":')],
    ['no JSON at all', () => 'Shopping list: milk'],
  ] as const)
    it(`starts fresh with a sentence from a file that is ${kind}, which is put aside`, async () => {
      const sandbox = await start('--preset', 'half-made');
      await sandbox.end();
      const damaged = damage(await readFile(file, 'utf8'));
      await writeFile(file, damaged);
      const again = await start();
      assert.deepEqual(await names(again), []);
      assert.notEqual(again.line.tenantId, sandbox.line.tenantId);
      assert.equal(again.said().trim().split('\n').length, 1);
      assert.ok(again.said().includes(file));
      assert.equal(await readFile(`${file}.unreadable`, 'utf8'), damaged);
      await again.end();
    });

  it('is written by one sandbox at a time', async () => {
    const sandbox = await start();
    await assert.rejects(start(), /Stop that one first/);
    // One that is just ending is waited for.
    const next = start();
    await instantiate(sandbox, 'At the last moment');
    const [again] = await Promise.all([next, sandbox.end()]);
    assert.deepEqual(await names(again), ['At the last moment']);
  }).timeout(20_000);

  it('can be saved by the control server for another start', async () => {
    const sandbox = await start();
    await instantiate(sandbox, 'Saved');
    const copy = join(folder, 'copy.json');
    await control(sandbox, '/state/save', { file: copy });
    await instantiate(sandbox, 'Later');
    file = copy;
    const other = await start();
    assert.deepEqual(await names(other), ['Saved']);
    assert.equal(other.line.tenantId, sandbox.line.tenantId);
    assert.notEqual(other.line.graph, sandbox.line.graph);
  });

  async function jobs(sandbox: StateProcess): Promise<Record<string, unknown>[]> {
    const [principal] = rows(
      await graph(sandbox, "/servicePrincipals?$filter=startswith(displayName,'Kiro')"),
    );
    return rows(await graph(sandbox, `/servicePrincipals/${String(principal?.['id'])}/synchronization/jobs`));
  }
});

/** Resolves once something happened in the folder that makes the check true. */
async function watchFor(folder: string, check: () => Promise<boolean>): Promise<void> {
  const changes = watch(folder, { signal: AbortSignal.timeout(5000) });
  while (!(await check().catch(() => false))) await changes[Symbol.asyncIterator]().next();
}
