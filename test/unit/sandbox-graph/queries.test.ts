import assert from 'node:assert/strict';
import { entityTypes } from '../../../src/sandbox/graph/entityTypes.ts';
import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, eventual, instantiate, rows, startGraph } from './support.ts';
import type { Graph } from './support.ts';

describe('sandbox Graph: queries', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph({ extraUsers: 130 });
  });
  const ask = (path: string, options = {}) => graph.call('GET', path, undefined, options);
  const get = async (path: string, options = {}) => {
    const answer = await ask(path, options);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  };
  const refused = async (path: string, code: string, options = {}) => {
    const { status, body } = await ask(path, options);
    assert.deepEqual([status, at(body, 'error/code')], [400, code], path);
  };
  const names = async (filter: string, options = {}) =>
    column(
      await get(`/groups?$count=true&$select=displayName&$filter=${encodeURIComponent(filter)}`, options),
      'displayName',
    );
  const next = (body: unknown) => {
    const link = at(body, '@odata.nextLink');
    return typeof link === 'string' ? link.replace('http://graph.test/v1.0', '') : undefined;
  };

  it('answers every property that a type is said to have', async () => {
    const made = await instantiate(graph);
    for (const [path, type] of [
      [`/users/${userId('grace')}`, entityTypes.user],
      [`/groups/${groupId('Kiro users')}`, entityTypes.group],
      [`/applications/${made.id}`, entityTypes.application],
      [`/servicePrincipals/${made.sp}`, entityTypes.servicePrincipal],
    ] as const) {
      const selected = [...type.properties].join(',');
      assert.deepEqual(
        Object.keys((await get(`${path}?$select=${selected}`)) as object).slice(1),
        [...type.properties],
        type.name,
      );
    }
  });

  it('refuses names that a type lacks, also where no row would show it', async () => {
    const empty = `/groups/${groupId('New hires')}/members`;
    for (const path of [
      '/users?$select=nickname',
      `/users/${userId('ada')}?$select=nickname`,
      `${empty}?$select=nickname`,
      `/applications?$select=secret`,
      "/users?$filter=nickname eq 'x'",
      `${empty}?$filter=startswith(nickname,'x')`,
      '/groups?$orderby=colour',
      '/groups?$filter=colours/$count eq 0',
      '/groups?$expand=members($select=colour)',
      '/groups?$expand=displayName',
      '/groups?$expand=members($select=id',
      "/users?$filter=accountEnabled eq 'true'",
    ])
      await refused(path, 'BadRequest');
    assert.equal((await ask('/users?$expand=photo')).status, 501);
  });

  it('refuses what the directory does not understand', async () => {
    const ids = Array.from({ length: 16 }, (_, index) => `'group ${index}'`).join(',');
    for (const path of [
      '/users?$skip=5',
      '/users?$apply=aggregate(id)',
      "/users?$filter=contains(displayName,'a')",
      "/groups?$filter=groupTypes/all(c:c eq 'Unified')",
      `/groups?$filter=displayName in (${ids})`,
      '/groups?$expand=members,memberOf',
      '/users?$orderby=jobTitle',
      `/users/${userId('ada')}?$top=1`,
    ])
      await refused(path, 'Request_UnsupportedQuery');
    assert.equal(rows(await get('/users?$orderby=jobTitle&$count=true&$top=3', eventual)).length, 3);
  });

  it('says so where it passes over what Graph may take', async () => {
    for (const path of [
      '/users?$format=json',
      '/users?filter=id eq null',
      '/applications?page=2',
      '/oauth2PermissionGrants?select=id',
    ])
      assert.equal((await ask(path)).status, 501, path);
    const made = await graph.call('POST', '/applications?name=x', { displayName: 'x' });
    assert.deepEqual([made.status, graph.state.tenant.applications.size], [501, 0]);
  });

  it('counts what a filter and a search leave', async () => {
    const counted = async (path: string) => (await ask(path, eventual)).body;
    assert.equal(await counted("/users/$count?$filter=userPrincipalName eq 'ada@contoso.com'"), '1');
    assert.equal(await counted('/groups/$count?$search="displayName:kiro"'), '2');
    assert.equal(await counted("/applications/$count?$filter=displayName eq 'nothing'"), '0');
    const [group] = rows(await get("/groups?$filter=displayName eq 'Kiro users'"));
    const members = `/groups/${String(group?.['id'])}/members`;
    assert.equal(await counted(`${members}/$count?$filter=startswith(displayName,'Grace')`), '1');
    assert.equal((await ask(`${members}/microsoft.graph.device?$count=true`, eventual)).status, 200);
  });

  it('filters by lambdas, counts, null, dates, negations and parentheses', async () => {
    assert.deepEqual(await names("groupTypes/any(t:t eq 'DynamicMembership')"), ['All research']);
    assert.deepEqual(await names('groupTypes/$count eq 1 and mailEnabled eq true', eventual), [
      'Product council',
    ]);
    assert.equal((await ask('/groups?$filter=groupTypes/$count eq 1')).status, 400);
    assert.deepEqual(await names("membershipRule ne null and not(displayName eq 'x')", eventual), [
      'All research',
    ]);
    assert.ok(!(await names('membershipRule eq null')).includes('All research'));
    assert.deepEqual(await names('createdDateTime gt 2030-01-01T00:00:00Z'), []);
    assert.ok((await names('createdDateTime le 2030-01-01T00:00:00Z')).length > 8);
    assert.deepEqual(
      await names("(displayName eq 'New hires' or displayName eq 'Announcements') and mailEnabled eq true"),
      ['Announcements'],
    );
    assert.deepEqual(
      await names("displayName eq 'New hires' or displayName eq 'Announcements' and mailEnabled eq true"),
      ['New hires', 'Announcements'],
    );
    const { appId, id } = await instantiate(graph);
    await graph.call('PATCH', `/applications/${id}`, { identifierUris: [`api://${appId}`] });
    const found = await get(`/applications?$filter=identifierUris/any(x:x eq 'api://${appId}')`);
    assert.deepEqual(column(found, 'id'), [id]);
    assert.deepEqual(
      column(await get("/applications?$filter=identifierUris/any(x:x eq 'api://none')"), 'id'),
      [],
    );
  });

  it('searches by words, in clauses with AND and OR, and only eventually', async () => {
    const search = async (text: string) =>
      column(
        await get(`/users?$count=true&$select=displayName&$search=${encodeURIComponent(text)}`, eventual),
        'displayName',
      );
    assert.deepEqual(await search('"displayName:lovel"'), ['Ada Lovelace']);
    assert.deepEqual(await search('"displayName:velace"'), []);
    assert.deepEqual(await search('"displayName:ada" OR "mail:grace@"'), ['Ada Lovelace', 'Grace Hopper']);
    assert.deepEqual(await search('"displayName:a" AND "mail:ada@"'), ['Ada Lovelace']);
    assert.deepEqual(await search('("displayName:ada" OR "displayName:grace") AND "mail:grace"'), [
      'Grace Hopper',
    ]);
    await refused('/users?$search="displayName:ada"', 'Request_UnsupportedQuery');
    await refused('/users?$search=displayName:ada', 'Request_BadRequest', eventual);
    await refused('/users?$search="department:x"', 'Request_UnsupportedQuery', eventual);
  });

  it('expands one relation, twenty objects of it, with a $select of its own', async () => {
    const group = await get(
      `/groups/${groupId('Kiro users')}?$select=id&$expand=members($select=id,displayName)`,
    );
    assert.equal(rows({ value: at(group, 'members') }).length, 7);
    assert.deepEqual(Object.keys(at(group, 'members/0') as object), ['@odata.type', 'id', 'displayName']);
    const staff = await get(`/groups?$filter=displayName eq 'Staff'&$expand=members($select=id)`);
    assert.equal(rows({ value: at(staff, 'value/0/members') }).length, 20);
    const grace = await get(
      `/users/${userId('grace')}?$select=displayName&$expand=manager($select=displayName)`,
    );
    assert.equal(at(grace, 'manager/displayName'), 'Ada Lovelace');
    assert.ok(!('manager' in ((await get(`/users/${userId('ada')}?$expand=manager`)) as object)));
    const made = await instantiate(graph);
    const assignment = {
      principalId: groupId('Kiro users'),
      resourceId: made.sp,
      appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
    };
    await graph.call('POST', `/servicePrincipals/${made.sp}/appRoleAssignedTo`, assignment);
    const principal = await get(`/servicePrincipals(appId='${made.appId}')?$expand=appRoleAssignedTo`);
    assert.equal(at(principal, 'appRoleAssignedTo/0/principalDisplayName'), 'Kiro users');
  });

  it('neither repeats nor hides a row when rows come and go between pages', async () => {
    const path = `/groups/${groupId('Staff')}/members?$select=id&$top=40`;
    const members = graph.state.tenant.groups.get(groupId('Staff'))!.members;
    const [first, ...others] = [...members];
    const page = await get(path);
    members.delete(first!);
    const seen = [...column(page, 'id')];
    for (let link = next(page); link !== undefined;) {
      const body = await get(link);
      seen.push(...column(body, 'id'));
      link = next(body);
    }
    assert.deepEqual(seen, [first, ...others]);
    await refused('/users?$skiptoken=x', 'Directory_ExpiredPageToken');
  });

  it('takes alternate keys, key predicates and the myorganization prefix', async () => {
    const { appId, id, sp } = await instantiate(graph);
    assert.equal(at(await get(`/applications(appId='${appId}')?$select=id`), 'id'), id);
    assert.equal(at(await get(`/myorganization/servicePrincipals(appId='${appId}')?$select=id`), 'id'), sp);
    assert.equal(at(await get(`/users('ada@contoso.com')?$select=id`), 'id'), userId('ada'));
    assert.equal(at(await get(`/myorganization/groups('${groupId('Staff')}')`), 'displayName'), 'Staff');
  });
});
