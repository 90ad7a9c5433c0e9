import assert from 'node:assert/strict';
import { InteractionRequiredAuthError, PublicClientApplication } from '@azure/msal-node';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { createContext } from '../../../src/sandbox/login/context.ts';
import type { LoginContext } from '../../../src/sandbox/login/context.ts';
import { createLoginApp } from '../../../src/sandbox/login/server.ts';
import { signInControl } from '../../../src/sandbox/login/signInControl.ts';
import { createKeys, verifyAccessToken } from '../../../src/sandbox/login/tokens.ts';
import type { LoginKeys } from '../../../src/sandbox/login/tokens.ts';
import type { SandboxState } from '../../../src/sandbox/state.ts';
import { formWith, submit } from '../sandbox-kiro/browser.ts';
import { listen, testState } from '../sandbox-kiro/fixture.ts';

const graphTools = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
const read = ['https://graph.microsoft.com/Application.Read.All'];
const write = ['https://graph.microsoft.com/Application.ReadWrite.All'];

/** Sends what MSAL has for login.microsoftonline.com to the sandbox. */
function networkTo(origin: string): INetworkModule {
  async function send<T>(url: string, init: RequestInit): Promise<NetworkResponse<T>> {
    const asked = new URL(url);
    assert.equal(asked.origin, 'https://login.microsoftonline.com');
    const response = await fetch(origin + asked.pathname + asked.search, init);
    return {
      headers: Object.fromEntries(response.headers),
      body: (await response.json()) as T,
      status: response.status,
    };
  }
  const initOf = (options: NetworkRequestOptions | undefined, method: string): RequestInit => ({
    method,
    headers: options?.headers ?? {},
    ...(options?.body === undefined ? {} : { body: options.body }),
  });
  return {
    sendGetRequestAsync: (url, options) => send(url, initOf(options, 'GET')),
    sendPostRequestAsync: (url, options) => send(url, initOf(options, 'POST')),
  };
}

