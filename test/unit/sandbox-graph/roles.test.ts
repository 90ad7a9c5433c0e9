import assert from 'node:assert/strict';
import { personOf } from '../../../src/sandbox/login/accounts.ts';
import { userId } from '../../../src/sandbox/tenant/entries.ts';
import { at, column, eventual, instantiate, startGraph } from './support.ts';
import type { Graph } from './support.ts';

const role = 'Application Administrator';
const requests = '/roleManagement/directory/roleAssignmentScheduleRequests';
const hour = 60 * 60_000;

describe('sandbox Graph: roles that are activated for a time', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });

  const scopes = [
    'RoleAssignmentSchedule.ReadWrite.Directory',
    'RoleEligibilitySchedule.Read.Directory',
    'Application.ReadWrite.All',
    'User.Read',
  ];
  /** A token that the login would issue now: it reads the roles where they stand. */
  const freshToken = () => {
    const account = graph.state.tenant.accounts.find((one) => one.userId === userId('margaret'))!;
    const { roles } = personOf(graph.state.tenant, account);
    return graph.token({ userId: account.userId, scopes, roles: [...roles] });
  };
  const change = (action: string, token: string, duration = 'PT2H') =>
    graph.call(
      'POST',
      requests,
      {
        action,
        principalId: userId('margaret'),
        roleDefinitionId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
        directoryScopeId: '/',
        justification: 'Rename the application',
        scheduleInfo: { expiration: { type: 'afterDuration', duration } },
      },
      { token },
    );
  const rename = async (id: string, token: string) =>
    (await graph.call('PATCH', `/applications/${id}`, { displayName: 'Kiro' }, { token })).status;

  it('lets a token carry the role only when it was issued after the activation', async () => {
    const { id } = await instantiate(graph);
    const before = await freshToken();
    assert.equal(await rename(id, before), 403);
    assert.equal((await change('selfActivate', before)).status, 201);
    assert.equal(await rename(id, before), 403);
    assert.equal(await rename(id, await freshToken()), 204);
  });

  it('shows the role among the active ones at once', async () => {
    const token = await freshToken();
    const active = async () => {
      const path = '/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true';
      return column((await graph.call('GET', path, undefined, { ...eventual, token })).body, 'id').length;
    };
    assert.equal(await active(), 0);
    await change('selfActivate', token);
    assert.equal(await active(), 1);
  });

  it('ends by itself, and by hand before', async () => {
    const { id } = await instantiate(graph);
    await change('selfActivate', await freshToken(), 'PT1H');
    assert.equal(
      at((await change('selfActivate', await freshToken())).body, 'error/code'),
      'RoleAssignmentExists',
    );
    await graph.state.clock.advance(hour - 1000);
    assert.equal(await rename(id, await freshToken()), 204);
    await graph.state.clock.advance(2000);
    await graph.call('GET', '/me');
    assert.equal(await rename(id, await freshToken()), 403);

    await change('selfActivate', await freshToken());
    assert.equal(await rename(id, await freshToken()), 204);
    assert.equal((await change('selfDeactivate', await freshToken())).status, 201);
    assert.equal(await rename(id, await freshToken()), 403);
    assert.deepEqual(graph.state.tenant.roleActivations, []);
  });

  it('belongs to its holder, and to a tenant with a licence', async () => {
    const grace = await graph.token({ userId: userId('grace'), scopes, roles: [role] });
    assert.equal((await change('selfActivate', grace)).status, 403);
    const free = await startGraph({ premium: false });
    const token = await free.token({ userId: userId('margaret'), scopes });
    const eligible = await free.call(
      'GET',
      "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='principal')",
    );
    assert.deepEqual(column(eligible.body, 'id'), []);
    const refused = await free.call(
      'POST',
      requests,
      {
        action: 'selfActivate',
        principalId: userId('margaret'),
        roleDefinitionId: '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3',
        directoryScopeId: '/',
        justification: 'x',
      },
      { token },
    );
    assert.equal(at(refused.body, 'error/code'), 'AadPremiumLicenseRequired');
  });

  it('is told to whom may activate it, with its definition if asked for', async () => {
    const token = await graph.token({ userId: userId('margaret'), scopes });
    const path = '/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser';
    const told = await graph.call('GET', `${path}(on='principal')?$expand=roleDefinition`, undefined, {
      token,
    });
    assert.equal(at(told.body, 'value/0/roleDefinition/displayName'), role);
    const plain = await graph.call('GET', `${path}(on='principal')`, undefined, { token });
    assert.equal(at(plain.body, 'value/0/roleDefinition'), undefined);
  });

  it('says that administrators’ assignments are not emulated', async () => {
    const answer = await change('adminAssign', await freshToken());
    assert.equal(answer.status, 501);
  });
});
