import assert from 'node:assert/strict';
import { clouds, type Cloud } from '../../../src/entra/clouds.ts';
import type { SignIn } from '../../../src/entra/signIn/account.ts';
import { sandboxNetwork } from '../../../src/entra/signIn/sandboxLogin.ts';
import { createSignIn } from '../../../src/entra/signIn/signIn.ts';
import { isSignInError, type SignInError } from '../../../src/entra/signIn/signInError.ts';
import { stub, type Reply, type Seen, type Stub } from './graphStub.ts';

const tenant = '7d2c4b0e-6a0b-4e39-9d57-0f6f2f3a1c11';
const person = 'f1a8f0f0-0000-4000-8000-000000000001';
const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

interface Login extends AsyncDisposable {
  readonly stub: Stub;
  /** What the token endpoint answers next instead of tokens. */
  refusal: { error: string; error_description: string } | undefined;
  /** Form fields of every token request. */
  readonly asked: URLSearchParams[];
  opened: URL[];
  answer: 'code' | 'cancel' | 'nothing';
  saved: string | undefined;
  whenOpened: () => void;
}

/** As much of a login server as MSAL needs, and a browser that signs in by itself. */
async function login(cloud: Cloud = clouds.global): Promise<Login> {
  const asked: URLSearchParams[] = [];
  const server = await stub((seen): Reply => {
    if (seen.path.includes('/.well-known/')) return discovery(seen);
    if (!seen.path.includes('/oauth2/v2.0/token')) return { status: 404, body: {} };
    asked.push(new URLSearchParams(String(seen.body)));
    if (self.refusal) return { status: 400, body: self.refusal };
    const claims = {
      aud: 'c',
      tid: tenant,
      oid: person,
      sub: 's',
      preferred_username: 'adele@contoso.com',
    };
    return {
      body: {
        token_type: 'Bearer',
        scope: asked.at(-1)!.get('scope'),
        expires_in: 3600,
        access_token: `access-${asked.length}`,
        refresh_token: 'refresh-secret',
        id_token: `${base64({ alg: 'none' })}.${base64(claims)}.`,
        client_info: base64({ uid: person, utid: tenant }),
      },
    };
  });
  const self: Login = {
    stub: server,
    refusal: undefined,
    asked,
    opened: [],
    answer: 'code',
    saved: undefined,
    whenOpened: () => undefined,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
  return self;
  function discovery(seen: Seen): Reply {
    const root = `${cloud.loginAliases[0] ?? cloud.login}/${seen.path.split('/')[1]!}`;
    return {
      body: {
        issuer: `${root}/v2.0`,
        authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
        token_endpoint: `${root}/oauth2/v2.0/token`,
        device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
        jwks_uri: `${root}/discovery/v2.0/keys`,
      },
    };
  }
}

function signInAt(server: Login, cloud: Cloud = clouds.global): SignIn {
  return createSignIn({
    cloud,
    tenant,
    sandboxLogin: server.stub.origin,
    cache: {
      hold: async () => async () => undefined,
      load: async () => server.saved,
      save: async (cache) => void (server.saved = cache),
    },
    interaction: {
      kind: 'browser',
      open: async (address) => {
        const url = new URL(address);
        server.opened.push(url);
        server.whenOpened();
        if (server.answer === 'nothing') return;
        const form = {
          state: url.searchParams.get('state')!,
          client_info: base64({ uid: person, utid: tenant }),
        };
        const body = new URLSearchParams(
          server.answer === 'code' ? { ...form, code: 'the-code' } : { ...form, error: 'access_denied' },
        );
        await fetch(url.searchParams.get('redirect_uri')!.replace('localhost', '127.0.0.1'), {
          method: 'POST',
          body,
        });
      },
    },
  });
}

async function failure(work: Promise<unknown>): Promise<SignInError> {
  try {
    await work;
  } catch (error) {
    assert.ok(isSignInError(error), String(error));
    return error;
  }
  throw new assert.AssertionError({ message: 'It did not fail.' });
}

describe('signIn', () => {
  it('signs in through the browser, with PKCE, and sends everything to the sandbox', async () => {
    await using server = await login();
    const account = await signInAt(server).signIn(['Application.Read.All']);
    assert.deepEqual(
      [account.username, account.tenantId, account.id],
      ['adele@contoso.com', tenant, `${person}.${tenant}`],
    );
    const [url] = server.opened;
    assert.equal(url!.host, `sandbox.localhost:${new URL(server.stub.origin).port}`);
    assert.equal(url!.pathname, `/${tenant}/oauth2/v2.0/authorize`);
    assert.equal(url!.searchParams.get('code_challenge_method'), 'S256');
    assert.ok(
      url!.searchParams.get('scope')!.startsWith('https://graph.microsoft.com/Application.Read.All '),
    );
    assert.ok(url!.searchParams.get('claims')!.includes('cp1'));
  });

  it('gives tokens from the cache, without a browser, also to the next session', async () => {
    await using server = await login();
    const account = await signInAt(server).signIn(['Application.Read.All']);
    const later = signInAt(server);
    assert.deepEqual(await later.accounts(), [account]);
    const token = await later.accessToken(account, ['Application.Read.All'], { interactive: false });
    assert.equal(token, 'access-1');
    assert.equal(server.opened.length, 1);
  });

  it('refreshes for further scopes, and passes claims on', async () => {
    await using server = await login();
    const signIn = signInAt(server);
    const account = await signIn.signIn(['Application.Read.All']);
    const further = await signIn.accessToken(account, ['Synchronization.Read.All'], { interactive: false });
    assert.equal(further, 'access-2');
    assert.equal(server.asked.at(-1)!.get('grant_type'), 'refresh_token');
    const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
    await signIn.accessToken(account, ['Application.Read.All'], { interactive: false, claims });
    assert.ok(server.asked.at(-1)!.get('claims')!.includes('nbf'));
  });

  it('opens the browser for what needs a person, only when it may, and one window for all who ask', async () => {
    await using server = await login();
    const signIn = signInAt(server);
    const account = await signIn.signIn(['Application.Read.All']);
    server.refusal = { error: 'invalid_grant', error_description: 'AADSTS65001: No consent.\r\nTrace ID: 1' };
    const ask = (interactive: boolean) =>
      signIn.accessToken(account, ['Application.ReadWrite.All'], { interactive });
    const error = await failure(ask(false));
    assert.deepEqual([error.reason, error.code], ['consent', 'AADSTS65001']);
    assert.equal(server.opened.length, 1);
    server.whenOpened = () => void (server.refusal = undefined);
    const tokens = await Promise.all([ask(true), ask(true)]);
    assert.equal(new Set(tokens).size, 1);
    assert.equal(server.opened.length, 2);
  });

  it('says that a person is needed once signed out', async () => {
    await using server = await login();
    const signIn = signInAt(server);
    const account = await signIn.signIn(['User.Read']);
    await signIn.signOut(account);
    const error = await failure(signIn.accessToken(account, ['User.Read'], { interactive: false }));
    assert.equal(error.reason, 'interaction-required');
    assert.ok(!server.saved!.includes('refresh-secret'));
  });

  it('stops at once when cancelled, and can sign in again', async () => {
    await using server = await login();
    const signIn = signInAt(server);
    server.answer = 'nothing';
    const stop = new AbortController();
    const work = failure(signIn.signIn(['User.Read'], { signal: stop.signal }));
    while (server.opened.length === 0) await new Promise((resolve) => setImmediate(resolve));
    stop.abort();
    assert.equal((await work).reason, 'cancelled');
    const port = server.opened[0]!.searchParams.get('redirect_uri')!.split(':').pop()!;
    await closed(port);
    server.answer = 'code';
    assert.equal((await signIn.signIn(['User.Read'])).username, 'adele@contoso.com');
  });

  it('tells why in a sentence, without codes and tokens', async () => {
    await using server = await login();
    const signIn = signInAt(server);
    server.answer = 'cancel';
    assert.equal((await failure(signIn.signIn(['User.Read']))).reason, 'cancelled');
    server.answer = 'code';
    for (const [number, reason] of [
      ['53003', 'blocked'],
      ['50020', 'wrong-tenant'],
      ['90094', 'consent'],
      ['50196', 'service'],
    ] as const) {
      const sentence = 'Access has been blocked.';
      server.refusal = {
        error: 'invalid_grant',
        error_description: `AADSTS${number}: ${sentence} Trace ID: 0 Correlation ID: 1`,
      };
      const error = await failure(signIn.signIn(['User.Read']));
      assert.deepEqual([error.reason, error.code], [reason, `AADSTS${number}`]);
      assert.equal(error.message, `AADSTS${number}: ${sentence}`);
      assert.ok(!`${error.stack}${String(error.cause)}`.includes('the-code'));
    }
  });

  it('sends nothing for another host than the authority to the sandbox', async () => {
    await using server = await login();
    const network = sandboxNetwork(clouds.global, server.stub.origin);
    const path = `/${tenant}/v2.0/.well-known/openid-configuration`;
    const { status } = await network.sendGetRequestAsync(`https://login.microsoftonline.com${path}`);
    assert.equal(status, 200);
    await assert.rejects(network.sendGetRequestAsync(`https://login.microsoftonline.com.evil.test${path}`));
    assert.equal(server.stub.seen.length, 1);
  });

  it('sends what MSAL has for another name of the authority there too, for that cloud alone', async () => {
    await using server = await login();
    const path = `/${tenant}/v2.0/.well-known/openid-configuration`;
    const sent = async (cloud: Cloud, host: string): Promise<boolean> => {
      const network = sandboxNetwork(cloud, server.stub.origin);
      return network.sendGetRequestAsync(`https://${host}${path}`).then(
        () => true,
        () => false,
      );
    };
    for (const host of ['login.chinacloudapi.cn', 'login.partner.microsoftonline.cn']) {
      assert.ok(await sent(clouds.china, host), host);
      assert.ok(!(await sent(clouds.global, host)), host);
    }
    for (const host of [
      'login.microsoftonline.com',
      'partner.microsoftonline.cn',
      'login.partner.microsoftonline.cn.evil.test',
      'login.partner.microsoftonline.cn:8443',
      'login.microsoftonline.cn',
    ])
      assert.ok(!(await sent(clouds.china, host)), host);
    assert.equal(server.stub.seen.length, 2);
  });

  for (const cloud of Object.values(clouds))
    it(`signs in at a sandbox of the cloud ${cloud.id} and asks for its own Graph, later too`, async () => {
      await using server = await login(cloud);
      const signIn = signInAt(server, cloud);
      const account = await signIn.signIn(['Application.Read.All']);
      await signIn.accessToken(account, ['Group.Read.All'], { interactive: true });
      assert.equal(server.opened.length, 1);
      for (const form of server.asked)
        assert.match(form.get('scope')!, new RegExp(`(^| )${cloud.graph}/\\w`));
      await signIn.signOut(account);
      assert.deepEqual(await signIn.accounts(), []);
    });

  it('calls a login server that is not there the network', async () => {
    const server = await login();
    const signIn = signInAt(server);
    await server[Symbol.asyncDispose]();
    assert.equal((await failure(signIn.signIn(['User.Read']))).reason, 'network');
  });
});

/** Resolves when nothing listens on a port any more. */
async function closed(port: string): Promise<void> {
  for (;;) {
    const open = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (!open) return;
  }
}
