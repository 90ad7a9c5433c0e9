import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { clouds } from '../../../src/entra/clouds.ts';
import { signInAsPerson, type PersonSignedIn } from '../../../src/entra/signIn/personSignIn.ts';
import { isSignInError } from '../../../src/entra/signIn/signInError.ts';
import { checkKiroTokens } from '../../../src/guide/diagnosis/kiroTokens.ts';
import { kiroLoopbackPorts, kiroSignInPath, signInScope } from '../../../src/guide/kiro.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.ts';
import { formWith, submit } from '../sandbox-kiro/browser.ts';

/**
 * A browser without script at the sandbox's sign-in page: it signs this person in and follows the way back. Returns
 * the code of a refusal that stays on the page.
 */
async function browse(sandbox: Sandbox, url: string, who: string): Promise<string | undefined> {
  const page = sandbox.line.login + new URL(url).pathname + new URL(url).search;
  const response = await fetch(page, { redirect: 'manual' });
  const html = await response.text();
  const wayBack = response.headers.get('location');
  if (wayBack !== null) {
    await fetch(wayBack.replace('//localhost', '//127.0.0.1'));
    return undefined;
  }
  if (!html.includes(`account-${who}`)) return /AADSTS\d+/.exec(html)?.[0];
  const next = await submit(page, formWith(html, `account-${who}`));
  if (next.location === null) return /AADSTS\d+/.exec(next.html)?.[0];
  await fetch(next.location.replace('//localhost', '//127.0.0.1'));
  return undefined;
}

describe('a sign-in as Kiro does it, against the sandbox', () => {
  let sandbox: Sandbox;
  const appId = (): string => String([...sandbox.state.tenant.applications.values()][0]?.['appId']);

  const signIn = (
    who: string,
    given: { ports?: readonly number[]; signal?: AbortSignal; opened?: (url: URL) => void } = {},
  ): Promise<PersonSignedIn> =>
    signInAsPerson({
      cloud: clouds.global,
      tenantId: sandbox.line.tenantId,
      clientId: appId(),
      scope: signInScope(appId()),
      ports: given.ports ?? kiroLoopbackPorts,
      path: kiroSignInPath,
      openBrowser: async (url) => {
        given.opened?.(new URL(url));
        await browse(sandbox, url, who);
      },
      sandboxLogin: sandbox.line.login,
      signal: given.signal ?? AbortSignal.timeout(20_000),
    });

  /** The code of a refusal, whether it comes back or stays on the page, as most do: then the person gives up. */
  async function refusalOf(who: string, scope?: string): Promise<string | undefined> {
    const givenUp = new AbortController();
    let onPage: string | undefined;
    try {
      const result = await signInAsPerson({
        cloud: clouds.global,
        tenantId: sandbox.line.tenantId,
        clientId: appId(),
        scope: scope ?? signInScope(appId()),
        ports: [],
        path: kiroSignInPath,
        openBrowser: async (url) => {
          onPage = await browse(sandbox, url, who);
          if (onPage !== undefined) givenUp.abort();
        },
        sandboxLogin: sandbox.line.login,
        signal: givenUp.signal,
      });
      return result.kind === 'refused' ? result.code : undefined;
    } catch (error) {
      assert.ok(isSignInError(error) && error.reason === 'cancelled', String(error));
      return onPage;
    }
  }

  before(async () => {
    sandbox = await startSandbox({ preset: 'direct-assignment' });
  });
  after(() => sandbox.close());

  it('gets tokens that Kiro can use, asking for exactly what Kiro asks for', async () => {
    let scope: string | null = null;
    const member = [...sandbox.state.kiro.profile!.users.values()][0]!;
    const userName = String(member.resource['userName']);
    const result = await signIn(userName, { opened: (url) => (scope = url.searchParams.get('scope')) });
    assert.equal(scope, signInScope(appId()));
    assert.ok(result.kind === 'tokens', JSON.stringify(result));
    const people = [...sandbox.state.kiro.profile!.users.values()].map((user) => ({
      id: user.id,
      userName: String(user.resource['userName']),
      externalId: String(user.resource['externalId']),
      active: user.active,
    }));
    const checks = checkKiroTokens(result, { appId: appId(), tenantId: sandbox.line.tenantId, people });
    assert.deepEqual(
      checks.filter(({ ok }) => ok !== true),
      [],
    );
    assert.doesNotMatch(JSON.stringify(result), /eyJ/, 'no token leaves the room');
  });

  it('says which check fails when the application still issues tokens of version 1', async () => {
    const application = [...sandbox.state.tenant.applications.values()][0]!;
    const api = application['api'] as Record<string, unknown>;
    const before = api['requestedAccessTokenVersion'];
    api['requestedAccessTokenVersion'] = null;
    try {
      const userName = String([...sandbox.state.kiro.profile!.users.values()][0]!.resource['userName']);
      const result = await signIn(userName);
      assert.ok(result.kind === 'tokens', JSON.stringify(result));
      const checks = checkKiroTokens(result, {
        appId: appId(),
        tenantId: sandbox.line.tenantId,
        people: undefined,
      });
      const failed = checks.filter(({ ok }) => ok === false).map(({ name }) => name);
      assert.ok(failed.includes('ver') && failed.includes('aud'), failed.join());
      assert.equal(checks.find(({ name }) => name === 'oid')?.ok, 'unknown');
    } finally {
      api['requestedAccessTokenVersion'] = before;
    }
  });

  it('is refused with 50105 for a person in no assigned group', async () => {
    const outsider = sandbox.line.accounts.find(({ userPrincipalName }) =>
      [...sandbox.state.kiro.profile!.users.values()].every(
        ({ resource }) => resource['userName'] !== userPrincipalName,
      ),
    );
    assert.ok(outsider, 'there is an account outside the groups');
    assert.equal(await refusalOf(outsider.userPrincipalName), 'AADSTS50105');
  });

  it('is refused for a scope that the application does not have', async () => {
    const scope = signInScope(appId()).replace('completions', 'compositions');
    const anybody = sandbox.line.accounts[0]!.userPrincipalName;
    assert.equal(await refusalOf(anybody, scope), 'AADSTS650053');
  });

  it('takes the next of Kiro’s ports when the first is taken, and says so', async () => {
    const squid = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squid.once('listening', resolve));
    const { port } = squid.address() as { port: number };
    try {
      const userName = String([...sandbox.state.kiro.profile!.users.values()][0]!.resource['userName']);
      const result = await signIn(userName, { ports: [port] });
      assert.deepEqual([result.kind, result.portsTaken], ['tokens', [port]]);
    } finally {
      squid.close();
    }
  });

  it('ends at once when it is cancelled, and listens no more', async () => {
    const controller = new AbortController();
    let wayBack = '';
    const ended = signIn('nobody', {
      signal: controller.signal,
      opened: (url) => {
        wayBack = url.searchParams.get('redirect_uri') ?? '';
        controller.abort();
      },
    });
    await assert.rejects(ended, (error) => isSignInError(error) && error.reason === 'cancelled');
    await assert.rejects(fetch(wayBack.replace('localhost', '127.0.0.1')));
  });
});
