import assert from 'node:assert/strict';
import { answerOf, appId, consentForAll, graphTools, kiroCallback, startLogin } from './support.ts';
import type { Json, Login } from './support.ts';

describe('sandbox login server: authorization requests', () => {
  let login: Login;
  let application: Json;
  let servicePrincipal: Json;
  beforeEach(async () => {
    login = await startLogin();
    ({ application, servicePrincipal } = login.addKiro());
    consentForAll(login.state);
  });
  afterEach(() => login.close());

  const open = (more: Record<string, string | undefined> = {}, authority?: string) =>
    login.browser().open(login.authorizeUrl(more, authority));
  const refusal = async (more: Record<string, string | undefined>) => {
    const answer = answerOf(await open(more));
    assert.equal(answer.get('state'), 's t');
    return `${answer.get('error') ?? ''} ${/AADSTS\d+/.exec(answer.get('error_description') ?? '')?.[0] ?? ''}`;
  };

  it('shows on its own page what must not reach an address that nobody registered', async () => {
    for (const [code, more, authority] of [
      ['50011', { redirect_uri: 'https://evil.example/oauth/callback' }],
      ['50011', { redirect_uri: 'http://localhost:3128/' }],
      ['50011', { redirect_uri: 'kiro://kiro.oauth/Callback' }],
      ['700016', { client_id: 'cccccccc-0000-4000-8000-000000000001' }],
      ['900144', { client_id: undefined }],
      ['90002', {}, 'elsewhere.example'],
      ['50194', {}, 'common'],
      ['50194', {}, 'organizations'],
      ['9002332', {}, 'consumers'],
    ] as const) {
      const page = await open(more, authority);
      assert.equal(page.location, null);
      assert.match(page.html, new RegExp(`AADSTS${code}`), code);
    }
    servicePrincipal['accountEnabled'] = false;
    assert.match((await open()).html, /AADSTS7000112/);
  });

  it('ignores the port of localhost, and finds a client on every authority that is for it', async () => {
    assert.match(
      (await open({ redirect_uri: 'http://localhost:3128/oauth/callback' })).html,
      /Pick an account/,
    );
    application['signInAudience'] = 'AzureADMultipleOrgs';
    for (const authority of ['common', 'organizations', 'contoso.com'])
      assert.match((await open({}, authority)).html, /Pick an account/, authority);
  });

  it('returns what the application can put right', async () => {
    assert.equal(
      await refusal({ scope: `api://${appId}/codewhisperer:nothing` }),
      'invalid_client AADSTS650053',
    );
    assert.equal(await refusal({ scope: 'api://nobody/x' }), 'invalid_resource AADSTS500011');
    assert.equal(
      await refusal({ scope: `api://${appId}/codewhisperer:completions User.Read` }),
      'invalid_scope AADSTS28000',
    );
    assert.equal(await refusal({ scope: `api://${appId}/` }), 'invalid_scope AADSTS70011');
    assert.equal(await refusal({ response_type: 'token' }), 'unsupported_response_type AADSTS700051');
    assert.equal(await refusal({ response_mode: 'pigeon' }), 'unsupported_response_mode AADSTS70007');
    assert.equal(await refusal({ code_challenge: 'short' }), 'invalid_request AADSTS501491');
    application['identifierUris'] = ['api://kiro'];
    assert.equal(
      await refusal({ scope: 'api://kiro/codewhisperer:completions' }),
      'invalid_request AADSTS90009',
    );
    ((application['api'] as Json)['oauth2PermissionScopes'] as Json[])[0]!['isEnabled'] = false;
    assert.equal(
      await refusal({ scope: `${appId}/codewhisperer:completions` }),
      'invalid_client AADSTS650053',
    );
  });

  it('takes a code once, with its verifier, redirect URI and client', async () => {
    const code = await login.code(1);
    const errors = async (more: Record<string, string>) =>
      ((await login.redeem(code, more)).json['error_codes'] as number[])[0];
    assert.equal(await errors({ code_verifier: 'w'.repeat(50) }), 501481);
    assert.equal(await errors({ code_verifier: '' }), 900144);
    assert.equal(await errors({ redirect_uri: 'http://localhost/oauth/callback' }), 70000);
    assert.equal(await errors({ client_id: graphTools }), 70000);
    assert.equal(await errors({ client_secret: 'x' }), 700025);
    assert.equal((await login.redeem(code)).status, 200);
    assert.equal(await errors({}), 54005);
    assert.deepEqual((await login.redeem('made up')).json['error_codes'], [9002313]);
  });

  it('knows a web application by its secret and a single-page application by its origin', async () => {
    application['web'] = { redirectUris: ['https://contoso.com/web'] };
    application['spa'] = { redirectUris: ['https://contoso.com/spa'] };
    application['passwordCredentials'] = [{ secretText: 'shh' }];
    const web = { redirect_uri: 'https://contoso.com/web' };
    const one = await login.code(1, web);
    assert.deepEqual((await login.redeem(one, web)).json['error_codes'], [7000218]);
    assert.deepEqual(
      (await login.redeem(one, { ...web, client_secret: 'no' })).json['error_codes'],
      [7000215],
    );
    assert.equal((await login.redeem(one, { ...web, client_secret: 'shh' })).status, 200);

    const spa = { redirect_uri: 'https://contoso.com/spa' };
    const two = await login.code(1, spa);
    const form = { grant_type: 'authorization_code', code: two, code_verifier: 'v'.repeat(50), ...spa };
    assert.deepEqual((await login.token(form)).json['error_codes'], [9002327]);
    const headers = { origin: 'https://contoso.com' };
    assert.equal((await login.token(form, { headers })).status, 200);
    const three = { ...form, code: await login.code(1), redirect_uri: kiroCallback };
    assert.deepEqual((await login.token(three, { headers })).json['error_codes'], [9002326]);
  });

  it('answers in the query, the fragment or a form', async () => {
    const query = new URL((await signedIn({ response_mode: 'query' })).location ?? '');
    assert.ok(query.searchParams.get('code'));
    const fragment = new URL((await signedIn({ response_mode: 'fragment' })).location ?? '');
    assert.match(fragment.hash, /code=/);
    const { html, location } = await signedIn({ response_mode: 'form_post' });
    assert.equal(location, null);
    assert.match(html, /action="kiro:\/\/kiro.oauth\/callback"/);
  });

  const signedIn = async (more: Record<string, string>) => {
    const browser = login.browser();
    return browser.press(await browser.open(login.authorizeUrl(more)), 'account-person1@contoso.com');
  };

  it('goes on with the one who is signed in in this browser, unless it is told to ask', async () => {
    const browser = login.browser();
    await login.code(1, {}, browser);
    const again = async (more: Record<string, string>) => browser.open(login.authorizeUrl(more));
    assert.equal((await again({})).status, 302);
    assert.equal((await again({ login_hint: 'person1@contoso.com' })).status, 302);
    assert.match((await again({ prompt: 'select_account' })).html, /Pick an account/);
    assert.match((await again({ prompt: 'login' })).html, /Pick an account/);
    assert.match(
      (await again({ prompt: 'login', login_hint: 'person1@contoso.com' })).html,
      /Enter password/,
    );
    assert.match((await again({ login_hint: 'person2@contoso.com' })).html, /Enter password/);
    assert.match((await again({ login_hint: 'nobody@contoso.com' })).html, /AADSTS50034/);
    await login.code(2, { prompt: 'select_account' }, browser);
    assert.match((await again({})).html, /Pick an account/, 'two are signed in');
  });

  it('offers only accounts of the domain that is hinted at', async () => {
    login.state.tenant.verifiedDomains.push('contoso.net');
    const { html } = await open({ domain_hint: 'contoso.net' });
    assert.doesNotMatch(html, /account-person1/);
    assert.match((await open({ domain_hint: 'contoso.com' })).html, /account-person1/);
  });

  it('asks nobody with prompt=none, and says what it would have asked', async () => {
    const browser = login.browser();
    const silent = async (more: Record<string, string> = {}) => {
      const answer = answerOf(await browser.open(login.authorizeUrl({ prompt: 'none', ...more })));
      return answer.has('code')
        ? 'code'
        : `${answer.get('error') ?? ''} ${/\d+/.exec(answer.get('error_description') ?? '')?.[0] ?? ''}`;
    };
    assert.equal(await silent(), 'login_required 50058');
    await login.code(1, {}, browser);
    assert.equal(await silent(), 'code');
    assert.equal(await silent({ login_hint: 'person2@contoso.com' }), 'login_required 50058');
    login.state.tenant.grants.clear();
    assert.equal(await silent(), 'consent_required 65001');
    consentForAll(login.state);
    await login.code(2, { prompt: 'select_account' }, browser);
    assert.equal(await silent(), 'interaction_required 16000');
    login.state.tenant.appRoleAssignments.clear();
    assert.equal(await silent({ login_hint: 'person1@contoso.com' }), 'interaction_required 50105');
  });

  it('lets VS Code and Azure CLI have what they were given beforehand, and nothing else', async () => {
    const vscode = { client_id: 'aebc6443-996d-45c2-90f0-388ff96faa56', redirect_uri: 'http://localhost:9' };
    const scope = 'https://graph.microsoft.com/User.Read';
    const browser = login.browser();
    const page = await browser.open(login.authorizeUrl({ ...vscode, scope }));
    const done = await browser.press(page, 'account-person2@contoso.com');
    assert.ok(answerOf(done).has('code'), 'no consent is asked');
    const more = 'https://graph.microsoft.com/Application.ReadWrite.All';
    assert.match((await open({ ...vscode, scope: more })).html, /AADSTS65002/);
    const cli = { client_id: '04b07795-8ddb-461a-bbee-02f9e1bf7b46', redirect_uri: 'http://localhost:9' };
    assert.match(
      (await open({ ...cli, scope: 'https://graph.microsoft.com/Synchronization.ReadWrite.All' })).html,
      /AADSTS65002/,
    );
  });
});
