import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { JSONWebKeySet } from 'jose';
import { createContext } from '../../../src/sandbox/login/context.ts';
import { createLoginApp } from '../../../src/sandbox/login/server.ts';
import {
  createKeys,
  InvalidAccessToken,
  issueGraphToken,
  verifyAccessToken,
} from '../../../src/sandbox/login/tokens.ts';
import type { LoginKeys } from '../../../src/sandbox/login/tokens.ts';
import type { GraphObject, SandboxState } from '../../../src/sandbox/state.ts';
import { formWith, submit } from './browser.ts';
import { listen, testGroup, testState } from './fixture.ts';

type Json = Record<string, unknown>;
const appId = 'aaaaaaaa-0000-4000-8000-000000000001';
const principal = 'bbbbbbbb-0000-4000-8000-000000000001';
const callback = 'kiro://kiro.oauth/callback';
const kiroScopes = `api://${appId}/codewhisperer:completions api://${appId}/codewhisperer:conversations offline_access openid`;
const verifier = 'v'.repeat(50);

describe('sandbox login server, as Kiro’s own clients use it', () => {
  let state: SandboxState;
  let keys: LoginKeys;
  let app: Hono;
  let server: Awaited<ReturnType<typeof listen>>;
  let application: GraphObject;
  let servicePrincipal: GraphObject;

  beforeEach(async () => {
    state = testState();
    keys = await createKeys();
    app = createLoginApp(createContext(state, keys));
    server = await listen(app);
    application = {
      id: 'object',
      appId,
      displayName: 'Kiro-Entra',
      identifierUris: [`api://${appId}`],
      publicClient: { redirectUris: [callback, 'http://localhost/oauth/callback'] },
      web: { redirectUris: ['https://contoso.com/web'] },
      passwordCredentials: [{ secretText: 'shh' }],
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: ['codewhisperer:completions', 'codewhisperer:conversations'].map((value) => ({
          value,
          isEnabled: true,
          type: 'User',
          adminConsentDisplayName: value,
        })),
      },
    };
    servicePrincipal = {
      id: principal,
      appId,
      displayName: 'Kiro-Entra',
      accountEnabled: true,
      appRoleAssignmentRequired: true,
    };
    state.tenant.applications.set('object', application);
    state.tenant.servicePrincipals.set(principal, servicePrincipal);
    const group = testGroup(1, [...state.tenant.users.keys()].slice(0, 2));
    state.tenant.groups.set(group.id, group);
    state.tenant.appRoleAssignments.set('a', {
      id: 'a',
      appRoleId: 'r',
      principalId: group.id,
      principalType: 'Group',
      principalDisplayName: '',
      resourceId: principal,
      resourceDisplayName: '',
      createdDateTime: '',
    });
  });
  afterEach(() => server.close());

  const authorizeUrl = (more: Record<string, string> = {}, tenant = state.tenant.id) =>
    `${server.origin}/${tenant}/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: appId,
      redirect_uri: callback,
      response_type: 'code',
      scope: kiroScopes,
      state: 's t',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    }).toString()}`;

  /** Signs in at the page; returns the page or the answer that follows. */
  async function signIn(who: number, more: Record<string, string> = {}) {
    const url = authorizeUrl(more);
    const html = await (await fetch(url)).text();
    return { url, ...(await submit(url, formWith(html, `account-person${who}@contoso.com`))) };
  }
  /** A grant for everyone, as the guide's step 2 makes it. */
  function consent(): void {
    const scope = 'codewhisperer:completions codewhisperer:conversations';
    const grant = { id: 'g', clientId: principal, resourceId: principal, principalId: null, scope };
    state.tenant.grants.set('g', { ...grant, consentType: 'AllPrincipals' });
  }
  async function token(form: Record<string, string>): Promise<{ status: number; json: Json }> {
    const response = await fetch(`${server.origin}/${state.tenant.id}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: appId, ...form }),
    });
    return { status: response.status, json: (await response.json()) as Json };
  }
  async function code(who = 1, more: Record<string, string> = {}): Promise<string> {
    const { location, html } = await signIn(who, more);
    assert.ok(location, html);
    return new URL(location).searchParams.get('code') ?? '';
  }
  const redeem = async (one: string, more: Record<string, string> = {}) =>
    token({
      grant_type: 'authorization_code',
      code: one,
      redirect_uri: callback,
      code_verifier: verifier,
      ...more,
    });
  const claims = (jwt: unknown): Json =>
    JSON.parse(Buffer.from(String(jwt).split('.')[1]!, 'base64url').toString()) as Json;

  it('issues what the resource’s version asks for, signed by the published key', async () => {
    consent();
    const answer = await redeem(await code());
    assert.equal(answer.status, 200, JSON.stringify(answer.json));
    const v2 = claims(answer.json['access_token']);
    const user = [...state.tenant.users.values()][0]!;
    assert.deepEqual(
      [v2['ver'], v2['aud'], v2['iss'], v2['azp'], v2['oid'], v2['scp']],
      [
        '2.0',
        appId,
        `https://login.microsoftonline.com/${state.tenant.id}/v2.0`,
        appId,
        user.id,
        'codewhisperer:completions codewhisperer:conversations',
      ],
    );
    const discovery = (await (
      await fetch(`${server.origin}/${state.tenant.id}/v2.0/.well-known/openid-configuration`)
    ).json()) as Json;
    const jwks = (await (await fetch(String(discovery['jwks_uri']))).json()) as JSONWebKeySet;
    await jwtVerify(String(answer.json['id_token']), createLocalJWKSet(jwks), {
      audience: appId,
      issuer: String(discovery['issuer']),
    });
    (application['api'] as Json)['requestedAccessTokenVersion'] = null;
    const refreshed = await token({
      grant_type: 'refresh_token',
      refresh_token: String(answer.json['refresh_token']),
      scope: kiroScopes,
    });
    const v1 = claims(refreshed.json['access_token']);
    assert.deepEqual(
      [v1['ver'], v1['aud'], v1['iss'], v1['appid'], v1['upn']],
      ['1.0', `api://${appId}`, `https://sts.windows.net/${state.tenant.id}/`, appId, user.userPrincipalName],
    );
  });

  it('asks nobody to choose an account who is signed in in this browser and meant by the hint', async () => {
    consent();
    const url = authorizeUrl();
    const page = formWith(await (await fetch(url)).text(), 'account-person1@contoso.com');
    const signedIn = await fetch(new URL(page.action || url, url), {
      method: 'POST',
      body: page.fields,
      redirect: 'manual',
    });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const status = async (more: Record<string, string>, headers: Record<string, string> = { cookie }) =>
      (await fetch(authorizeUrl(more), { headers, redirect: 'manual' })).status;
    const hint = { login_hint: 'person1@contoso.com' };
    assert.equal(await status(hint), 302);
    assert.equal(await status({ login_hint: 'person2@contoso.com' }), 200);
    assert.equal(await status({ ...hint, prompt: 'select_account' }), 200);
    assert.equal(await status({}), 200);
    assert.equal(await status(hint, {}), 200);
  });

  it('takes a code once, with its verifier and redirect URI', async () => {
    consent();
    const one = await code();
    assert.deepEqual((await redeem(one, { code_verifier: 'w'.repeat(50) })).json['error_codes'], [501481]);
    assert.deepEqual(
      (await redeem(one, { redirect_uri: 'http://localhost/oauth/callback' })).json['error_codes'],
      [70000],
    );
    assert.equal((await redeem(one)).status, 200);
    const again = await redeem(one);
    assert.deepEqual(
      [again.status, again.json['error'], again.json['error_codes']],
      [400, 'invalid_grant', [54005]],
    );
    assert.match(String(again.json['error_description']), /^AADSTS54005: .* Trace ID: /);
  });

  it('keeps to the registered redirect URIs, whatever the port of localhost', async () => {
    const shown = async (redirect_uri: string) => (await fetch(authorizeUrl({ redirect_uri }))).text();
    assert.match(await shown('http://localhost:3128/oauth/callback'), /Pick an account/);
    for (const wrong of [
      'http://localhost:3128/',
      'kiro://kiro.auth/callback',
      'https://evil.example/oauth/callback',
    ])
      assert.match(await shown(wrong), /AADSTS50011/, wrong);
    assert.match(await (await fetch(authorizeUrl({ client_id: principal }))).text(), /AADSTS700016/);
    assert.match(await (await fetch(authorizeUrl({}, 'other'))).text(), /AADSTS90002/);
  });

  it('asks a public client for no secret, and a web client for its secret', async () => {
    consent();
    const web = { redirect_uri: 'https://contoso.com/web' };
    const one = await code(1, web);
    assert.deepEqual((await redeem(one, web)).json['error_codes'], [7000218]);
    assert.deepEqual((await redeem(one, { ...web, client_secret: 'no' })).json['error_codes'], [7000215]);
    assert.equal((await redeem(one, { ...web, client_secret: 'shh' })).status, 200);
  });

  it('lets in who is assigned, and lets only an administrator consent where assignment is required', async () => {
    assert.match((await signIn(2)).html, /AADSTS90094/);
    const page = await signIn(1);
    const accept = formWith(page.html, 'data-testid="accept"');
    const declined = await submit(page.url, accept, { decision: 'decline' });
    assert.match(declined.location ?? '', /error=access_denied.*AADSTS65004/);
    const second = await signIn(1);
    await submit(second.url, formWith(second.html, 'data-testid="accept"'), {
      decision: 'accept',
      everyone: 'yes',
    });
    assert.equal([...state.tenant.grants.values()][0]?.consentType, 'AllPrincipals');
    assert.equal((await redeem(await code(2))).status, 200);
    assert.match((await signIn(3)).html, /AADSTS50105/);
  });

  it('names scopes and resources that do not exist', async () => {
    const refusal = async (scope: string) =>
      decodeURIComponent(
        (await fetch(authorizeUrl({ scope }), { redirect: 'manual' })).headers.get('location') ?? '',
      );
    assert.match(await refusal(`api://${appId}/codewhisperer:nothing`), /AADSTS650053.*state=s/);
    assert.match(await refusal('api://nobody/x'), /AADSTS500011/);
    assert.match(await refusal(`api://${appId}/codewhisperer:completions User.Read`), /AADSTS28000/);
    application['identifierUris'] = [];
    assert.match(await refusal(kiroScopes), /AADSTS500011/);
  });

  it('gives admin consent at its own page', async () => {
    const url = `${server.origin}/${state.tenant.id}/adminconsent?client_id=${appId}`;
    const html = await (await fetch(url)).text();
    const page = await submit(url, formWith(html, 'account-person1@contoso.com'));
    const done = await submit(url, formWith(page.html, 'data-testid="accept"'), { decision: 'accept' });
    assert.match(done.html, /Consent was given/);
    assert.match([...state.tenant.grants.values()][0]?.scope ?? '', /codewhisperer:completions/);
  });

  it('lets an application act as itself with its secret', async () => {
    const scope = `${appId}/.default`;
    const wrong = await token({ grant_type: 'client_credentials', client_secret: 'no', scope });
    assert.deepEqual([wrong.status, wrong.json['error']], [401, 'invalid_client']);
    const answer = await token({ grant_type: 'client_credentials', client_secret: 'shh', scope });
    const own = claims(answer.json['access_token']);
    assert.deepEqual([own['oid'], own['idtyp'], own['scp']], [principal, 'app', undefined]);
  });

  it('refuses a wrong password, a disabled account and a token that is not its own', async () => {
    const url = authorizeUrl();
    const html = await (await fetch(url)).text();
    const form = formWith(html, 'account-person1@contoso.com');
    assert.match((await submit(url, form, { password: 'wrong' })).html, /AADSTS50126/);
    [...state.tenant.users.values()][0]!.accountEnabled = false;
    assert.match((await submit(url, form)).html, /AADSTS50057/);
    const user = { id: 'u', userPrincipalName: 'u@contoso.com', displayName: 'U', roles: [] };
    const request = { tenantId: state.tenant.id, user, scopes: ['User.Read'] };
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
});
