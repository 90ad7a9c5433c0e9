import assert from 'node:assert/strict';
import { loginSchema, restoredLogin, writableLogin } from '../../../src/sandbox/saved/loginSchema.ts';
import { jsonPieces } from '../../../src/sandbox/saved/jsonPieces.ts';
import * as v from 'valibot';
import { claimsIn, graphTools, startLogin } from './support.ts';
import type { Browser, Login } from './support.ts';

const capable = JSON.stringify({ access_token: { xms_cc: { values: ['cp1'] } } });
const scope = 'https://graph.microsoft.com/User.Read offline_access openid profile';
const tools = { client_id: graphTools, redirect_uri: 'http://localhost:1', scope };
const userPrincipalName = 'person1@contoso.com';

describe('sandbox login server: what the control server arranges', () => {
  let login: Login;
  let browser: Browser;
  beforeEach(async () => {
    login = await startLogin();
    browser = login.browser();
  });
  afterEach(() => login.close());

  const signIn = async (claims = capable) =>
    (await login.redeem(await login.code(1, { ...tools, claims }, browser), { ...tools, claims })).json;
  const refresh = (token: unknown, claims = capable) =>
    login.token({ ...tools, grant_type: 'refresh_token', refresh_token: String(token), claims });
  const errorOf = async (token: unknown) => {
    const { json } = await refresh(token);
    return [(json['error_codes'] as number[] | undefined)?.[0], json['suberror']];
  };
  const me = (json: Record<string, unknown>) => login.graph('/me', String(json['access_token']));
  const challengeIn = (response: Response): string => {
    const header = response.headers.get('www-authenticate') ?? '';
    assert.match(header, /error="insufficient_claims"/);
    return Buffer.from(/claims="([^"]+)"/.exec(header)?.[1] ?? '', 'base64').toString();
  };

  it('revokes sessions: refresh tokens, browsers, and tokens of clients that can be challenged', async () => {
    const able = await signIn();
    const plain = await signIn('');
    assert.equal((await me(able)).status, 200);
    await login.control('revoke', { userPrincipalName });
    assert.deepEqual(await errorOf(able['refresh_token']), [50173, 'bad_token']);
    const refused = await me(able);
    assert.equal(refused.status, 401);
    assert.match(await refused.clone().text(), /TokenIssuedBeforeRevocationTimestamp/);
    assert.match(challengeIn(refused), /"nbf"/);
    assert.equal((await me(plain)).status, 200, 'a client that knows no challenges keeps its token');
    assert.match((await browser.open(login.authorizeUrl(tools))).html, /Pick an account/);
    assert.equal((await me(await signIn())).status, 200);
  });

  it('challenges for a newer token, which the refresh token gives', async () => {
    const before = await signIn();
    await login.control('challenges', { userPrincipalName, kind: 'newerToken' });
    const challenge = challengeIn(await me(before));
    assert.equal((await me(before)).status, 401, 'until it is satisfied');
    const { json } = await refresh(before['refresh_token'], challenge);
    // MSAL sends its capability along with every challenge.
    assert.equal(claimsIn(json['access_token'])['xms_cc'], undefined);
    const { json: able } = await refresh(before['refresh_token']);
    assert.equal((await me(able)).status, 200);
  });

  it('challenges the next call alone when it is told to', async () => {
    const token = await signIn();
    await login.control('challenges', { userPrincipalName, kind: 'newerToken', once: true });
    assert.deepEqual([(await me(token)).status, (await me(token)).status], [401, 200]);
  });

  it('challenges for a stronger sign-in, which needs the person', async () => {
    const before = await signIn();
    await login.control('challenges', { userPrincipalName, kind: 'stepUp' });
    const challenge = JSON.parse(challengeIn(await me(before))) as { access_token: object };
    assert.deepEqual(challenge, { access_token: { acrs: { essential: true, value: 'c1' } } });
    const claims = JSON.stringify({
      access_token: { ...challenge.access_token, xms_cc: { values: ['cp1'] } },
    });
    const silent = (await refresh(before['refresh_token'], claims)).json;
    assert.deepEqual([silent['error_codes'], silent['suberror']], [[50076], 'basic_action']);
    assert.deepEqual(JSON.parse(String(silent['claims'])), challenge);
    const page = await browser.open(login.authorizeUrl({ ...tools, claims }));
    assert.match(page.html, /Approve sign in request/);
    const after = await signIn(claims);
    assert.deepEqual(claimsIn(after['access_token'])['acrs'], ['c1']);
    assert.deepEqual(claimsIn(after['access_token'])['amr'], ['pwd', 'mfa']);
    assert.equal((await me(after)).status, 200);
  });

  it('ends refresh tokens by disuse, a disabled account and an expired password', async () => {
    const { refresh_token: token } = await signIn();
    await login.control('account', { userPrincipalName, passwordExpired: true });
    assert.deepEqual(await errorOf(token), [50055, 'user_password_expired']);
    await login.control('account', { userPrincipalName, passwordExpired: false, enabled: false });
    assert.deepEqual(await errorOf(token), [50057, undefined]);
    await login.control('account', { userPrincipalName, enabled: true });
    assert.equal((await refresh(token)).status, 200);
    await login.control('expire', { userPrincipalName });
    assert.deepEqual(await errorOf(token), [700082, undefined]);
    const { refresh_token: another } = await signIn();
    await login.state.clock.advance(91 * 24 * 3_600_000);
    assert.deepEqual(await errorOf(another), [700082, undefined]);
  });

  it('refuses the tokens of a disabled account in Graph at once', async () => {
    const able = await signIn();
    await login.control('account', { userPrincipalName, enabled: false });
    assert.equal((await me(able)).status, 401);
  });

  it('lets the next sign-ins meet any code, on the page or at the token endpoint', async () => {
    const { refresh_token: token } = await signIn();
    assert.equal(
      await login.control('failures', { userPrincipalName, code: 53003, on: 'token', times: 2 }),
      201,
    );
    assert.deepEqual(await errorOf(token), [53003, 'message_only']);
    assert.deepEqual(await errorOf(token), [53003, 'message_only']);
    assert.equal((await refresh(token)).status, 200);
    await login.control('failures', { userPrincipalName, code: 53000, on: 'page' });
    assert.match((await browser.open(login.authorizeUrl(tools))).html, /AADSTS53000/);
    await login.control('failures', { userPrincipalName, code: 50079, on: 'page' });
    assert.match((await browser.open(login.authorizeUrl(tools))).html, /Approve sign in request/);
    await login.control('failures', { userPrincipalName, code: 90094, on: 'page' });
    assert.match((await browser.open(login.authorizeUrl(tools))).html, /Need admin approval/);
    assert.equal((await browser.open(login.authorizeUrl(tools))).status, 302);
    assert.equal(await login.control('failures', { userPrincipalName, code: 4 }), 400);
  });

  it('makes tokens live as long as it is told', async () => {
    await login.control('token-lifetime', { seconds: 30 });
    const json = await signIn();
    const { exp, iat } = claimsIn(json['access_token']);
    assert.deepEqual([json['expires_in'], Number(exp) - Number(iat)], [30, 30]);
  });

  it('keeps all of it in a saved state', async () => {
    await signIn();
    await login.control('failures', { userPrincipalName, code: 53003 });
    await login.control('challenges', { userPrincipalName, kind: 'stepUp' });
    await login.control('revoke', { userPrincipalName });
    const { memory } = login.context;
    const saved: unknown = JSON.parse([...jsonPieces(writableLogin(memory), new Set())].join(''));
    assert.deepEqual(restoredLogin(v.parse(loginSchema, saved), login.state.tenant.accounts), memory);
  });
});
