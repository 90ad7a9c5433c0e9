import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { BrowserContext } from 'playwright-core';
import { startSandboxProcess } from '../unit/entra/sandboxProcess.ts';
import type { SandboxLine } from '../unit/entra/sandboxProcess.ts';
import { startConnectProxy } from './connectProxy.ts';
import type { ConnectProxy } from './connectProxy.ts';
import { ConsolePage } from './consolePage.ts';
import { complete, deviceCode, enterCode } from './sandboxSignIn.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { Workbench } from './workbench.ts';

const login = 'login.microsoftonline.com';
const graph = 'graph.microsoft.com';
const scim = 'scim.us-east-1.amazonaws.com';

/** A folder from somebody else, whose settings would have the admin sign in elsewhere, or by way of somebody's proxy. */
const hostile = (proxy: string) => ({
  'kiroConnect.cloud': 'china',
  'kiroConnect.clientId': '11111111-2222-4333-8444-555555555555',
  'kiroConnect.dns.resolvers': ['https://evil.example/dns-query'],
  'kiroConnect.login': 'https://evil.example',
  'kiroConnect.graph': 'https://evil.example/v1.0',
  'kiroConnect.scim.endpoint': 'https://evil.example/1/scim/v2',
  'http.proxy': proxy,
  'http.proxyStrictSSL': false,
  'http.proxySupport': 'override',
});

/**
 * A tenant under Microsoft's own names, behind a company's proxy and with a certificate of a private authority: as VS Code
 * is set on this machine, and not as the folder would have it.
 */
