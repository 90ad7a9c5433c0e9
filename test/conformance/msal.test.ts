import assert from 'node:assert/strict';
import { PublicClientApplication, ServerError } from '@azure/msal-node';
import type { AuthenticationResult } from '@azure/msal-node';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { enterCode, signIn } from './person.ts';
import { at, list, send, startSandbox, text } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const graphAudience = '00000003-0000-0000-c000-000000000000';
const scopes = ['https://graph.microsoft.com/Application.Read.All'];
const ada = 'ada@contoso.com';

describe('@azure/msal-node against the sandbox', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  after(() => sandbox.stop());

  function client(clientId = graphTools): PublicClientApplication {
    const { login, tenantId } = sandbox.line;
    return new PublicClientApplication({
      auth: { clientId, authority: `${login}/${tenantId}`, knownAuthorities: [new URL(login).host] },
    });
  }

  const interactive = (pca: PublicClientApplication, wanted = scopes, account = ada) =>
    pca.acquireTokenInteractive({ scopes: wanted, openBrowser: (url) => signIn(url, account) });

  /** Verifies a token by the keys that discovery names, as any resource does. */
  async function verified(token: string, issuer: string, audience: string | string[]): Promise<JWTPayload> {
    const { login, tenantId } = sandbox.line;
    const discovery = await send(`${login}/${tenantId}/v2.0/.well-known/openid-configuration`, 'GET');
    const keys = createRemoteJWKSet(new URL(text(discovery.body, 'jwks_uri')));
    return (await jwtVerify(token, keys, { issuer, audience })).payload;
  }
  const v1Issuer = () => `https://sts.windows.net/${sandbox.line.tenantId}/`;
  const v2Issuer = () => `https://login.microsoftonline.com/${sandbox.line.tenantId}/v2.0`;

  async function checkTokens(result: AuthenticationResult): Promise<void> {
    const me = await sandbox.graph('GET', `/users/${ada}`);
    const id = await verified(result.idToken, v2Issuer(), graphTools);
    assert.equal(id['oid'], me.body['id']);
    assert.equal(id['preferred_username'], ada);
    const access = await verified(result.accessToken, v1Issuer(), [
      graphAudience,
      'https://graph.microsoft.com',
    ]);
    assert.equal(access['ver'], '1.0');
    assert.equal(access['oid'], me.body['id']);
    assert.match(String(access['scp']), /(^| )Application\.Read\.All( |$)/);
    const answer = await send(`${sandbox.line.graph}/applications`, 'GET', undefined, {
      authorization: `Bearer ${result.accessToken}`,
    });
    assert.equal(answer.status, 200);
  }

  it('signs in by the loopback address, with tokens that the published keys verify', async () => {
    const result = await interactive(client());
    assert.equal(result.fromCache, false);
    assert.equal(result.tenantId, sandbox.line.tenantId);
    await checkTokens(result);
  });

  it('answers silently from its cache, and from the refresh token when told to', async () => {
    const pca = client();
    const { account } = await interactive(pca);
    assert.ok(account);
    const cached = await pca.acquireTokenSilent({ account, scopes });
    assert.equal(cached.fromCache, true);
    await sandbox.control('DELETE', '/requests');
    const fresh = await pca.acquireTokenSilent({ account, scopes, forceRefresh: true });
    assert.equal(fresh.fromCache, false);
    await checkTokens(fresh);
    const asked = await sandbox.control('GET', '/requests?server=login');
    const posts = list({ value: asked.body }, 'value').filter((one) => one['method'] === 'POST');
    assert.equal(posts.length, 1);
  });

  it('signs in by a device code that a person enters elsewhere', async () => {
    let entered: Promise<void> | undefined;
    const result = await client().acquireTokenByDeviceCode({
      scopes,
      deviceCodeCallback: ({ verificationUri, userCode }) => {
        entered = enterCode(verificationUri, userCode, ada);
      },
    });
    await entered;
    assert.ok(result);
    await checkTokens(result);
  });

  it('reports what the token endpoint refuses in its own words', async () => {
    const made = client().acquireTokenByCode({ code: 'invented', scopes, redirectUri: 'http://localhost' });
    await assert.rejects(made, (error: unknown) => {
      assert.ok(error instanceof ServerError);
      assert.equal(error.errorCode, 'invalid_grant');
      assert.match(error.errorMessage, /^(\d+ - )?.*AADSTS\d+: /);
      return true;
    });
  });

  it('gets a v2 token for a registered application’s own scope once its version says 2', async () => {
    const created = await sandbox.graph(
      'POST',
      '/applicationTemplates/8adf8e6e-67b2-4cf2-a259-e3dc5476c621/instantiate',
      {
        displayName: 'Kiro-Entra',
      },
    );
    assert.equal(created.status, 201);
    const appId = text(created.body, 'application/appId');
    const born = list(created.body, 'application/api/oauth2PermissionScopes');
    const patched = await sandbox.graph('PATCH', `/applications/${text(created.body, 'application/id')}`, {
      identifierUris: [`api://${appId}`],
      publicClient: { redirectUris: ['http://localhost'] },
      api: {
        requestedAccessTokenVersion: 2,
        oauth2PermissionScopes: [
          ...born,
          {
            id: '2f0c3b0e-5d5b-4b58-9d0c-6a4f1f1f7a01',
            value: 'codewhisperer:conversations',
            type: 'User',
            isEnabled: true,
            adminConsentDisplayName: 'Conversations',
            adminConsentDescription: 'Conversations',
            userConsentDisplayName: 'Conversations',
            userConsentDescription: 'Conversations',
          },
        ],
      },
    });
    assert.equal(patched.status, 204, JSON.stringify(patched.body));
    const principal = text(created.body, 'servicePrincipal/id');
    const roles = list(created.body, 'servicePrincipal/appRoles');
    const me = await sandbox.graph('GET', `/users/${ada}`);
    const assigned = await sandbox.graph('POST', `/servicePrincipals/${principal}/appRoleAssignedTo`, {
      principalId: me.body['id'],
      resourceId: principal,
      appRoleId: roles.find((role) => role['displayName'] === 'User')?.['id'],
    });
    assert.equal(assigned.status, 201, JSON.stringify(assigned.body));
    const result = await interactive(client(appId), [`api://${appId}/codewhisperer:conversations`]);
    const token = await verified(result.accessToken, v2Issuer(), appId);
    assert.equal(token['ver'], '2.0');
    assert.equal(token['scp'], 'codewhisperer:conversations');
    assert.equal(at(result.account, 'username'), ada);
  });
});
