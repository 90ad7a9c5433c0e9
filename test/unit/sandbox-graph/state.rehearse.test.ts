import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryPorts, systemClock } from '../../../scripts/rehearse/memoryPorts.ts';
import { walkFiveSteps } from '../../../scripts/rehearse/fiveSteps.ts';
import { createPerson } from '../../../scripts/rehearse/person.ts';
import { missingInKiro } from '../../../scripts/rehearse/report.ts';
import { openSession } from '../../../src/engine/open.ts';
import type { Session } from '../../../src/engine/session.ts';
import { clouds } from '../../../src/entra/clouds.ts';
import { createSignIn } from '../../../src/entra/signIn/signIn.ts';
import { findings } from '../../../src/guide/findings.ts';
import { readScopes } from '../../../src/ui/connection/readScopes.ts';
import { formWith, submit } from '../sandbox-kiro/browser.ts';
import { startWithState } from './stateProcess.ts';
import type { StateProcess } from './stateProcess.ts';

describe('a tenant that was set up and started again', () => {
  let folder: string;
  let sandbox: StateProcess | undefined;
  const ports = createMemoryPorts(() => undefined);
  let cache: string | undefined;
  let pages = 0;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
  });
  after(async () => {
    sandbox?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  /** The product's own sign-in and session, with everything that it keeps. */
  async function open({ line }: StateProcess): Promise<Session> {
    const signIn = createSignIn({
      cloud: clouds.global,
      tenant: line.tenantId,
      sandboxLogin: line.login,
      cache: {
        hold: async () => async () => undefined,
        load: async () => cache,
        save: async (value) => void (cache = value),
      },
      interaction: {
        kind: 'browser',
        open: async (url) => {
          pages += 1;
          await person(url.replace('sandbox.localhost', '127.0.0.1'), line.accounts[0]!.userPrincipalName);
        },
      },
    });
    const [known] = await signIn.accounts();
    const account = known ?? (await signIn.signIn(readScopes));
    return openSession(
      {
        ...ports,
        clock: systemClock,
        newId: randomUUID,
        tokens: { accessToken: (scopes, options) => signIn.accessToken(account, scopes, options) },
      },
      {
        kind: 'sandbox',
        key: `sandbox:${line.tenantId}`,
        tenantId: line.tenantId,
        account: account.username,
        cloud: clouds.global,
        endpoints: line,
      },
    );
  }

  function unmet(session: Session): unknown[] {
    return findings(session.current!.snapshot)
      .filter(({ status }) => status !== 'met')
      .map(({ id, status, evidence }) => [id, status, evidence]);
  }

  it('shows every finding met again, with the addresses, the sign-in and the clock of before', async () => {
    const file = join(folder, 'state.json');
    sandbox = await startWithState(file);
    const first = sandbox.line;
    let session = await open(sandbox);
    await session.observe({ interactive: true });
    await walkFiveSteps({ session, person: createPerson(first), say: () => undefined });
    await session.observe();
    assert.deepEqual(unmet(session), []);
    await sandbox.end('SIGTERM');

    sandbox = await startWithState(file);
    assert.deepEqual(addresses(sandbox.line), addresses(first));
    const asked = pages;
    // The refresh token has to do.
    cache = withoutAccessTokens(cache!);
    session = await open(sandbox);
    await session.observe();
    assert.equal(pages, asked);
    assert.deepEqual(unmet(session), []);
    assert.deepEqual(missingInKiro(session.current!.snapshot), []);
    // The five steps stepped it over a cycle of Entra and one of Kiro.
    assert.ok((await now(sandbox)) - Date.now() > 6 * 3_600_000, 'the clock stands where it was stepped to');
    await sandbox.end('pipe');
  }).timeout(60_000);
});

async function now({ line }: StateProcess): Promise<number> {
  const answer = (await (await fetch(`${line.control}/clock`)).json()) as { now: number };
  return answer.now;
}

function withoutAccessTokens(cache: string): string {
  return JSON.stringify({ ...(JSON.parse(cache) as object), AccessToken: {} });
}

/** A person at the browser who signs in, consents where asked, and comes back. */
async function person(page: string, userPrincipalName: string): Promise<void> {
  const html = await (await fetch(page)).text();
  let next = await submit(page, formWith(html, `account-${userPrincipalName}`));
  if (next.html.includes('data-testid="accept"'))
    next = await submit(page, formWith(next.html, 'data-testid="accept"'), { decision: 'accept' });
  const back = formWith(next.html, 'data-testid="continue"');
  await fetch(back.action.replace('localhost', '127.0.0.1'), { method: 'POST', body: back.fields });
}

/** What has to be the same after a new start: access tokens are made anew, and the lesser DNS servers take any free port. */
function addresses(line: StateProcess['line']): Record<string, unknown> {
  const tenants = line.tenants.map((tenant) => ({ ...tenant, accessToken: '' }));
  const dns = { host: line.dns.host, port: line.dns.port };
  return { ...line, accessToken: '', tenants, dns, resolver: undefined };
}
