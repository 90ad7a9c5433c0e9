import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { startSandboxProcess } from '../../../scripts/rehearse/sandboxProcess.ts';
import type { RehearsalSummary } from '../../../scripts/rehearse/report.ts';

const script = new URL('../../../scripts/rehearse.ts', import.meta.url).pathname;

async function rehearse(...args: readonly string[]) {
  const child = spawn(process.execPath, [script, '--json', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, errors, [code]] = await Promise.all([
    readAll(child.stdout),
    readAll(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  const last = out.trimEnd().split('\n').at(-1) ?? '';
  return { code, errors, summary: JSON.parse(last) as RehearsalSummary };
}

describe('npm run rehearse', () => {
  for (const preset of [
    'blank',
    'half-made',
    'scopes-missing',
    'wrong-token-version',
    'mapping-mailNickname',
    'quarantine',
    'direct-assignment',
    'app-registration',
  ]) {
    it(`brings a tenant that starts ${preset} to all met`, async () => {
      const { code, summary, errors } = await rehearse('--preset', preset);
      assert.equal(code, 0, errors);
      assert.equal(summary.unmet, 0);
      assert.equal(summary.met, summary.findings.length);
      assert.deepEqual([...new Set(summary.findings.map(({ step }) => step))], [1, 2, 3, 4, 5]);
      assert.ok(summary.requests >= summary.roundTrips && summary.roundTrips > 0);
    });
  }

  for (const preset of ['wrong-external-id']) {
    it(`names what ${preset} needs first, and touches nothing`, async () => {
      const sandbox = await startSandboxProcess(['--preset', preset]);
      const folder = await mkdtemp(join(tmpdir(), 'rehearse-'));
      try {
        const file = join(folder, 'line.json');
        await writeFile(file, JSON.stringify(sandbox.endpoints));
        const { code, errors } = await rehearse('--sandbox', file);
        assert.equal(code, 2);
        assert.notEqual(errors, '');
        const answer = await fetch(`${sandbox.endpoints.control}/requests?server=graph`);
        const requests = (await answer.json()) as { method: string; path: string }[];
        assert.deepEqual(
          requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/$batch')),
          [],
        );
      } finally {
        await sandbox.stop();
        await rm(folder, { recursive: true });
      }
    });
  }

  it('finds nothing to change when it is done twice on one tenant', async () => {
    const sandbox = await startSandboxProcess([]);
    const folder = await mkdtemp(join(tmpdir(), 'rehearse-'));
    try {
      const file = join(folder, 'line.json');
      await writeFile(file, JSON.stringify(sandbox.endpoints));
      assert.equal((await rehearse('--sandbox', file)).code, 0);
      const again = await rehearse('--sandbox', file);
      assert.equal(again.code, 0, again.errors);
      const state = (await (await fetch(`${sandbox.endpoints.control}/state`)).json()) as {
        tenant: { applications: object; appRoleAssignments: object };
      };
      assert.equal(Object.keys(state.tenant.applications).length, 1);
      assert.equal(Object.keys(state.tenant.appRoleAssignments).length, 1);
    } finally {
      await sandbox.stop();
      await rm(folder, { recursive: true });
    }
  });
});
