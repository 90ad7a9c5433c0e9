import assert from 'node:assert/strict';
import { groupId, userId } from '../../../src/sandbox/tenant/entries.ts';
import { auditConsent } from '../../../src/sandbox/tenant/consentAudit.ts';
import { linkId } from '../../../src/sandbox/tenant/ids.ts';
import { at, column, rows, startGraph, templateId, text, withJob } from './support.ts';
import type { Graph } from './support.ts';

/** Names are those of the page "Microsoft Entra audit log categories and activities". */
describe('sandbox Graph: the audit log', () => {
  let graph: Graph;
  beforeEach(async () => {
    graph = await startGraph();
  });

  const names = (): unknown[] => graph.state.tenant.directoryAudits.map((row) => row['activityDisplayName']);
  /** What the calls of `task` leave in the log. */
  const left = async (task: () => Promise<unknown>): Promise<unknown[]> => {
    const before = names().length;
    await task();
    return names().slice(before);
  };

  it('has a row for each thing that instantiate makes, joined by the client’s request id', async () => {
    const id = '12345678-1234-4234-8234-123456789012';
    await graph.call(
      'POST',
      `/applicationTemplates/${templateId}/instantiate`,
      { displayName: 'Kiro' },
      { headers: { 'client-request-id': id, 'user-agent': 'test/1' } },
    );
    const [application, principal] = graph.state.tenant.directoryAudits;
    assert.deepEqual(names(), ['Add application', 'Add service principal']);
    assert.equal(application?.['correlationId'], id);
    assert.equal(principal?.['correlationId'], id);
    assert.notEqual(application?.id, principal?.id);
    assert.deepEqual(application?.['additionalDetails'], [{ key: 'User-Agent', value: 'test/1' }]);
  });

  it('names every change of the five steps', async () => {
    const made = await withJob(graph);
    const { base, job, sp, id } = made;
    const schema = (await graph.call('GET', `${base}/jobs/${job}/schema`)).body;
    const assignment = {
      principalId: groupId('Kiro users'),
      resourceId: sp,
      appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
    };
    const grant = { clientId: sp, consentType: 'AllPrincipals', resourceId: sp, scope: 'user_impersonation' };
    const done: [string, unknown[]][] = [];
    const step = async (method: string, path: string, body?: unknown): Promise<unknown> => {
      const answer = await graph.call(method, path, body);
      assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    };
    const note = async (what: string, method: string, path: string, body?: unknown): Promise<unknown> => {
      let answer: unknown;
      done.push([what, await left(async () => (answer = await step(method, path, body)))]);
      return answer;
    };
    await note('rename', 'PATCH', `/applications/${id}`, { displayName: 'Kiro' });
    await note('principal', 'PATCH', `/servicePrincipals/${sp}`, { notes: 'For Kiro' });
    const assigned = text(
      await note('assign', 'POST', `/servicePrincipals/${sp}/appRoleAssignedTo`, assignment),
      'id',
    );
    await note('unassign', 'DELETE', `/servicePrincipals/${sp}/appRoleAssignedTo/${assigned}`);
    const granted = text(await note('grant', 'POST', '/oauth2PermissionGrants', grant), 'id');
    await note('extend', 'PATCH', `/oauth2PermissionGrants/${granted}`, { scope: 'a b' });
    await note('revoke', 'DELETE', `/oauth2PermissionGrants/${granted}`);
    await note('secrets', 'PUT', `${base}/secrets`, {
      value: [{ key: 'SecretToken', value: 'never-to-be-told' }],
    });
    await note('schema', 'PUT', `${base}/jobs/${job}/schema`, schema);
    await note('start', 'POST', `${base}/jobs/${job}/start`);
    await note('pause', 'POST', `${base}/jobs/${job}/pause`);
    await note('restart', 'POST', `${base}/jobs/${job}/restart`);
    await note('remove job', 'DELETE', `${base}/jobs/${job}`);
    await note('delete', 'DELETE', `/applications/${id}`);
    assert.deepEqual(done, [
      ['rename', ['Update application']],
      ['principal', ['Update service principal']],
      ['assign', ['Add app role assignment to group']],
      ['unassign', ['Remove app role assignment from group']],
      ['grant', ['Add delegated permission grant']],
      ['extend', ['Add delegated permission grant']],
      ['revoke', ['Remove delegated permission grant']],
      ['secrets', ['Update provisioning setting or credentials']],
      ['schema', ['Update attribute mappings or scope']],
      ['start', ['Enable/start provisioning configuration']],
      ['pause', ['Disable/pause provisioning configuration']],
      ['restart', ['Enable/restart provisioning configuration']],
      ['remove job', ['Delete provisioning configuration']],
      ['delete', ['Delete application']],
    ]);
    assert.ok(!JSON.stringify(graph.state.tenant.directoryAudits).includes('never-to-be-told'));
    const renamed = graph.state.tenant.directoryAudits.find(
      (row) => row['activityDisplayName'] === 'Update application',
    );
    const properties = at(renamed, 'targetResources/0/modifiedProperties') as Record<string, unknown>[];
    assert.deepEqual(
      properties.map((one) => one['displayName']),
      ['DisplayName', 'Included Updated Properties'],
    );
  });

  it('names changes of people, members, secrets and owners, and what becomes of deleted applications', async () => {
    const { id } = await withJob(graph);
    const scopes = ['User.ReadWrite.All', 'GroupMember.ReadWrite.All', 'Application.ReadWrite.All'];
    const options = { scopes };
    const reference = (name: string) => ({
      '@odata.id': `http://graph.test/v1.0/directoryObjects/${userId(name)}`,
    });
    const group = groupId('New hires');
    const calls: [string, string, unknown?][] = [
      ['PATCH', '/users/grace@contoso.com', { jobTitle: 'Rear admiral' }],
      ['POST', `/groups/${group}/members/$ref`, reference('grace')],
      ['DELETE', `/groups/${group}/members/${userId('grace')}/$ref`],
      ['POST', `/applications/${id}/addPassword`, { passwordCredential: { displayName: 'x' } }],
      ['POST', `/applications/${id}/owners/$ref`, reference('grace')],
      ['DELETE', `/applications/${id}/owners/${userId('grace')}/$ref`],
      ['DELETE', `/applications/${id}`],
      ['POST', `/directory/deletedItems/${id}/restore`],
      ['DELETE', `/applications/${id}`],
      ['DELETE', `/directory/deletedItems/${id}`],
    ];
    const done = await left(async () => {
      for (const [method, path, body] of calls) {
        const answer = await graph.call(method, path, body, options);
        assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
      }
    });
    assert.deepEqual(done, [
      'Update user',
      'Add member to group',
      'Remove member from group',
      'Update application – Certificates and secrets management',
      'Add owner to application',
      'Remove owner from application',
      'Delete application',
      'Restore application',
      'Delete application',
      'Hard Delete application',
    ]);
  });

  it('tells of policies, with what they were and what they are', async () => {
    const path = '/identity/conditionalAccess/policies';
    const policy = {
      displayName: 'Block',
      state: 'disabled',
      conditions: { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    };
    const id = text((await graph.call('POST', path, policy)).body, 'id');
    await graph.call('PATCH', `${path}/${id}`, { state: 'enabled' });
    const seen = await graph.call('GET', `${path}/${id}`);
    assert.equal(at(seen.body, 'state'), 'enabled');
    assert.deepEqual(at(seen.body, 'conditions/users/includeUsers'), ['All']);
    await graph.call('DELETE', `${path}/${id}`);
    await graph.call('PATCH', '/policies/authorizationPolicy', {
      defaultUserRolePermissions: { permissionGrantPoliciesAssigned: [] },
    });
    assert.deepEqual(names(), [
      'Add conditional access policy',
      'Update conditional access policy',
      'Delete conditional access policy',
      'Update authorization policy',
    ]);
    const change = graph.state.tenant.directoryAudits[1];
    assert.match(text(change, 'targetResources/0/modifiedProperties/0/oldValue'), /"state":"disabled"/);
    assert.match(text(change, 'targetResources/0/modifiedProperties/0/newValue'), /"state":"enabled"/);
    assert.equal(
      at(graph.state.tenant.authorizationPolicy, 'defaultUserRolePermissions/allowedToCreateApps'),
      true,
    );
  });

  it('has no row for what was refused, and one for each part of a batch that was not', async () => {
    const post = (displayName: string) => ({
      id: displayName || 'none',
      method: 'POST',
      url: '/applications',
      headers: { 'Content-Type': 'application/json' },
      body: { displayName },
    });
    assert.deepEqual(
      await left(() => graph.call('POST', '/applications', { displayName: 'x' }, { role: null })),
      [],
    );
    assert.deepEqual(await left(() => graph.call('POST', '/applications', { colour: 'red' })), []);
    assert.deepEqual(
      await left(() => graph.call('POST', '/$batch', { requests: [post('Kiro'), post('')] })),
      ['Add application'],
    );
  });

  it('tells what a person consented to on the sign-in page', async () => {
    const { sp } = await withJob(graph);
    const grants = graph.state.tenant.grants;
    const id = linkId();
    const give = (scope: string) => () => {
      grants.set(id, {
        id,
        clientId: sp,
        consentType: 'AllPrincipals',
        principalId: null,
        resourceId: sp,
        scope,
      });
    };
    const consent = { userId: userId('ada'), clientId: sp, everyone: true };
    assert.deepEqual(
      await left(() => {
        auditConsent(graph.state, consent, give('a'));
        return Promise.resolve();
      }),
      ['Add delegated permission grant', 'Consent to application'],
    );
    auditConsent(graph.state, consent, give('a b'));
    const [added, consented] = graph.state.tenant.directoryAudits.slice(-2);
    assert.equal(at(added, 'targetResources/0/modifiedProperties/0/oldValue'), '"a"');
    assert.equal(at(added, 'targetResources/0/modifiedProperties/0/newValue'), '"a b"');
    assert.equal(added?.['correlationId'], consented?.['correlationId']);
    assert.equal(at(consented, 'initiatedBy/user/userPrincipalName'), 'ada@contoso.com');
    assert.equal(at(consented, 'targetResources/0/id'), sp);
  });

  it('is read newest first, whatever wrote the row', async () => {
    await graph.call('POST', '/applications', { displayName: 'First' });
    await graph.state.clock.advance(1000);
    await graph.call('POST', '/applications', { displayName: 'Second' });
    const { body } = await graph.call('GET', '/auditLogs/directoryAudits');
    assert.deepEqual(
      rows(body).map((row) => at(row, 'targetResources/0/displayName')),
      ['Second', 'First'],
    );
    const id = String(column(body, 'id')[0]);
    assert.equal((await graph.call('GET', `/auditLogs/directoryAudits/${id}`)).status, 200);
    assert.equal((await graph.call('GET', '/auditLogs/directoryAudits/none')).status, 404);
  });
});
