import assert from 'node:assert/strict';
import { claimsIn, consentForAll, graphTools, startLogin } from './support.ts';
import type { Json, Login } from './support.ts';

describe('sandbox login server: discovery and signing out', () => {
  let login: Login;
  beforeEach(async () => {
    login = await startLogin();
  });
  afterEach(() => login.close());

  const read = async (path: string) => {
    const response = await fetch(`${login.origin}/${path}`);
    return { status: response.status, json: (await response.json()) as Json };
  };

  it('names the issuer of each version, and of no tenant on the shared authorities', async () => {
    const { id } = login.state.tenant;
    const issuer = async (path: string) =>
      (await read(`${path}/.well-known/openid-configuration`)).json['issuer'];
    assert.equal(await issuer(`${id}/v2.0`), `https://login.microsoftonline.com/${id}/v2.0`);
    assert.equal(await issuer('contoso.com/v2.0'), `https://login.microsoftonline.com/${id}/v2.0`);
    assert.equal(await issuer('common/v2.0'), 'https://login.microsoftonline.com/{tenantid}/v2.0');
    assert.equal(await issuer('organizations/v2.0'), 'https://login.microsoftonline.com/{tenantid}/v2.0');
    assert.equal(await issuer(id), `https://sts.windows.net/${id}/`);
    const unknown = await read('nowhere.example/v2.0/.well-known/openid-configuration');
    assert.deepEqual([unknown.status, unknown.json['error_codes']], [400, [90002]]);
  });

  it('names the hosts of every cloud that stand for one another', async () => {
    const { json } = await read('common/discovery/instance');
    const aliases = (json['metadata'] as Json[]).map((one) => one['aliases']);
    assert.deepEqual(aliases[0], [
      'login.microsoftonline.com',
      'login.windows.net',
      'login.microsoft.com',
      'sts.windows.net',
    ]);
    assert.deepEqual(aliases[1], ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn']);
  });

  it('publishes one key for both versions, without its private half', async () => {
    const [v1, v2] = await Promise.all([read('common/discovery/keys'), read('common/discovery/v2.0/keys')]);
    const keyOf = ({ json }: { json: Json }): Json => (json['keys'] as Json[])[0] ?? {};
    assert.equal(keyOf(v1)['kid'], keyOf(v2)['kid']);
    assert.equal(keyOf(v2)['d'], undefined);
  });

  it('names version 1 endpoints and says that it does not have them', async () => {
    const { json } = await read('common/.well-known/openid-configuration');
    const response = await fetch(String(json['token_endpoint']), { method: 'POST' });
    assert.equal(response.status, 501);
    assert.match(await response.text(), /does not emulate POST \/common\/oauth2\/token/);
  });

  it('signs out in this browser, and follows only an address that is registered', async () => {
    const { application } = login.addKiro();
    consentForAll(login.state);
    const browser = login.browser();
    await login.code(1, {}, browser);
    const logout = `${login.origin}/common/oauth2/v2.0/logout`;
    const stranger = encodeURIComponent('https://evil.example/');
    const away = await browser.open(`${logout}?post_logout_redirect_uri=${stranger}`);
    assert.equal(away.location, null);
    assert.match((await browser.open(login.authorizeUrl())).html, /Pick an account/);
    application['web'] = { redirectUris: ['https://contoso.com/bye'] };
    const known = encodeURIComponent('https://contoso.com/bye');
    const back = await browser.open(`${logout}?post_logout_redirect_uri=${known}&state=z`);
    assert.equal(back.location, 'https://contoso.com/bye?state=z');
  });
});

describe('sandbox login server of 21Vianet', () => {
  let login: Login;
  beforeEach(async () => {
    login = await startLogin('china');
  });
  afterEach(() => login.close());

  it('issues in the name of its own cloud', async () => {
    const { id } = login.state.tenant;
    for (const [version, issuer] of [
      ['/v2.0', `https://login.partner.microsoftonline.cn/${id}/v2.0`],
      ['', `https://sts.chinacloudapi.cn/${id}/`],
    ] as const) {
      const response = await fetch(`${login.origin}/${id}${version}/.well-known/openid-configuration`);
      const document = (await response.json()) as Json;
      assert.equal(document['issuer'], issuer);
      assert.equal(document['msgraph_host'], 'microsoftgraph.chinacloudapi.cn');
    }
  });

  it('knows the Graph of its own cloud and no other’s', async () => {
    const page = async (scope: string) =>
      login
        .browser()
        .open(login.authorizeUrl({ client_id: graphTools, redirect_uri: 'http://localhost', scope }));
    const own = await page('https://microsoftgraph.chinacloudapi.cn/User.Read');
    assert.match(own.html, /Pick an account/);
    const other = await page('https://graph.microsoft.com/User.Read');
    assert.match(`${other.html} ${other.location ?? ''}`, /AADSTS500011/);
  });

  it('gives tokens for it, of which Graph takes each', async () => {
    const scope = 'https://microsoftgraph.chinacloudapi.cn/User.Read openid';
    const redirect = { client_id: graphTools, redirect_uri: 'http://localhost' };
    const code = await login.code(1, { ...redirect, scope });
    const { json } = await login.redeem(code, redirect);
    const claims = claimsIn(json['access_token']);
    assert.equal(claims['aud'], 'https://microsoftgraph.chinacloudapi.cn');
    assert.equal(claims['iss'], `https://sts.chinacloudapi.cn/${login.state.tenant.id}/`);
    assert.equal((await login.graph('/me', String(json['access_token']))).status, 200);
  });
});
