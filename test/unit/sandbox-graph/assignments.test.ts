import assert from 'node:assert/strict';
import { at, column, instantiate, rows, startGraph, text } from './support.ts';
import type { Graph } from './support.ts';

describe('sandbox Graph: assignments from the side of groups and people', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });

  it('lists, makes and deletes the same assignments as the application’s side', async () => {
    const { sp } = await instantiate(graph);
    const groups = await graph.call('GET', "/groups?$filter=displayName eq 'Kiro users'");
    const group = text(groups.body, 'value/0/id');
    const base = `/groups/${group}/appRoleAssignments`;
    const body = { principalId: group, resourceId: sp, appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f' };
    const made = await graph.call('POST', base, body);
    assert.equal(made.status, 201);
    const context = `$metadata#groups('${group}')/appRoleAssignments`;
    assert.ok(text(made.body, '@odata.context').endsWith(`${context}/$entity`));
    const id = text(made.body, 'id');
    const listed = await graph.call('GET', base);
    assert.deepEqual(column(listed.body, 'id'), [id]);
    const ofApplication = await graph.call('GET', `/servicePrincipals/${sp}/appRoleAssignedTo`);
    assert.deepEqual(rows(ofApplication.body), rows(listed.body));
    assert.equal((await graph.call('POST', base, body)).status, 400);
    assert.equal((await graph.call('DELETE', `${base}/${id}`)).status, 204);
    assert.deepEqual(rows((await graph.call('GET', base)).body), []);
  });

  it('refuses another principal than the path names, and somebody else’s assignment', async () => {
    const { sp } = await instantiate(graph);
    const people = await graph.call('GET', '/users?$top=2');
    const [one = '', two = ''] = column(people.body, 'id').map(String);
    const body = { principalId: one, resourceId: sp, appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f' };
    const wrong = await graph.call('POST', `/users/${two}/appRoleAssignments`, body);
    assert.equal(wrong.status, 400);
    assert.match(String(at(wrong.body, 'error/message')), /principalId/);
    const made = await graph.call('POST', `/users/${one}/appRoleAssignments`, body);
    const other = `/users/${two}/appRoleAssignments/${text(made.body, 'id')}`;
    assert.equal((await graph.call('DELETE', other)).status, 404);
  });
});
