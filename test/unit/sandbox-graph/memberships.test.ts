import assert from 'node:assert/strict';
import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, eventual, rows, startGraph, text } from './support.ts';
import type { Graph } from './support.ts';

describe('sandbox Graph: memberships and changes of people', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });
  const scopes = ['User.ReadWrite.All', 'GroupMember.ReadWrite.All', 'User.Read', 'Directory.Read.All'];
  const write = (method: string, path: string, body?: unknown) => graph.call(method, path, body, { scopes });
  const get = async (path: string, options = {}) => (await graph.call('GET', path, undefined, options)).body;
  const alan = userId('alan');
  const [platform, engineering, dynamic] = ['Platform team', 'Engineering', 'All research'].map((name) =>
    groupId(name),
  ) as [string, string, string];
  const member = (id: string) => ({ '@odata.id': `https://graph.microsoft.com/v1.0/directoryObjects/${id}` });

  it('tells direct and transitive memberships, roles too, and casts them', async () => {
    const direct = await get(`/users/${alan}/memberOf?$select=id,displayName`);
    assert.deepEqual(column(direct, 'displayName'), [
      'Platform team',
      'Announcements',
      'Cloud Application Administrator',
    ]);
    assert.equal(rows(direct).at(-1)?.['@odata.type'], '#microsoft.graph.directoryRole');
    const all = await get(`/users/${alan}/transitiveMemberOf?$select=id`);
    assert.ok(column(all, 'id').includes(engineering));
    const cast = `/users/${alan}/transitiveMemberOf/microsoft.graph.group?$count=true&$select=displayName`;
    assert.equal((await graph.call('GET', cast)).status, 400);
    assert.equal(at(await get(cast, eventual), '@odata.count'), 3);
    assert.equal(await get(`/users/${alan}/memberOf/$count`, eventual), '3');
    assert.deepEqual(column(await get(`/groups/${platform}/memberOf?$select=id`), 'id'), [engineering]);
  });

  it('answers which of up to twenty groups, and all groups, somebody is in through others too', async () => {
    const check = (groupIds: unknown, path = `/users/${alan}`) =>
      write('POST', `${path}/checkMemberGroups`, { groupIds });
    const asked = [engineering, dynamic];
    assert.deepEqual(at((await check(asked)).body, 'value'), [engineering]);
    assert.deepEqual(at((await check(asked, '/me')).body, 'value'), []);
    for (const wrong of [[], Array.from({ length: 21 }, () => engineering), 'x', undefined])
      assert.equal((await check(wrong)).status, 400);
    const all = async (securityEnabledOnly: unknown) =>
      at((await write('POST', `/users/${alan}/getMemberGroups`, { securityEnabledOnly })).body, 'value');
    assert.deepEqual(await all(true), [platform, engineering]);
    assert.deepEqual(await all(false), [platform, groupId('Announcements'), engineering]);
    assert.equal(await all('true'), undefined);
  });

  it('adds and removes members, and tells what stands against it', async () => {
    const path = `/groups/${groupId('New hires')}/members`;
    const add = (id: string, to = path) => write('POST', `${to}/$ref`, member(id));
    assert.equal((await add(alan)).status, 204);
    assert.deepEqual(column(await get(`${path}?$select=id`), 'id'), [alan]);
    const twice = await add(alan);
    assert.equal(twice.status, 400);
    assert.match(
      text(twice.body, 'error/message'),
      /already exist for the following modified properties: 'members'/,
    );
    assert.equal((await add(userId('nobody'))).status, 404);
    assert.equal((await add(alan, `/groups/${dynamic}/members`)).status, 400);
    assert.equal((await write('POST', `${path}/$ref`, { '@odata.id': 'x' })).status, 400);
    assert.equal((await write('DELETE', `${path}/${alan}/$ref`)).status, 204);
    assert.equal((await write('DELETE', `${path}/${alan}/$ref`)).status, 404);
    assert.deepEqual(rows(await get(path)), []);
  });

  it('changes a person, and refuses what is unknown, read-only, of another type or taken', async () => {
    const path = `/users/${userId('jean')}`;
    const patch = (body: object) => write('PATCH', path, body);
    assert.equal(
      (
        await patch({
          '@odata.type': '#microsoft.graph.user',
          accountEnabled: false,
          mailNickname: 'jb',
          jobTitle: null,
        })
      ).status,
      204,
    );
    assert.deepEqual(await get(`${path}?$select=accountEnabled,mailNickname,jobTitle,surname`), {
      '@odata.context':
        'http://graph.test/v1.0/$metadata#users(accountEnabled,mailNickname,jobTitle,surname)/$entity',
      accountEnabled: false,
      mailNickname: 'jb',
      jobTitle: null,
      surname: 'Bartik',
    });
    for (const body of [
      { nickname: 'x' },
      { id: alan },
      { accountEnabled: 'no' },
      { displayName: null },
      { department: 5 },
      { businessPhones: ['1', '2'] },
      { userPrincipalName: 'jean@elsewhere.example' },
      { userPrincipalName: 'ALAN@contoso.com' },
    ])
      assert.equal((await patch(body)).status, 400, JSON.stringify(body));
    assert.match(text((await patch({ nickname: 'x' })).body, 'error/message'), /Invalid property 'nickname'/);
    assert.equal((await patch({ passwordProfile: {} })).status, 501);
    assert.equal((await patch({ userPrincipalName: 'j.bartik@contoso.com' })).status, 204);
    assert.equal(at(await get('/users/j.bartik@contoso.com'), 'id'), userId('jean'));
  });

  it('gives a person a manager and takes them away', async () => {
    const path = `/users/${userId('ada')}/manager`;
    assert.equal((await graph.call('GET', path)).status, 404);
    assert.equal((await write('PUT', `${path}/$ref`, member(alan))).status, 204);
    assert.equal(at(await get(path), 'displayName'), 'Alan Turing');
    assert.deepEqual(
      column(await get(`/users/${alan}/directReports?$select=displayName`), 'displayName').includes(
        'Ada Lovelace',
      ),
      true,
    );
    assert.equal((await write('DELETE', `${path}/$ref`)).status, 204);
    assert.equal((await write('DELETE', `${path}/$ref`)).status, 404);
  });
});
