import assert from 'node:assert/strict';
import { answerOf, consentForAll, graphTools, kiroScopes, startLogin } from './support.ts';
import type { Browser, Json, Login } from './support.ts';

const graph = 'https://graph.microsoft.com';
const graphAppId = '00000003-0000-0000-c000-000000000000';

describe('sandbox login server: Conditional Access', () => {
  let login: Login;
  let browser: Browser;
  beforeEach(async () => {
    login = await startLogin();
    browser = login.browser();
    login.addKiro();
    consentForAll(login.state);
  });
  afterEach(() => login.close());

  const everyone = { users: { includeUsers: ['All'] }, applications: { includeApplications: ['All'] } };
  const policy = (grantControls: Json | null, more: Json = {}): void => {
    const { conditionalAccessPolicies: all } = login.state.tenant;
    const id = `policy-${String(all.size + 1)}`;
    all.set(id, { id, displayName: id, state: 'enabled', conditions: everyone, grantControls, ...more });
  };
  const controls = (...builtInControls: string[]): Json => ({ operator: 'OR', builtInControls });
  const people = () => [...login.state.tenant.users.values()];
  const signIn = async (who = 1, more: Record<string, string> = {}) => {
    const page = await browser.open(login.authorizeUrl({ prompt: 'select_account', ...more }));
    return browser.press(page, `account-person${String(who)}@contoso.com`);
  };
  const outcome = async (who = 1, more: Record<string, string> = {}) => {
    const page = await signIn(who, more);
    if (answerOf(page).has('code')) return 'code';
    return page.html.includes('data-testid="approve"')
      ? 'mfa'
      : (/AADSTS\d+/.exec(page.html)?.[0] ?? page.html);
  };
  const refresh = (token: unknown) =>
    login.token({ grant_type: 'refresh_token', refresh_token: String(token), scope: kiroScopes });

  it('refuses on the page, and names the policy to a client that asks silently', async () => {
    const { json } = await login.redeem(await login.code(1));
    policy(controls('block'));
    assert.equal(await outcome(), 'AADSTS53003');
    const silent = await refresh(json['refresh_token']);
    assert.deepEqual(
      [silent.status, silent.json['error'], silent.json['error_codes'], silent.json['suberror']],
      [400, 'invalid_grant', [53003], 'message_only'],
    );
    assert.deepEqual(JSON.parse(String(silent.json['claims'])), {
      access_token: { capolids: { essential: true, values: ['policy-1'] } },
    });
  });

  it('asks for approval once a browser, and 50076 where nobody can be asked', async () => {
    const { json } = await login.redeem(await login.code(1, {}, login.browser()));
    policy(controls('mfa'));
    const silent = await refresh(json['refresh_token']);
    assert.deepEqual([silent.json['error_codes'], silent.json['suberror']], [[50076], 'basic_action']);
    const page = await signIn();
    const denied = await browser.press(page, 'data-testid="approve"', { decision: 'deny' });
    assert.match(denied.html, /AADSTS500121/);
    const done = await browser.press(denied, 'data-testid="approve"', { decision: 'approve' });
    const { json: strong } = await login.redeem(answerOf(done).get('code') ?? '');
    assert.equal((await refresh(strong['refresh_token'])).status, 200);
    assert.ok(answerOf(await browser.open(login.authorizeUrl())).has('code'), 'this browser has proved it');
  });

  it('knows controls that no sandbox device satisfies, and OR from AND', async () => {
    policy(controls('compliantDevice'));
    assert.equal(await outcome(), 'AADSTS53000');
    login.state.tenant.conditionalAccessPolicies.clear();
    policy(controls('domainJoinedDevice'));
    assert.equal(await outcome(), 'AADSTS53001');
    login.state.tenant.conditionalAccessPolicies.clear();
    policy(controls('mfa', 'compliantDevice'));
    assert.equal(await outcome(), 'mfa');
    login.state.tenant.conditionalAccessPolicies.clear();
    policy({ operator: 'AND', builtInControls: ['mfa', 'compliantDevice'] });
    assert.equal(await outcome(), 'AADSTS53000');
    login.state.tenant.conditionalAccessPolicies.clear();
    policy({ operator: 'OR', builtInControls: [], authenticationStrength: { id: 's' } });
    assert.equal(await outcome(), 'mfa');
  });

  it('applies to whom it includes and does not exclude', async () => {
    const [first, second] = people();
    const group = [...login.state.tenant.groups.keys()][0]!;
    const globalAdmin = '62e90394-69f5-4237-9190-012177145e10';
    for (const [users, admin, other] of [
      [{ includeUsers: [first!.id] }, 'AADSTS53003', 'code'],
      [{ includeUsers: ['All'], excludeUsers: [first!.id] }, 'code', 'AADSTS53003'],
      [{ includeGroups: [group] }, 'AADSTS53003', 'AADSTS53003'],
      [{ includeUsers: ['All'], excludeGroups: [group] }, 'code', 'code'],
      [{ includeRoles: [globalAdmin] }, 'AADSTS53003', 'code'],
      [{ includeUsers: ['GuestsOrExternalUsers'] }, 'code', 'code'],
    ] as const) {
      login.state.tenant.conditionalAccessPolicies.clear();
      policy(controls('block'), { conditions: { ...everyone, users } });
      assert.deepEqual([await outcome(1), await outcome(2)], [admin, other], JSON.stringify(users));
    }
    assert.ok(second);
  });

  it('applies to the resource that the token is for, and not while it is off or only reports', async () => {
    policy(controls('block'), {
      conditions: { ...everyone, applications: { includeApplications: [graphAppId] } },
    });
    assert.equal(await outcome(), 'code');
    const tools = { client_id: graphTools, redirect_uri: 'http://localhost:1', scope: `${graph}/User.Read` };
    assert.equal(await outcome(1, tools), 'AADSTS53003');
    login.state.tenant.conditionalAccessPolicies.clear();
    for (const state of ['disabled', 'enabledForReportingButNotEnforced'])
      policy(controls('block'), { state });
    policy(controls('block'), { conditions: { ...everyone, platforms: { includePlatforms: ['iOS'] } } });
    policy(controls('block'), { conditions: { ...everyone, signInRiskLevels: ['high'] } });
    assert.equal(await outcome(), 'code');
  });

  it('asks again once a sign-in is older than its frequency', async () => {
    const sessionControls = { signInFrequency: { isEnabled: true, type: 'hours', value: 4 } };
    policy(null, { sessionControls });
    const { json } = await login.redeem(await login.code(1, {}, browser));
    await login.state.clock.advance(3 * 3_600_000);
    assert.equal((await refresh(json['refresh_token'])).status, 200);
    await login.state.clock.advance(2 * 3_600_000);
    const late = await refresh(json['refresh_token']);
    assert.deepEqual([late.json['error_codes'], late.json['suberror']], [[70043], 'token_expired']);
    assert.match((await browser.open(login.authorizeUrl())).html, /Enter password/);
  });

  it('writes what each policy did to the sign-in log', async () => {
    policy(controls('mfa'));
    policy(controls('block'), { state: 'disabled' });
    await browser.press(await signIn(), 'data-testid="approve"', { decision: 'approve' });
    const row = login.state.tenant.signIns.at(-1);
    const applied = row?.['appliedConditionalAccessPolicies'] as { result: string }[];
    assert.deepEqual(
      applied.map(({ result }) => result),
      ['success', 'notEnabled'],
    );
  });
});