for (const trusted of [true, false]) {
  describe(`Signing in through a proxy, in a hostile folder that is ${trusted ? 'trusted' : 'not trusted'}`, function () {
    this.timeout(180_000);
    let sandbox: { line: SandboxLine; end(): Promise<void> };
    let proxy: ConnectProxy;
    let browsersProxy: ConnectProxy;
    let theirs: ConnectProxy;
    let folder: string;
    let stage: Stage;
    let workbench: Workbench;
    /** The admin's own browser, which takes the private authority for good. */
    let browser: BrowserContext;

    before(async () => {
      sandbox = await startSandboxProcess('--https', '--preset', 'half-made');
      const { line } = sandbox;
      // The control server has a certificate of the private authority as well.
      setDefaultCACertificates([...getCACertificates('default'), readFileSync(line.caFile ?? '', 'utf8')]);
      // Too short to be used again: every look renews.
      await arrange(line, 'token-lifetime', { seconds: 60 });
      const portOf = (address: string) => Number(new URL(address).port);
      const hosts = { [login]: portOf(line.login), [graph]: portOf(line.graph), [scim]: portOf(line.scim) };
      [proxy, browsersProxy, theirs] = await Promise.all([
        startConnectProxy(hosts),
        startConnectProxy(hosts),
        startConnectProxy({}),
      ]);
      folder = await mkdtemp(join(tmpdir(), 'kiro-connect-hostile-'));
      await mkdir(join(folder, '.vscode'));
      await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(hostile(theirs.address)));
      stage = await openStage(
        {
          'security.workspace.trust.enabled': !trusted,
          'security.workspace.trust.startupPrompt': 'never',
          'http.proxy': proxy.address,
        },
        {
          folder,

          env: { SSL_CERT_FILE: line.caFile ?? '' },
        },
      );
      stage.context.setDefaultTimeout(20_000);
      workbench = stage.workbench;
      browser = await ownBrowser({ server: browsersProxy.address });
      await workbench.tree.show();
    });

    afterEach(async function () {
      if (this.currentTest?.state === 'failed')
        await workbench.screenshot(`proxied-sign-in-failed-${String(trusted)}`);
    });

    after(async () => {
      await stage?.close();
      await Promise.all([proxy?.stop(), browsersProxy?.stop(), theirs?.stop(), sandbox?.end()]);
      await rm(folder, { recursive: true, force: true });
    });

    it('says that VS Code’s own account needs a client, which the folder can’t set', async () => {
      await workbench.command('Sign in another way');
      await workbench.quickInput.pick('With the Microsoft account of VS Code');
      await workbench.notification('kiroConnect.clientId').waitFor();
      await workbench.closeNotifications();
    });

    it('reaches Microsoft’s sign-in and Graph, and nobody else', async () => {
      await workbench.tree.welcome().getByRole('button', { name: 'Sign in' }).click();
      await workbench.answerDialog('Use a device code');
      await workbench.dialog(/Sign in with the code/).waitFor();
      const shown = await deviceCode(workbench);
      assert.equal(new URL(shown.page).hostname, login);
      const page = await browser.newPage();
      await enterCode(page, shown);
      await complete(page, 'ada@contoso.com');
      await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
      await workbench.quickInput.pick('Kiro-Entra');
      await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
      assert.deepEqual([...proxy.asked].sort(), [graph, login]);
      assert.deepEqual([...theirs.asked], []);
    });

    it('reaches Kiro’s endpoint the same way', async () => {
      const direct = await ownBrowser();
      const page = await direct.newPage();
      await page.goto(sandbox.line.console);
      const console = new ConsolePage(page);
      await console.makeProfile(randomUUID(), randomUUID());
      const { endpoint, secret } = await console.makeToken();
      await direct.close();
      await workbench.tree.expand(/^Step 4,/);
      await workbench.command('Enter the SCIM endpoint');
      await workbench.quickInput.enter('SCIM endpoint', `https://${scim}${new URL(endpoint).pathname}`);
      await workbench.tree.row(/^SCIM endpoint: in order/).waitFor();
      await workbench.command('Enter the access token');
      await workbench.quickInput.enter('Access token for SCIM', secret);
      await workbench.quickInput.pick('Today');
      await workbench.tree.row(/^Access token: in order/).waitFor();
      assert.deepEqual([...proxy.asked].sort(), [graph, login, scim]);
      assert.deepEqual([...theirs.asked], []);
    });

    if (trusted) sharesTokens();

    /** Two windows of one machine renew the tokens of one account at the same moments. */
    function sharesTokens(): void {
      it('renews in two windows at once, and signing out in one ends both', async () => {
        const { line } = sandbox;
        const second = new Workbench(await stage.context.newPage());
        await second.open(workbench.page.url());
        await second.tree.show();
        await second.tree.row(/^Step 2, .*: to do, /).waitFor();
        for (let turn = 0; turn < 3; turn += 1) {
          const before = await tokensGiven(line);
          await Promise.all([workbench.command('Check now'), second.command('Check now')]);
          const until = Date.now() + 20_000;
          while ((await tokensGiven(line)) < before + 2)
            assert.ok(Date.now() < until, 'each window asks for a token');
        }
        for (const window of [workbench, second]) {
          await window.tree.row(/^Step 2, .*: to do, /).waitFor();
          await window.statusBar().filter({ hasText: 'to do' }).waitFor();
          assert.equal(await window.notification(/./).count(), 0);
        }
        await second.screenshot('sign-in-two-windows');
        await second.command('Sign out');
        await second.tree.welcome().getByRole('button', { name: 'Sign in' }).waitFor();
        await workbench.page.bringToFront();
        // In a browser each window reads VS Code's secret storage once, when it opens.
        await workbench.reload();
        await workbench.tree.show();
        await workbench.tree.welcome().getByRole('button', { name: 'Sign in' }).waitFor();
      });
    }

    async function ownBrowser(proxy?: { readonly server: string }): Promise<BrowserContext> {
      const all = stage.context.browser();
      assert.ok(all);
      return all.newContext({ ignoreHTTPSErrors: true, ...(proxy && { proxy }) });
    }
  });
}

async function arrange(line: SandboxLine, what: string, body: unknown): Promise<void> {
  const answer = await fetch(`${line.control}/sign-in/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  assert.ok(answer.ok, await answer.text());
}

/** How often the sign-in gave a token so far. */
async function tokensGiven(line: SandboxLine): Promise<number> {
  const answer = await fetch(`${line.control}/requests?server=login`);
  const requests = (await answer.json()) as readonly { readonly path: string; readonly status: number }[];
  return requests.filter(({ path, status }) => path.endsWith('/token') && status === 200).length;
}
