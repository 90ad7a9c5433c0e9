import assert from 'node:assert/strict';
import {
  createKeys,
  InvalidAccessToken,
  issueGraphToken,
  verifyAccessToken,
} from '../../../src/sandbox/login/tokens.ts';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { appId, claimsIn, consentForAll, graphTools, kiroScopes, startLogin } from './support.ts';
import type { Json, Login } from './support.ts';

const graph = 'https://graph.microsoft.com';

describe('sandbox login server: tokens', () => {
  let login: Login;
  beforeEach(async () => {
    login = await startLogin();
  });
  afterEach(() => login.close());

  const graphToken = async (scope: string, more: Record<string, string> = {}) => {
    const client = { client_id: graphTools, redirect_uri: 'http://localhost:1', scope };
    return login.redeem(await login.code(1, client), { ...client, ...more });
  };

  it('issues what the resource’s version asks for, signed by the published key', async () => {
    const { application } = login.addKiro();
    consentForAll(login.state);
    const { status, json } = await login.redeem(await login.code(1, { nonce: 'n1' }));
    assert.equal(status, 200, JSON.stringify(json));
    const tid = login.state.tenant.id;
    const user = [...login.state.tenant.users.values()][0]!;
    const {
      ver,
      aud,
      iss,
      azp,
      azpacr,
      oid,
      tid: tenant,
      scp,
      preferred_username,
    } = claimsIn(json['access_token']);
    assert.deepEqual(
      { ver, aud, iss, azp, azpacr, oid, tenant, scp, preferred_username },
      {
        ver: '2.0',
        aud: appId,
        iss: `https://login.microsoftonline.com/${tid}/v2.0`,
        azp: appId,
        azpacr: '0',
        oid: user.id,
        tenant: tid,
        scp: 'codewhisperer:completions codewhisperer:conversations',
        // Named only where `profile` was asked.
        preferred_username: undefined,
      },
    );
    const discovery = await read(`${login.origin}/${tid}/v2.0/.well-known/openid-configuration`);
    const jwks = (await read(String(discovery['jwks_uri']))) as unknown as JSONWebKeySet;
    const { payload } = await jwtVerify(String(json['id_token']), createLocalJWKSet(jwks), {
      audience: appId,
      issuer: String(discovery['issuer']),
    });
    assert.equal(payload['nonce'], 'n1');

    (application['api'] as Json)['requestedAccessTokenVersion'] = null;
    const refreshed = await login.token({
      grant_type: 'refresh_token',
      refresh_token: String(json['refresh_token']),
      scope: kiroScopes,
    });
    const v1 = claimsIn(refreshed.json['access_token']);
    assert.deepEqual(
      [v1['ver'], v1['aud'], v1['iss'], v1['appid'], v1['upn'], v1['unique_name']],
      [
        '1.0',
        `api://${appId}`,
        `https://sts.windows.net/${tid}/`,
        appId,
        user.userPrincipalName,
        user.userPrincipalName,
      ],
    );
  });

  it('names a version 1 audience as it was asked for', async () => {
    const { application } = login.addKiro();
    consentForAll(login.state);
    (application['api'] as Json)['requestedAccessTokenVersion'] = 1;
    const scope = `${appId}/codewhisperer:completions`;
    const { json } = await login.redeem(await login.code(1, { scope }), { scope });
    assert.equal(claimsIn(json['access_token'])['aud'], appId);
  });

  it('carries every scope that was consented to, roles, and the client’s capability', async () => {
    await graphToken(`${graph}/Group.Read.All openid`);
    const { json } = await graphToken(`${graph}/User.Read openid profile`, {
      claims: JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } }),
    });
    const { scp, wids, xms_cc, amr, uti, oid, sub } = claimsIn(json['access_token']);
    assert.deepEqual(String(scp).split(' ').sort(), ['Group.Read.All', 'User.Read']);
    assert.deepEqual([wids, xms_cc, amr], [['62e90394-69f5-4237-9190-012177145e10'], ['cp1'], ['pwd']]);
    assert.match(String(uti), /^[\w-]{22}$/);
    assert.notEqual(sub, oid, 'the subject is for one resource');
    assert.equal(json['expires_in'], 86_400, 'who answers challenges gets long-lived tokens');
    const plain = await graphToken(`${graph}/User.Read`);
    assert.equal(plain.json['expires_in'], 3900);
    assert.equal(claimsIn(plain.json['access_token'])['xms_cc'], undefined);
  });

  it('gives a refresh token, an id token and client_info only to who asks', async () => {
    const bare = await graphToken(`${graph}/User.Read`);
    assert.deepEqual(
      ['refresh_token', 'id_token', 'client_info'].filter((name) => name in bare.json),
      [],
    );
    const full = await graphToken(`${graph}/User.Read openid profile offline_access`, { client_info: '1' });
    const user = [...login.state.tenant.users.values()][0]!;
    assert.deepEqual(JSON.parse(Buffer.from(String(full.json['client_info']), 'base64url').toString()), {
      uid: user.id,
      utid: login.state.tenant.id,
    });
    assert.equal(claimsIn(full.json['id_token'])['preferred_username'], user.userPrincipalName);
  });

  it('rotates refresh tokens, leaves the old ones good, and serves other resources with them', async () => {
    login.addKiro();
    const first = await graphToken(`${graph}/Group.Read.All ${graph}/User.Read offline_access`);
    const refresh = (token: unknown, scope: string, client = graphTools) =>
      login.token({ grant_type: 'refresh_token', client_id: client, refresh_token: String(token), scope });
    const second = await refresh(first.json['refresh_token'], `${graph}/User.Read offline_access`);
    assert.equal(second.status, 200);
    assert.notEqual(second.json['refresh_token'], first.json['refresh_token']);
    assert.equal((await refresh(first.json['refresh_token'], `${graph}/User.Read`)).status, 200);
    const other = await refresh(second.json['refresh_token'], `api://${appId}/codewhisperer:completions`);
    assert.deepEqual([other.json['error_codes'], other.json['suberror']], [[65001], 'consent_required']);
    const stolen = await refresh(second.json['refresh_token'], `${graph}/User.Read`, appId);
    assert.deepEqual(stolen.json['error_codes'], [70000]);
    assert.deepEqual((await refresh('made up', `${graph}/User.Read`)).json['error_codes'], [9002313]);
  });

  it('shapes a refusal as Entra does', async () => {
    const { status, json } = await login.token({
      grant_type: 'refresh_token',
      client_id: graphTools,
      refresh_token: 'x',
    });
    assert.equal(status, 400);
    assert.match(
      String(json['error_description']),
      /^AADSTS9002313: .* Trace ID: \S+ Correlation ID: \S+ Timestamp: /,
    );
    assert.match(String(json['timestamp']), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    assert.equal(json['error_uri'], 'https://login.microsoftonline.com/error?code=9002313');
    assert.deepEqual(Object.keys(json).sort(), [
      'correlation_id',
      'error',
      'error_codes',
      'error_description',
      'error_uri',
      'timestamp',
      'trace_id',
    ]);
  });

  it('lets an application act as itself with a secret that is its own and has not expired', async () => {
    const passwordCredentials = [
      { secretText: 'shh', endDateTime: '2027-01-01T00:00:00Z' },
      { secretText: 'old', endDateTime: '2026-01-01T00:00:00Z' },
    ];
    login.addKiro({ passwordCredentials });
    const scope = `${appId}/.default`;
    const ask = (more: Record<string, string>) =>
      login.token({ grant_type: 'client_credentials', scope, ...more });
    const wrong = await ask({ client_secret: 'no' });
    assert.deepEqual(
      [wrong.status, wrong.json['error'], wrong.json['error_codes']],
      [401, 'invalid_client', [7000215]],
    );
    assert.deepEqual((await ask({ client_secret: 'old' })).json['error_codes'], [7000222]);
    assert.deepEqual((await ask({})).json['error_codes'], [7000218]);
    assert.deepEqual(
      (await ask({ client_secret: 'shh', scope: `${appId}/codewhisperer:completions` })).json['error_codes'],
      [1002012],
    );
    const { json } = await ask({ client_secret: 'shh' });
    const own = claimsIn(json['access_token']);
    assert.deepEqual([own['idtyp'], own['scp'], own['azpacr'], own['roles']], ['app', undefined, '1', []]);
    const foreign = await login.token({
      grant_type: 'client_credentials',
      client_id: graphTools,
      client_secret: 'shh',
      scope: `${graph}/.default`,
    });
    assert.deepEqual(foreign.json['error_codes'], [7000215]);
  });

  it('makes tokens that only their own resource takes, and only in time', async () => {
    const keys = await createKeys();
    const user = { id: 'u', userPrincipalName: 'u@contoso.com', displayName: 'U', roles: [] };
    const request = { tenantId: login.state.tenant.id, user, scopes: ['User.Read'] };
    const good = await issueGraphToken(keys, request);
    assert.equal((await verifyAccessToken(keys, good)).objectId, 'u');
    const refused = [
      await issueGraphToken(await createKeys(), request),
      await issueGraphToken(keys, { ...request, lifetimeSeconds: -1 }),
      `${good.split('.').slice(0, 2).join('.')}.`,
      '',
    ];
    for (const bad of refused) await assert.rejects(verifyAccessToken(keys, bad), InvalidAccessToken);
    await assert.rejects(verifyAccessToken(keys, good, ['api://other']), InvalidAccessToken);
  });

  it('says of a grant that it does not emulate', async () => {
    const { status, json } = await login.token({ grant_type: 'password', username: 'a', password: 'b' });
    assert.equal(status, 501);
    assert.match(String(json['error_description']), /does not emulate/);
    assert.deepEqual(
      (await login.token({ grant_type: 'magic', client_id: graphTools })).json['error_codes'],
      [70003],
    );
  });
});

async function read(url: string): Promise<Json> {
  return (await (await fetch(url)).json()) as Json;
}
