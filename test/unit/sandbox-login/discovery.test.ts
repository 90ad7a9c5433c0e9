import assert from 'node:assert/strict';
import { consentForAll, startLogin } from './support.ts';
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
