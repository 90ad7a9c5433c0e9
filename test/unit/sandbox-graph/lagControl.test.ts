import assert from 'node:assert/strict';
import { readCommandLine, UsageError } from '../../../src/sandbox/options.ts';
import { noLag, realisticLag } from '../../../src/sandbox/replication/lag.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { rows, templateId } from './support.ts';

describe('sandbox: the lag of reads', () => {
  let sandbox: Sandbox | undefined;
  afterEach(() => sandbox?.close());

  it('is realistic for people and none for programs, unless told', () => {
    assert.deepEqual(readCommandLine([]).lag, realisticLag);
    assert.deepEqual(readCommandLine(['--json']).lag, noLag);
    assert.deepEqual(readCommandLine(['--json', '--lag', 'realistic']).lag, realisticLag);
    const all = { objects: 250, lists: 250, templates: 250, targets: 250, logs: 250 };
    assert.deepEqual(readCommandLine(['--lag', '250']).lag, all);
    assert.throws(() => readCommandLine(['--lag', 'long']), UsageError);
    assert.throws(() => readCommandLine(['--unlicensed-groups', 'perhaps']), UsageError);
  });

  it('is none for a sandbox that is started without, and hides nothing that a preset made', async () => {
    sandbox = await startSandbox({ preset: 'quarantine', lag: realisticLag });
    const { graph, accessToken, control } = sandbox.line;
    const call = async (path: string, init: RequestInit = {}) => {
      const response = await fetch(`${graph}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      });
      return await response.json();
    };
    const set = async (body: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${control}/lag`, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: answer.status, body: await answer.json() };
    };
    const make = () =>
      call(`/applicationTemplates/${templateId}/instantiate`, {
        method: 'POST',
        body: JSON.stringify({ displayName: 'Another' }),
      });
    const known = async () => rows(await call('/applications?$select=id')).length;

    assert.equal(await known(), 1);
    assert.ok(rows(await call('/auditLogs/provisioning')).length > 0);
    await make();
    assert.equal(await known(), 1);
    assert.deepEqual(await (await fetch(`${control}/lag`)).json(), realisticLag);
    assert.deepEqual((await set({ lists: 0 })).body, { ...realisticLag, lists: 0 });
    assert.equal(await known(), 2);
    assert.deepEqual((await set({ lag: 'none' })).body, noLag);
    for (const wrong of [{ lag: 'long' }, { lists: -1 }, { list: 1 }, 'none'])
      assert.equal((await set(wrong)).status, 400);
  });
});