describe('sandbox login server, used by MSAL as it is', () => {
  let state: SandboxState;
  let keys: LoginKeys;
  let context: LoginContext;
  let server: Awaited<ReturnType<typeof listen>>;
  let client: PublicClientApplication;

  beforeEach(async () => {
    state = testState();
    keys = await createKeys();
    context = createContext(state, keys);
    server = await listen(createLoginApp(context));
    client = new PublicClientApplication({
      auth: {
        clientId: graphTools,
        clientCapabilities: ['CP1'],
        authority: `https://login.microsoftonline.com/${state.tenant.id}`,
      },
      system: { networkClient: networkTo(server.origin) },
    });
  });
  afterEach(() => server.close());

  /** A person at the browser: signs in, consents where asked, and lets the form return to the application. */
  async function person(url: string, userPrincipalName: string, everyone = false): Promise<void> {
    const page = server.origin + new URL(url).pathname + new URL(url).search;
    const html = await (await fetch(page)).text();
    let next = await submit(page, formWith(html, `account-${userPrincipalName}`));
    if (next.html.includes('data-testid="approve"'))
      next = await submit(page, formWith(next.html, 'data-testid="approve"'), { decision: 'approve' });
    if (next.html.includes('data-testid="accept"'))
      next = await submit(page, formWith(next.html, 'data-testid="accept"'), {
        decision: 'accept',
        ...(everyone ? { everyone: 'yes' } : {}),
      });
    const back = formWith(next.html, 'data-testid="continue"');
    assert.match(back.action, /^http:\/\/localhost:\d+\/?$/);
    await fetch(back.action.replace('localhost', '127.0.0.1'), { method: 'POST', body: back.fields });
  }

  const interactive = (scopes: string[], who = 'person1@contoso.com', everyone = false) =>
    client.acquireTokenInteractive({ scopes, openBrowser: (url) => person(url, who, everyone) });

  it('signs in interactively, with the right account and a token that Graph accepts', async () => {
    const result = await interactive(read);
    const user = [...state.tenant.users.values()][0]!;
    assert.equal(result.account?.homeAccountId, `${user.id}.${state.tenant.id}`);
    assert.equal(result.account.username, 'person1@contoso.com');
    assert.equal(result.tenantId, state.tenant.id);
    assert.equal(result.account.idTokenClaims?.oid, user.id);
    const token = await verifyAccessToken(keys, result.accessToken);
    assert.equal(token.objectId, user.id);
    assert.equal(token.clientId, graphTools);
    assert.deepEqual([...token.permissions], ['Application.Read.All']);
    assert.deepEqual(token.roleTemplateIds, ['62e90394-69f5-4237-9190-012177145e10']);
  });

  it('answers silently from the refresh token, and asks again for a scope not consented to', async () => {
    const account = (await interactive(read)).account!;
    const again = await client.acquireTokenSilent({ account, scopes: read, forceRefresh: true });
    assert.equal(again.fromCache, false);
    await verifyAccessToken(keys, again.accessToken);
    await assert.rejects(client.acquireTokenSilent({ account, scopes: write }), (error: unknown) => {
      assert.ok(error instanceof InteractionRequiredAuthError);
      assert.match(error.message, /AADSTS65001/);
      return true;
    });
    await interactive(write);
    const wider = await client.acquireTokenSilent({ account, scopes: write, forceRefresh: true });
    const token = await verifyAccessToken(keys, wider.accessToken);
    assert.ok(token.permissions.has('Application.ReadWrite.All'));
  });

  it('answers a claims challenge: silently refused, then with the person', async () => {
    const account = (await interactive(read)).account!;
    const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } });
    await assert.rejects(client.acquireTokenSilent({ account, scopes: read, claims }), (error: unknown) => {
      assert.ok(error instanceof InteractionRequiredAuthError);
      assert.match(error.message, /AADSTS50076/);
      assert.deepEqual(JSON.parse(error.claims), JSON.parse(claims));
      return true;
    });
    const strong = await client.acquireTokenInteractive({
      scopes: read,
      claims,
      openBrowser: (url) => person(url, 'person1@contoso.com'),
    });
    const token = await verifyAccessToken(keys, strong.accessToken);
    assert.deepEqual([token.contexts, token.capable], [['c1'], true]);
  });

  it('asks for a person after every session was revoked', async () => {
    const account = (await interactive(read)).account!;
    await signInControl({ state, memory: context.memory }).request('/sign-in/revoke', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userPrincipalName: 'person1@contoso.com' }),
    });
    await assert.rejects(
      client.acquireTokenSilent({ account, scopes: read, forceRefresh: true }),
      (error: unknown) => error instanceof InteractionRequiredAuthError && /AADSTS50173/.test(error.message),
    );
    assert.ok((await interactive(read)).accessToken);
  });

  it('hears of a person who cancels', async () => {
    const cancelling = client.acquireTokenInteractive({
      scopes: read,
      openBrowser: async (url) => {
        const page = server.origin + new URL(url).pathname + new URL(url).search;
        const html = await (await fetch(page)).text();
        const next = await submit(page, formWith(html, 'data-testid="cancel"'), { step: 'cancel' });
        const back = formWith(next.html, 'data-testid="continue"');
        await fetch(back.action.replace('localhost', '127.0.0.1'), { method: 'POST', body: back.fields });
      },
    });
    await assert.rejects(cancelling, /access_denied|AADSTS65004/);
  });

  it('signs in with a device code', async () => {
    const result = await client.acquireTokenByDeviceCode({
      scopes: read,
      deviceCodeCallback: (code) => {
        void (async () => {
          const page = code.verificationUri;
          const html = await (await fetch(page)).text();
          const accounts = await submit(page, formWith(html, 'user_code'), {
            user_code: code.userCode.toLowerCase(),
          });
          const consent = await submit(page, formWith(accounts.html, 'account-person1@contoso.com'));
          await submit(page, formWith(consent.html, 'data-testid="accept"'), { decision: 'accept' });
        })();
      },
    });
    assert.equal(result?.account?.username, 'person1@contoso.com');
    await verifyAccessToken(keys, result.accessToken);
  });

  it('lets a person without a role in only after an administrator consented for everyone', async () => {
    const url = new URL(`${server.origin}/${state.tenant.id}/oauth2/v2.0/authorize`);
    url.search = new URLSearchParams({
      client_id: graphTools,
      redirect_uri: 'http://localhost:1234',
      response_type: 'code',
      scope: `${read.join(' ')} openid`,
    }).toString();
    const html = await (await fetch(url)).text();
    const refused = await submit(url.href, formWith(html, 'account-person2@contoso.com'));
    assert.match(refused.html, /AADSTS90094/);
    await interactive(read, 'person1@contoso.com', true);
    const result = await interactive(read, 'person2@contoso.com');
    assert.equal(result.account?.username, 'person2@contoso.com');
  });
});
