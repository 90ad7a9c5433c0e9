import assert from 'node:assert/strict';
import { at, column, instantiate, startGraph, templateId, text } from './support.ts';
import type { Graph } from './support.ts';

const scope = (value: string, id: string) => ({
  id,
  value,
  type: 'User',
  isEnabled: true,
  adminConsentDisplayName: value,
  adminConsentDescription: value,
});
const first = scope('codewhisperer:completions', '11111111-1111-4111-8111-111111111111');
const second = scope('codewhisperer:conversations', '22222222-2222-4222-8222-222222222222');

describe('sandbox Graph: applications', () => {
  let graph: Graph;
  let app: Awaited<ReturnType<typeof instantiate>>;
  beforeEach(async () => {
    graph = await startGraph();
    app = await instantiate(graph);
  });
  const patch = (body: unknown) => graph.call('PATCH', `/applications/${app.id}`, body);
  const read = async () => (await graph.call('GET', `/applications/${app.id}`)).body;

  it('instantiates what the documents show of the non-gallery template', async () => {
    const { body } = app;
    assert.equal(at(body, 'application/applicationTemplateId'), templateId);
    assert.equal(at(body, 'application/api/requestedAccessTokenVersion'), null);
    assert.equal(app.scope['value'], 'user_impersonation');
    assert.equal(app.scope['isEnabled'], true);
    assert.deepEqual(at(body, 'application/identifierUris'), []);
    assert.deepEqual(at(body, 'application/publicClient'), { redirectUris: [] });
    assert.equal(at(body, 'application/appRoles/0/id'), '18d14569-c3bd-439b-9a66-3a2aee01d14f');
    assert.equal(at(body, 'application/appRoles/1/displayName'), 'msiam_access');
    assert.equal(at(body, 'servicePrincipal/appId'), app.appId);
    assert.equal(at(body, 'servicePrincipal/appRoleAssignmentRequired'), true);
    assert.deepEqual(at(body, 'servicePrincipal/tags'), [
      'WindowsAzureActiveDirectoryCustomSingleSignOnApplication',
      'WindowsAzureActiveDirectoryIntegratedApp',
    ]);
  });

  it('makes one more application for each instantiate, also of the same name', async () => {
    await instantiate(graph);
    const { body } = await graph.call('GET', `/applications?$filter=displayName eq 'kiro-entra'&$select=id`);
    assert.equal(column(body, 'id').length, 2);
  });

  it('refuses another cloud’s template', async () => {
    const other = '4602d0b4-76bb-404b-bca9-2652e1a39c6d';
    const { status } = await graph.call('POST', `/applicationTemplates/${other}/instantiate`, {
      displayName: 'x',
    });
    assert.equal(status, 404);
  });

  it('merges complex properties and replaces collections', async () => {
    assert.equal((await patch({ api: { requestedAccessTokenVersion: 2 } })).status, 204);
    assert.equal((await patch({ publicClient: { redirectUris: ['http://localhost/a'] } })).status, 204);
    assert.equal((await patch({ publicClient: { redirectUris: ['http://localhost/b'] } })).status, 204);
    const after = await read();
    assert.equal(at(after, 'api/oauth2PermissionScopes/0/value'), 'user_impersonation');
    assert.equal(at(after, 'api/requestedAccessTokenVersion'), 2);
    assert.deepEqual(at(after, 'publicClient/redirectUris'), ['http://localhost/b']);
  });

  it('keeps enabled scopes from being left out, altered or given another id', async () => {
    const code = 'CannotDeleteOrUpdateEnabledEntitlement';
    for (const scopes of [
      [first, second],
      [{ ...app.scope, value: 'other' }, first],
      [{ ...app.scope, id: second.id }],
    ]) {
      const answer = await patch({ api: { oauth2PermissionScopes: scopes } });
      assert.equal(answer.status, 400);
      assert.equal(at(answer.body, 'error/code'), code);
    }
    assert.equal((await patch({ api: { oauth2PermissionScopes: [app.scope, first, second] } })).status, 204);
    const disabled = [app.scope, { ...first, isEnabled: false }, second];
    assert.equal((await patch({ api: { oauth2PermissionScopes: disabled } })).status, 204);
    assert.equal((await patch({ api: { oauth2PermissionScopes: [app.scope, second] } })).status, 204);
  });

  it('refuses scopes that are no scopes', async () => {
    for (const wrong of [
      { ...first, value: 'with space' },
      { ...first, type: 'Both' },
      { ...first, id: 'x' },
      { ...first, adminConsentDescription: undefined },
      { ...first, value: 'user_impersonation' },
      { ...first, extra: 1 },
    ])
      assert.equal((await patch({ api: { oauth2PermissionScopes: [app.scope, wrong] } })).status, 400);
    assert.equal((await patch({ api: { requestedAccessTokenVersion: 3 } })).status, 400);
  });

  it('accepts Kiro’s redirect URIs and refuses what the platform does not support', async () => {
    const kiro = ['kiro://kiro.oauth/callback', 'http://localhost/oauth/callback'];
    assert.equal((await patch({ publicClient: { redirectUris: kiro } })).status, 204);
    for (const uri of ['http://contoso.com/x', 'https://contoso.com/a b', 'not a uri', kiro[0]])
      assert.equal((await patch({ publicClient: { redirectUris: [...kiro, uri] } })).status, 400, uri);
    assert.equal((await patch({ web: { redirectUris: ['kiro://kiro.oauth/callback'] } })).status, 400);
    assert.deepEqual(at(await read(), 'publicClient/redirectUris'), kiro);
  });

  it('checks identifier URIs by host, policy and uniqueness', async () => {
    const code = async (uris: string[]) => at((await patch({ identifierUris: uris })).body, 'error/code');
    assert.equal(await code(['https://fabrikam.com/kiro']), 'HostNameNotOnVerifiedDomain');
    assert.equal(await code(['api://kiro']), 'Request_BadRequest');
    assert.equal((await patch({ identifierUris: [`api://${app.appId}`] })).status, 204);
    assert.deepEqual(
      at((await graph.call('GET', `/servicePrincipals/${app.sp}`)).body, 'servicePrincipalNames'),
      [app.appId, `api://${app.appId}`],
    );
    const other = await instantiate(graph);
    const taken = await graph.call('PATCH', `/applications/${other.id}`, {
      identifierUris: [`api://${app.appId}`],
    });
    assert.equal(at(taken.body, 'error/code'), 'Request_MultipleObjectsWithSameKeyValue');
    assert.equal(
      (await patch({ identifierUris: ['api://kiro'], api: { requestedAccessTokenVersion: 2 } })).status,
      204,
    );
  });

  it('names an unknown property and a read-only one instead of ignoring them', async () => {
    assert.match(text((await patch({ redirectUris: [] })).body, 'error/message'), /redirectUris/);
    assert.match(text((await patch({ appId: app.appId })).body, 'error/message'), /read-only/);
    assert.equal((await patch({ publicClient: { uris: [] } })).status, 400);
  });

  it('takes the service principal and all that hangs on it away with the application', async () => {
    const group = [...graph.state.tenant.groups.values()][0]!;
    const made = await graph.call('POST', `/servicePrincipals/${app.sp}/appRoleAssignedTo`, {
      principalId: group.id,
      resourceId: app.sp,
      appRoleId: '18d14569-c3bd-439b-9a66-3a2aee01d14f',
    });
    assert.equal(made.status, 201);
    assert.equal((await graph.call('DELETE', `/applications(appId='${app.appId}')`)).status, 204);
    assert.equal((await graph.call('GET', `/servicePrincipals/${app.sp}`)).status, 404);
    assert.equal(graph.state.tenant.appRoleAssignments.size, 0);
  });

  it('makes a plain registration without template, whose service principal has no templates to provision by', async () => {
    const made = await graph.call('POST', '/applications', { displayName: 'Registered' });
    assert.equal(made.status, 201);
    const sp = await graph.call('POST', '/servicePrincipals', { appId: text(made.body, 'appId') });
    assert.equal(sp.status, 201);
    const base = `/servicePrincipals/${text(sp.body, 'id')}/synchronization`;
    assert.deepEqual(at((await graph.call('GET', `${base}/templates`)).body, 'value'), []);
    assert.equal((await graph.call('POST', `${base}/jobs`, { templateId: 'scim' })).status, 404);
  });
});
