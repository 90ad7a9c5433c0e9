import assert from 'node:assert/strict';
import { appId, consentForAll, graphTools, startLogin } from './support.ts';
import type { Browser, Json, Login } from './support.ts';

const scope = 'https://graph.microsoft.com/User.Read offline_access';

describe('sandbox login server: device code', () => {
  let login: Login;
  let browser: Browser;
  beforeEach(async () => {
    login = await startLogin();
    browser = login.browser();
  });
  afterEach(() => login.close());

  const begin = async (more: Record<string, string> = {}) => {
    const response = await fetch(`${login.origin}/${login.state.tenant.id}/oauth2/v2.0/devicecode`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: graphTools, scope, ...more }),
    });
    return (await response.json()) as Json;
  };
  const poll = async (code: unknown, client = graphTools) => {
    const { json } = await login.token({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: client,
      device_code: String(code),
    });
    return json;
  };
  const type = async (flow: Json, userCode = String(flow['user_code'])) =>
    browser.press(await browser.open(String(flow['verification_uri'])), 'data-testid="next"', {
      user_code: userCode,
    });

  it('is pending until a person typed the code, then gives tokens once', async () => {
    const flow = await begin();
    const pending = await poll(flow['device_code']);
    assert.deepEqual([pending['error'], pending['error_codes']], ['authorization_pending', [70016]]);
    const consent = await browser.press(await type(flow), 'account-person1@contoso.com');
    const done = await browser.press(consent, 'data-testid="accept"', { decision: 'accept' });
    assert.match(done.html, /You have signed in to Microsoft Graph Command Line Tools/);
    assert.ok((await poll(flow['device_code']))['access_token']);
    assert.equal((await poll(flow['device_code']))['error'], 'bad_verification_code');
  });

  it('tells declined, unknown and expired codes apart', async () => {
    const flow = await begin();
    await browser.press(await type(flow), 'data-testid="cancel"', { step: 'cancel' });
    const declined = await poll(flow['device_code']);
    assert.equal(declined['error'], 'authorization_declined');
    const bad = await poll('made up');
    assert.deepEqual([bad['error'], bad['error_codes']], ['bad_verification_code', [70018]]);
    assert.match((await type(flow, 'WRONG1234')).html, /did not work/);
    const late = await begin();
    const code = login.context.deviceCodes.get(String(late['device_code']));
    login.context.deviceCodes.set(String(late['device_code']), { ...code!, expiresAt: 0 });
    const expired = await poll(late['device_code']);
    assert.deepEqual([expired['error'], expired['error_codes']], ['expired_token', [70020]]);
  });

  it('is for clients that declare themselves public', async () => {
    const { application } = login.addKiro();
    consentForAll(login.state);
    const flow = await begin({ client_id: appId, scope: `${appId}/codewhisperer:completions` });
    await browser.press(await type(flow), 'account-person1@contoso.com');
    assert.deepEqual((await poll(flow['device_code'], appId))['error_codes'], [7000218]);
    application['isFallbackPublicClient'] = true;
    assert.ok((await poll(flow['device_code'], appId))['access_token']);
  });

  it('can be blocked by Conditional Access, and stays marked on refresh', async () => {
    const flow = await begin();
    const consent = await browser.press(await type(flow), 'account-person1@contoso.com');
    await browser.press(consent, 'data-testid="accept"', { decision: 'accept' });
    const tokens = await poll(flow['device_code']);
    login.state.tenant.conditionalAccessPolicies.set('p', {
      id: 'p',
      displayName: 'No device code',
      state: 'enabled',
      conditions: {
        users: { includeUsers: ['All'] },
        applications: { includeApplications: ['All'] },
        authenticationFlows: { transferMethods: 'deviceCodeFlow' },
      },
      grantControls: { operator: 'OR', builtInControls: ['block'] },
    });
    const { json } = await login.token({
      grant_type: 'refresh_token',
      client_id: graphTools,
      refresh_token: String(tokens['refresh_token']),
    });
    assert.deepEqual(json['error_codes'], [53003]);
    const refused = await browser.press(await type(await begin()), 'account-person1@contoso.com');
    assert.match(refused.html, /AADSTS53003/);
    const local = { client_id: graphTools, redirect_uri: 'http://localhost:1', scope };
    assert.ok(await login.code(1, local), 'other flows are not meant');
  });
});
