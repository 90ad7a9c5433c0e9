import assert from 'node:assert/strict';
import { lowConsent } from '../../../src/sandbox/tenant/authorizationPolicy.ts';
import { answerOf, appId, graphTools, principalId, startLogin } from './support.ts';
import type { Browser, Json, Login, Page } from './support.ts';

const graph = 'https://graph.microsoft.com';

describe('sandbox login server: consent', () => {
  let login: Login;
  let browser: Browser;
  let application: Json;
  let servicePrincipal: Json;
  beforeEach(async () => {
    login = await startLogin();
    browser = login.browser();
    ({ application, servicePrincipal } = login.addKiro());
  });
  afterEach(() => login.close());

  const signIn = async (who: number, more: Record<string, string> = {}): Promise<Page> => {
    const page = await browser.open(login.authorizeUrl({ prompt: 'select_account', ...more }));
    return browser.press(page, `account-person${String(who)}@contoso.com`);
  };
  const tools = (scope: string) => ({ client_id: graphTools, redirect_uri: 'http://localhost:1', scope });
  const decide = (page: Page, decision: string, more: Record<string, string> = {}) =>
    browser.press(page, 'data-testid="accept"', { decision, ...more });
  const grants = () => [...login.state.tenant.grants.values()];
  const setConsentPolicy = (permissionGrantPoliciesAssigned: string[]) => {
    login.state.tenant.authorizationPolicy['defaultUserRolePermissions'] = {
      permissionGrantPoliciesAssigned,
    };
  };

  it('lists what is asked in words, and what was granted before no more', async () => {
    const page = await signIn(1, tools(`${graph}/Group.Read.All offline_access`));
    assert.match(page.html, /Read all groups/);
    assert.match(page.html, /Maintain access to data/);
    await decide(page, 'accept');
    const wider = await signIn(1, tools(`${graph}/Group.Read.All ${graph}/Domain.Read.All`));
    assert.match(wider.html, /Read domains/);
    assert.doesNotMatch(wider.html, /Read all groups/);
    const again = await browser.open(
      login.authorizeUrl({ ...tools(`${graph}/Group.Read.All`), prompt: 'consent' }),
    );
    assert.match(again.html, /Read all groups/, 'prompt=consent asks again');
  });

  it('returns a refusal when a person declines', async () => {
    const answer = answerOf(await decide(await signIn(1), 'decline'));
    assert.equal(answer.get('error'), 'access_denied');
    assert.match(answer.get('error_description') ?? '', /^AADSTS65004/);
    assert.equal(grants().length, 0);
  });

  it('lets only an administrator consent where assignment is required, and everyone in after them', async () => {
    assert.match((await signIn(2)).html, /AADSTS90094/);
    await decide(await signIn(1), 'accept', { everyone: 'yes' });
    assert.deepEqual(
      grants().map(({ consentType, principalId: person }) => [consentType, person]),
      [['AllPrincipals', null]],
    );
    assert.ok(answerOf(await signIn(2)).has('code'));
    assert.match((await signIn(3)).html, /AADSTS50105/);
  });

  it('counts assigned groups only with Entra ID P1, and never their nested groups', async () => {
    const { tenant } = login.state;
    await decide(await signIn(1), 'accept', { everyone: 'yes' });
    const group = [...tenant.groups.values()][0]!;
    tenant.groups.set('outer', { ...group, id: 'outer', members: new Set([group.id]) });
    const [assignment] = [...tenant.appRoleAssignments.values()];
    tenant.appRoleAssignments.set('a', { ...assignment!, principalId: 'outer' });
    assert.match((await signIn(1)).html, /AADSTS50105/);
    tenant.appRoleAssignments.set('a', assignment!);
    assert.ok(answerOf(await signIn(1)).has('code'));
    tenant.premium = false;
    assert.match((await signIn(1)).html, /AADSTS50105/);
  });

  it('lets people consent for themselves as far as the authorization policy lets them', async () => {
    servicePrincipal['appRoleAssignmentRequired'] = false;
    assert.match((await signIn(2)).html, /data-testid="accept"/);
    setConsentPolicy([]);
    assert.match((await signIn(2)).html, /AADSTS90094/);
    assert.match((await signIn(1)).html, /data-testid="accept"/, 'an administrator still can');
    setConsentPolicy([lowConsent]);
    assert.match((await signIn(2)).html, /AADSTS90094/);
    assert.match((await signIn(2, tools(`${graph}/User.Read`))).html, /data-testid="accept"/);
  });

  it('keeps highly privileged scopes from application administrators', async () => {
    assert.match((await signIn(3, tools(`${graph}/Group.Read.All`))).html, /on behalf of your/);
    assert.match((await signIn(3, tools(`${graph}/Application.ReadWrite.All`))).html, /AADSTS90094/);
  });

  it('asks no consent of a client that the resource trusts', async () => {
    (application['api'] as Json)['preAuthorizedApplications'] = [
      { appId, delegatedPermissionIds: ['id of codewhisperer:completions'] },
    ];
    const scope = `api://${appId}/codewhisperer:completions`;
    const code = answerOf(await signIn(2, { scope })).get('code') ?? '';
    assert.equal((await login.redeem(code, { scope })).status, 200);
    assert.match((await signIn(2)).html, /AADSTS90094/, 'the other scope is not among them');
  });

  it('gives admin consent for what is named, for everyone', async () => {
    const query = new URLSearchParams({
      client_id: appId,
      scope: `api://${appId}/codewhisperer:completions`,
      redirect_uri: 'http://localhost/oauth/callback',
      state: 'x',
    });
    const url = `${login.origin}/${login.state.tenant.id}/v2.0/adminconsent?${query.toString()}`;
    const refused = await browser.press(await browser.open(url), 'account-person2@contoso.com');
    assert.match(refused.html, /AADSTS90094/);
    const picker = await browser.press(refused, 'data-testid="switch"', { step: 'switch' });
    const page = await browser.press(picker, 'account-person1@contoso.com');
    assert.match(page.html, /for your organization/);
    const answer = answerOf(await decide(page, 'accept'));
    assert.deepEqual(
      [answer.get('admin_consent'), answer.get('tenant'), answer.get('state')],
      ['True', login.state.tenant.id, 'x'],
    );
    assert.deepEqual(
      grants().map(({ clientId, scope, consentType }) => [clientId, scope, consentType]),
      [[principalId, 'codewhisperer:completions', 'AllPrincipals']],
    );
  });

  it('gives admin consent for what the registration lists, across resources', async () => {
    application['requiredResourceAccess'] = [
      {
        resourceAppId: appId,
        resourceAccess: [{ id: 'id of codewhisperer:conversations', type: 'Scope' }],
      },
      {
        resourceAppId: '00000003-0000-0000-c000-000000000000',
        resourceAccess: [{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' }],
      },
    ];
    const url = `${login.origin}/${login.state.tenant.id}/adminconsent?client_id=${appId}`;
    const page = await browser.press(await browser.open(url), 'account-person1@contoso.com');
    assert.match(page.html, /Sign you in and read your profile/);
    const done = await decide(page, 'accept');
    assert.match(done.html, /Consent was given/);
    assert.equal(grants()[0]?.scope, 'codewhisperer:conversations');
  });
});
