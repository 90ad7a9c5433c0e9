import assert from 'node:assert/strict';
import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, rows, startGraph, text } from './support.ts';
import type { Graph } from './support.ts';

const day = 24 * 60 * 60 * 1000;

describe('sandbox Graph: delta queries', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph({ extraUsers: 130 });
  });
  const get = (path: string) => graph.call('GET', path.replace('http://graph.test/v1.0', ''));
  /** Follows a round to its end. */
  const round = async (path: string) => {
    const pages: number[] = [];
    const found: Record<string, unknown>[] = [];
    for (let link = path; ;) {
      const { status, body } = await get(link);
      assert.equal(status, 200, JSON.stringify(body));
      found.push(...rows(body));
      pages.push(rows(body).length);
      const next = at(body, '@odata.nextLink');
      if (typeof next === 'string') link = next;
      else return { found, pages, link: text(body, '@odata.deltaLink') };
    }
  };
  const scopes = ['User.ReadWrite.All', 'GroupMember.ReadWrite.All'];
  const write = (method: string, path: string, body?: unknown) => graph.call(method, path, body, { scopes });
  const kiro = groupId('Kiro users');
  const member = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

  it('tells everybody by pages, and then only what changed of what was asked for', async () => {
    const first = await round('/users/delta?$select=displayName,accountEnabled');
    assert.equal(first.found.length, graph.state.tenant.users.size);
    assert.ok(first.pages.length > 1);
    assert.deepEqual(Object.keys(first.found[0]!), ['id', 'displayName', 'accountEnabled']);
    assert.deepEqual((await round(first.link)).found, []);

    const ken = userId('ken');
    await write('PATCH', `/users/${ken}`, { accountEnabled: false, jobTitle: 'Gone' });
    await write('PATCH', `/users/${userId('alan')}`, { jobTitle: 'Not asked for' });
    graph.state.tenant.users.delete(userId('hedy'));
    const second = await round(first.link);
    assert.deepEqual(second.found, [
      { id: ken, accountEnabled: false },
      { id: userId('hedy'), '@removed': { reason: 'deleted' } },
    ]);
    assert.equal(second.pages[0], 0);
    assert.deepEqual((await round(second.link)).found, []);
  });

  it('tells members that came and went', async () => {
    const first = await round('/groups/delta()?$select=displayName,members');
    const before = first.found.find(({ id }) => id === kiro);
    assert.equal((before?.['members@delta'] as unknown[]).length, 7);
    await write('POST', `/groups/${kiro}/members/$ref`, member(groupId('New hires')));
    await write('DELETE', `/groups/${kiro}/members/${userId('ken')}/$ref`);
    assert.deepEqual((await round(first.link)).found, [
      {
        id: kiro,
        'members@delta': [
          { '@odata.type': '#microsoft.graph.group', id: groupId('New hires') },
          { '@odata.type': '#microsoft.graph.user', id: userId('ken'), '@removed': { reason: 'deleted' } },
        ],
      },
    ]);
    const unasked = await round('/groups/delta?$select=displayName');
    await write('POST', `/groups/${kiro}/members/$ref`, member(userId('ken')));
    assert.deepEqual((await round(unasked.link)).found, []);
  });

  it('begins from now, and follows only the objects that a filter names', async () => {
    const latest = await round('/groups/delta?$deltatoken=latest');
    assert.deepEqual(latest.found, []);
    const ids = [kiro, groupId('New hires')].map((id) => `id eq '${id}'`).join(' or ');
    const some = await round(`/groups/delta?$select=displayName&$filter=${encodeURIComponent(ids)}`);
    assert.deepEqual(new Set(some.found.map(({ id }) => id)), new Set([kiro, groupId('New hires')]));
    const many = Array.from({ length: 51 }, () => `id eq '${kiro}'`).join(' or ');
    for (const query of [
      '$top=5',
      '$orderby=displayName',
      '$expand=members',
      '$search="displayName:a"',
      "$filter=displayName eq 'x'",
      `$filter=${many}`,
    ])
      assert.equal(
        at((await get(`/groups/delta?${query}`)).body, 'error/code'),
        'Request_UnsupportedQuery',
        query,
      );
    assert.equal((await get('/groups/delta?$select=colour')).status, 400);
  });

  it('sends a client with an unknown or an old token back to the beginning', async () => {
    const { link } = await round('/users/delta?$select=displayName');
    const unknown = await get('/users/delta?$deltatoken=never');
    assert.equal(unknown.status, 410);
    assert.equal(at(unknown.body, 'error/code'), 'syncStateNotFound');
    await graph.state.clock.advance(6 * day);
    assert.equal((await get(link)).status, 200);
    await graph.state.clock.advance(2 * day);
    const old = await get(link);
    assert.equal(old.status, 410);
    const again = await round(old.headers.get('location') ?? '');
    assert.equal(again.found.length, graph.state.tenant.users.size);
    assert.equal(column({ value: again.found }, 'displayName').includes('Ada Lovelace'), true);
  });
});
