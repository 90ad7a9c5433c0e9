import assert from 'node:assert/strict';
import * as v from 'valibot';
import { tenantSchema } from '../../../src/sandbox/saved/tenantSchema.ts';
import { activateRole } from '../../../src/sandbox/tenant/roleActivations.ts';
import { startGraph } from './support.ts';

describe('the state file', () => {
  it('keeps policies, logs and activated roles', async () => {
    const graph = await startGraph();
    const { tenant, clock } = graph.state;
    await graph.call('POST', '/identity/conditionalAccess/policies', {
      displayName: 'Block',
      state: 'enabled',
      conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    });
    await graph.call('PATCH', '/policies/authorizationPolicy', { allowInvitesFrom: 'none' });
    const account = tenant.accounts.find((one) => one.eligibleRoles.length > 0)!;
    activateRole(graph.state, {
      account,
      role: 'Application Administrator',
      startsAt: clock.now(),
      endsAt: clock.now() + 1000,
      justification: 'x',
    });
    const again = v.parse(tenantSchema, JSON.parse(saved(tenant)));
    assert.equal(again.conditionalAccessPolicies.size, 1);
    assert.deepEqual(again.conditionalAccessPolicies, tenant.conditionalAccessPolicies);
    assert.deepEqual(again.authorizationPolicy, tenant.authorizationPolicy);
    assert.equal(again.directoryAudits.length, 2);
    assert.deepEqual(again.directoryAudits, tenant.directoryAudits);
    assert.deepEqual(again.roleActivations, tenant.roleActivations);
    assert.deepEqual(again.accounts, tenant.accounts);
  });
});

/** As a state file writes it: a Map is the list of its entries, a Set a list. */
function saved(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown): unknown =>
    part instanceof Map || part instanceof Set ? [...(part as Iterable<unknown>)] : part,
  );
}
