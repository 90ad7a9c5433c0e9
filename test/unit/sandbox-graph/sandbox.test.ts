import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import { at, rows, text } from './support.ts';

const program = new URL('../../../src/sandbox/cli.ts', import.meta.url).pathname;

interface Running {
  readonly line: unknown;
  readonly child: ChildProcess;
}

const children: ChildProcess[] = [];

async function start(...args: string[]): Promise<Running> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, line: args.includes('--json') ? JSON.parse(line) : line };
}

async function ended(child: ChildProcess, end: () => unknown): Promise<number> {
  const exit = once(child, 'exit');
  const began = performance.now();
  end();
  await exit;
  return performance.now() - began;
}

const json = { 'content-type': 'application/json' };

describe('sandbox as a program', () => {
  after(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  it('tells its addresses on its first line and answers there', async () => {
    const { line, child } = await start('--json');
    for (const name of ['graph', 'login', 'scim', 'console', 'control'])
      assert.match(text(line, name), /^http:\/\/127\.0\.0\.1:\d+(\/|$)(?!.*\/$)/, name);
    assert.ok(text(line, 'graph').endsWith('/v1.0'));
    assert.match(text(line, 'scim'), /\/[0-9a-f-]{36}\/scim\/v2$/);
    assert.equal(at(line, 'accounts/0/roles/0'), 'Global Administrator');
    const authorization = `Bearer ${text(line, 'accessToken')}`;
    const answer = await fetch(`${text(line, 'graph')}/applications`, { headers: { authorization } });
    assert.deepEqual(rows(await answer.json()), []);
    assert.equal((await fetch(`${text(line, 'scim')}/Users`)).status, 401);
    assert.ok((await fetch(text(line, 'console'))).ok);
    const discovery = `${text(line, 'login')}/${text(line, 'tenantId')}/v2.0/.well-known/openid-configuration`;
    assert.ok((await fetch(discovery)).ok);
    const kept = fetch(`${text(line, 'graph')}/applications`, {
      headers: { authorization, connection: 'keep-alive' },
    });
    await (await kept).text();
    assert.ok((await ended(child, () => child.kill('SIGTERM'))) < 2000);
  });

  it('ends when its parent’s pipe closes', async () => {
    const { child } = await start('--json', '--parent-pipe');
    assert.ok((await ended(child, () => child.stdin?.end())) < 2000);
  });

  it('speaks to people without --json', async () => {
    const { line, child } = await start();
    assert.match(String(line), /Contoso/);
    child.kill('SIGTERM');
  });

  it('names what it does not understand', async () => {
    const child = spawn(process.execPath, [program, '--preset', 'nonsense'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    children.push(child);
    let said = '';
    child.stderr.on('data', (part) => (said += String(part)));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 2);
    assert.match(said, /nonsense.*blank/s);
  });

  it('serves by https what its certificate authority vouches for', async () => {
    const { line, child } = await start('--json', '--https');
    const ca = await readFile(text(line, 'caFile'));
    const status = await new Promise((resolve, reject) => {
      request(`${text(line, 'graph')}/me`, { ca }, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 401);
    await ended(child, () => child.kill('SIGTERM'));
    await assert.rejects(readFile(text(line, 'caFile')));
  });

  it('is steered by its control server, by programs only', async () => {
    const { line, child } = await start('--json', '--users', '3', '--licence', 'none');
    const control = text(line, 'control');
    const post = (path: string, body: unknown, headers: Record<string, string> = json) =>
      fetch(`${control}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const headers = { authorization: `Bearer ${text(line, 'accessToken')}` };
    const graph = (path: string) => fetch(`${text(line, 'graph')}${path}`, { headers });

    const before = at(await (await fetch(`${control}/clock`)).json(), 'now');
    const later = await (await post('/clock', { advance: 3_600_000 })).json();
    assert.ok(Number(at(later, 'now')) - Number(before) >= 3_600_000);

    await post('/faults', {
      server: 'graph',
      path: '/organization',
      nth: 2,
      status: 503,
      code: 'serviceNotAvailable',
    });
    const statuses = [];
    for (let turn = 0; turn < 3; turn++) statuses.push((await graph('/organization')).status);
    assert.deepEqual(statuses, [200, 503, 200]);
    await post('/faults', { server: 'graph', path: '/domains', drop: true });
    await assert.rejects(graph('/domains'));
    assert.ok((await graph('/domains')).ok);
    await post('/faults', { server: 'scim', path: '/Users', times: 0, status: 500 });
    assert.equal((await fetch(`${text(line, 'scim')}/Users`)).status, 500);
    await fetch(`${control}/faults`, { method: 'DELETE' });
    assert.equal((await fetch(`${text(line, 'scim')}/Users`)).status, 401);

    const requests = await (await fetch(`${control}/requests?server=graph`)).text();
    assert.match(requests, /"path":"\/v1\.0\/organization","status":503/);
    assert.ok(!requests.includes(text(line, 'accessToken')));
    const state = await (await fetch(`${control}/state`)).text();
    assert.match(state, /person0003@contoso\.com/);
    assert.match(state, /"premium":false/);
    for (const account of at(line, 'accounts') as { password: string }[])
      assert.ok(!state.includes(account.password));

    assert.equal(
      (await post('/clock', { advance: 1 }, { ...json, origin: 'https://example.com' })).status,
      403,
    );
    assert.equal((await post('/clock', { advance: 1 }, { 'content-type': 'text/plain' })).status, 415);
    assert.equal((await post('/state/save', { file: 'relative.json' })).status, 400);
    assert.equal((await post('/faults', { server: 'graph', path: '(' })).status, 400);
    child.kill('SIGTERM');
  });
});
