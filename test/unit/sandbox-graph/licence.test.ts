import assert from 'node:assert/strict';
import { demandAssignment } from '../../../src/sandbox/login/accounts.ts';
import { findClient } from '../../../src/sandbox/login/clients.ts';
import { scopeOf } from '../../../src/sandbox/provisioning/scope.ts';
import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, instantiate, startGraph } from './support.ts';
import type { Graph } from './support.ts';

const userRole = '18d14569-c3bd-439b-9a66-3a2aee01d14f';
const group = groupId('Kiro users');

async function assigned(options: Parameters<typeof startGraph>[0], principalId = group) {
  const graph = await startGraph(options);
  const app = await instantiate(graph);
  const path = `/servicePrincipals/${app.sp}/appRoleAssignedTo`;
  const body = { principalId, resourceId: app.sp, appRoleId: userRole };
  const { status } = await graph.call('POST', path, body);
  return { graph, app, path, status };
}

/** Who is in scope of provisioning, and whether that person may sign in. */
function access(graph: Graph, app: { readonly sp: string; readonly appId: string }, id: string) {
  const { state } = graph;
  const { users, groups } = scopeOf(state, app.sp, { everyone: false, onlyGroups: undefined });
  const user = { id, userPrincipalName: 'x', displayName: 'x', roles: [] };
  let signsIn = true;
  try {
    demandAssignment(state.tenant, findClient(state.tenant, app.appId), user);
  } catch {
    signsIn = false;
  }
  return { people: users.size, groups: groups.size, signsIn };
}

describe('sandbox tenant: licence', () => {
  it('lets an assigned group in with Entra ID P1', async () => {
    const { graph, app, status } = await assigned({});
    const [member] = [...(graph.state.tenant.groups.get(group)?.members ?? [])];
    assert.equal(status, 201);
    const found = access(graph, app, member ?? '');
    assert.ok(found.people > 0);
    assert.deepEqual([found.groups, found.signsIn], [1, true]);
  });

  it('takes a group without it, lists it, and gives nobody access', async () => {
    const { graph, app, path, status } = await assigned({ premium: false });
    const [member] = [...(graph.state.tenant.groups.get(group)?.members ?? [])];
    assert.equal(status, 201);
    assert.deepEqual(column((await graph.call('GET', path)).body, 'principalId'), [group]);
    assert.deepEqual(access(graph, app, member ?? ''), { people: 0, groups: 0, signsIn: false });
  });

  it('refuses a group where it was told to, and still takes a person', async () => {
    const refusing = { premium: false, unlicensedGroups: 'refused' } as const;
    assert.equal((await assigned(refusing)).status, 400);
    const ada = userId('ada');
    const { graph, app, status } = await assigned(refusing, ada);
    assert.equal(status, 201);
    assert.deepEqual(access(graph, app, ada), { people: 1, groups: 0, signsIn: true });
  });

  it('refuses every log without it', async () => {
    const graph = await startGraph({ premium: false });
    for (const log of ['provisioning', 'signIns', 'directoryAudits']) {
      const { status, body } = await graph.call('GET', `/auditLogs/${log}`);
      assert.equal(status, 403);
      assert.equal(at(body, 'error/code'), 'Authentication_RequestFromNonPremiumTenantOrB2CTenant');
    }
  });
});
