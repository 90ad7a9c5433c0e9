import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { at, column, rows, text } from './support.ts';

const people = 1100;

describe('a sandbox of very many people', () => {
  let sandbox: Sandbox;
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-large-'));
    sandbox = await startSandbox({ preset: `synced:${people}` });
  });
  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const get = async (path: string): Promise<unknown> =>
    (
      await fetch(path.startsWith('http') ? path : `${sandbox.line.graph}${path}`, {
        headers: { authorization: `Bearer ${sandbox.line.accessToken}`, consistencylevel: 'eventual' },
      })
    ).json();
  const group = async (name: string): Promise<string> =>
    text(await get(`/groups?$filter=displayName eq '${name}'`), 'value/0/id');
  const job = () => [...sandbox.state.tenant.synchronization.values()][0]?.job;

  it('starts without pushing them one by one', async () => {
    const pushed: unknown = await (await fetch(`${sandbox.line.control}/requests?server=scim`)).json();
    assert.ok(Array.isArray(pushed) && pushed.length < 100);
  });

  it('pages through all of them, each once', async () => {
    const seen = new Set<unknown>();
    let next: unknown = `/groups/${await group('Staff')}/members?$top=999&$select=id`;
    let pages = 0;
    while (typeof next === 'string') {
      const body = await get(next);
      for (const id of column(body, 'id')) seen.add(id);
      next = at(body, '@odata.nextLink');
      pages++;
    }
    assert.deepEqual([seen.size, pages], [people, 2]);
    assert.deepEqual(column(await get(`/groups/${await group('Whole company')}/members`), 'displayName'), [
      'Staff',
    ]);
  });

  it('finds one of them by id, by name and by how the name begins', async () => {
    const found = await get(
      "/users?$filter=userPrincipalName eq 'PERSON0240@contoso.com'&$select=id,displayName",
    );
    assert.deepEqual(column(found, 'displayName'), ['Person 0240']);
    const id = text(found, 'value/0/id');
    assert.deepEqual(column(await get(`/users?$filter=id eq '${id}'&$select=displayName`), 'displayName'), [
      'Person 0240',
    ]);
    const begin = await get("/users?$filter=startswith(displayName,'Person 024')&$top=4&$select=displayName");
    const rest = await get(String(at(begin, '@odata.nextLink')));
    assert.equal(rows(begin).length + rows(rest).length, 8);
    assert.deepEqual(rows(await get("/users?$filter=userPrincipalName eq 'nobody@contoso.com'")), []);
  });

  it('has them in Kiro as the job would have sent them: a cycle finds nothing to do', async () => {
    const before = sandbox.state.tenant.provisioningLogs.length;
    const [servicePrincipalId = ''] = sandbox.state.tenant.synchronization.keys();
    await sandbox.tenants[0]?.provisioning.runCycle(servicePrincipalId);
    assert.equal(sandbox.state.tenant.provisioningLogs.length, before);
    assert.equal(job()?.status['code'], 'Active');
    assert.equal(sandbox.state.kiro.profile?.users.size, people + 7);
    // An initial cycle compares each of them, attribute by attribute.
    sandbox.tenants[0]?.provisioning.schemaChanged(servicePrincipalId);
    await sandbox.tenants[0]?.provisioning.runCycle(servicePrincipalId);
    const changed = sandbox.state.tenant.provisioningLogs
      .slice(before)
      .filter((row) => at(row, 'provisioningStatusInfo/status') !== 'skipped');
    assert.deepEqual(changed, []);
  });

  it('answers while it is saved, and what is saved is whole', async () => {
    const file = join(folder, 'state.json');
    let saving = true;
    const saved = fetch(`${sandbox.line.control}/state/save`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ file }),
    }).finally(() => (saving = false));
    let answers = 0;
    while (saving) {
      await get('/groups?$top=1');
      if (saving) answers++;
    }
    assert.equal((await saved).status, 200);
    assert.ok(answers > 0);
    JSON.parse(await readFile(file, 'utf8'));
    const again = await startSandbox({ state: file });
    try {
      assert.deepEqual(again.state.tenant.users, sandbox.state.tenant.users);
      assert.deepEqual(again.state.tenant.groups, sandbox.state.tenant.groups);
      assert.deepEqual(again.state.kiro.profile?.users, sandbox.state.kiro.profile?.users);
    } finally {
      await again.close();
    }
  });
});
