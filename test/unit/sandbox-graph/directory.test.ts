import assert from 'node:assert/strict';
import { groupId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, eventual, rows, startGraph, text } from './support.ts';
import type { Graph } from './support.ts';

describe('sandbox Graph: people, groups and pages', () => {
  let graph: Graph;
  before(async () => {
    graph = await startGraph({ extraUsers: 120 });
  });
  const get = async (path: string, options = {}) => (await graph.call('GET', path, undefined, options)).body;

  it('pages by nextLink, taken verbatim, and ends without one', async () => {
    const seen: unknown[] = [];
    let path: string | undefined = `/groups/${groupId('Staff')}/members?$select=id&$top=50`;
    let pages = 0;
    while (path !== undefined) {
      const body = await get(path);
      seen.push(...column(body, 'id'));
      pages++;
      const next = at(body, '@odata.nextLink');
      path = typeof next === 'string' ? next.replace('http://graph.test/v1.0', '') : undefined;
    }
    assert.equal(pages, 3);
    assert.equal(new Set(seen).size, 120);
  });

  it('answers a hundred rows by default and at most 999', async () => {
    assert.equal(rows(await get('/users')).length, 100);
    assert.equal(rows(await get('/users?$top=999')).length, graph.state.tenant.users.size);
    assert.equal((await graph.call('GET', '/users?$top=1000')).status, 400);
  });

  it('selects exactly what is asked for', async () => {
    const [row] = rows(await get('/users?$select=displayName,mailNickname&$top=1'));
    assert.deepEqual(Object.keys(row!), ['displayName', 'mailNickname']);
    assert.equal((await graph.call('GET', '/users?$select=nickname')).status, 400);
  });

  it('types members, and opens nested groups only transitively', async () => {
    const path = `/groups/${groupId('Engineering')}`;
    const direct = await get(`${path}/members?$select=id,displayName`);
    assert.ok(column(direct, '@odata.type').includes('#microsoft.graph.group'));
    assert.ok(!column(direct, 'displayName').includes('Alan Turing'));
    const all = await get(`${path}/transitiveMembers?$select=displayName`);
    assert.ok(column(all, 'displayName').includes('Alan Turing'));
  });

  it('serves casts, counts and negations only as advanced queries', async () => {
    const cast = `/groups/${groupId('Engineering')}/members/microsoft.graph.user?$select=displayName`;
    const refused = await graph.call('GET', cast);
    assert.equal(at(refused.body, 'error/code'), 'Request_UnsupportedQuery');
    const body = await get(`${cast}&$count=true`, eventual);
    assert.equal(at(body, '@odata.count'), 5);
    assert.ok(!('@odata.type' in rows(body)[0]!));
    assert.equal((await graph.call('GET', `/groups/${groupId('Engineering')}/members/$count`)).status, 400);
    assert.equal(await get(`/groups/${groupId('Engineering')}/members/$count`, eventual), '6');
    const not = `/groups?$select=displayName&$filter=not startswith(displayName,'k')`;
    assert.equal((await graph.call('GET', not)).status, 400);
    assert.ok(!column(await get(`${not}&$count=true`, eventual), 'displayName').includes('Kiro users'));
  });

  it('filters as the directory does, without regard to case', async () => {
    const names = async (filter: string) =>
      column(await get(`/groups?$select=displayName&$filter=${encodeURIComponent(filter)}`), 'displayName');
    assert.deepEqual(await names("startswith(displayName,'kiro')"), ['Kiro users', 'Kiro contractors']);
    assert.deepEqual(await names("displayName eq 'KIRO USERS' and securityEnabled eq true"), ['Kiro users']);
    assert.deepEqual(await names("displayName in ('New hires','Announcements')"), [
      'New hires',
      'Announcements',
    ]);
    assert.deepEqual(await names("groupTypes/any(c:c eq 'Unified')"), ['Product council']);
    assert.deepEqual(
      await names("(mailEnabled eq true) and (securityEnabled eq false) and startswith(displayName,'a')"),
      ['Announcements'],
    );
    assert.equal((await graph.call('GET', '/groups?$filter=displayName eq')).status, 400);
    assert.equal((await graph.call('GET', "/groups?$filter=colour eq 'red'")).status, 400);
  });

  it('shows a reader of basics no more than basics', async () => {
    const scopes = ['User.ReadBasic.All'];
    const user = await get('/users/grace@contoso.com?$select=displayName,accountEnabled,mailNickname', {
      scopes,
    });
    assert.equal(at(user, 'displayName'), 'Grace Hopper');
    assert.equal(at(user, 'accountEnabled'), null);
    const members = await get(`/groups/${groupId('Kiro users')}/members?$select=id,displayName`, {
      scopes: ['GroupMember.Read.All'],
    });
    assert.equal(rows(members)[0]!['displayName'], null);
    assert.ok(text(rows(members)[0], 'id'));
  });

  it('has a guest, a disabled account, an empty group, a dynamic one and a distribution list', async () => {
    const users = [...graph.state.tenant.users.values()];
    assert.ok(users.some((user) => user.userType === 'Guest' && user.userPrincipalName.includes('#EXT#')));
    assert.ok(users.some((user) => !user.accountEnabled));
    const groups = [...graph.state.tenant.groups.values()];
    assert.ok(groups.some((group) => group.members.size === 0));
    assert.ok(groups.some((group) => group.groupTypes.includes('DynamicMembership') && group.membershipRule));
    assert.ok(
      groups.some((group) => group.mailEnabled && !group.securityEnabled && group.groupTypes.length === 0),
    );
    const kiro = graph.state.tenant.groups.get(groupId('Kiro users'));
    assert.ok([...kiro!.members].every((id) => graph.state.tenant.users.has(id)));
  });

  it('tells the caller, their active roles, the licence and the domains', async () => {
    assert.equal(at(await get('/me'), 'userPrincipalName'), 'ada@contoso.com');
    const roles = '/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=displayName&$count=true';
    assert.deepEqual(column(await get(roles, { ...eventual, role: 'Global Reader' }), 'displayName'), [
      'Global Reader',
    ]);
    assert.deepEqual(column(await get(roles, { ...eventual, role: null }), 'displayName'), []);
    assert.equal(
      at(await get('/organization'), 'value/0/assignedPlans/0/servicePlanId'),
      '41781fb2-bc02-4b7c-bd55-b576c07bb09d',
    );
    const free = await startGraph({ premium: false });
    assert.deepEqual(at((await free.call('GET', '/organization')).body, 'value/0/assignedPlans'), []);
    assert.deepEqual(column(await get('/domains'), 'id'), ['contoso.com', 'contoso.onmicrosoft.com']);
  });
});
