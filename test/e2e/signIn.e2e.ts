import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { SandboxControl } from './sandboxControl.ts';
import { complete, deviceCode, enterCode, signInPage } from './sandboxSignIn.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** What an admin meets at the sign-in, one after the other in one window; each test goes on where the one before ended. */
describe('Signing in', function () {
  this.timeout(180_000);
  let stage: Stage;
  let workbench: Workbench;
  let control: SandboxControl;

  before(async function () {
    // The sandbox's control server is found by way of /proc.
    if (!existsSync('/proc')) this.skip();
    stage = await openStage();
    stage.context.setDefaultTimeout(60_000);
    workbench = stage.workbench;
    await workbench.tree.show();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('sign-in-failed');
  });

  after(() => stage?.close());

  const press = () =>
    workbench.tree.welcome().getByRole('button', { name: 'Sign in to the sandbox' }).click();
  const signedOut = () => workbench.statusBar().filter({ hasText: 'Kiro: set up' }).waitFor();
  const waiting = () => workbench.notification('Finish signing in in the browser');

  it('can be cancelled while the browser waits, and is silent then', async () => {
    await workbench.command('Start sandbox tenant');
    const page = await signInPage(workbench, () => workbench.quickInput.pick('Half-made application'));
    control = await SandboxControl.find(stage.server.data);
    await control.lag('none');
    await waiting().getByRole('button', { name: 'Cancel' }).click();
    await signedOut();
    assert.equal(await workbench.notification(/./).count(), 0);
    await page.close();
  });

  it('can be cancelled after its tab was closed', async () => {
    const page = await signInPage(workbench, press);
    await page.close();
    await waiting().getByRole('button', { name: 'Cancel' }).click();
    await signedOut();
    assert.equal(await workbench.notification(/./).count(), 0);
  });

  it('is refused for a wrong password on the page, which leads back', async () => {
    const page = await signInPage(workbench, press);
    await page.getByTestId('another-account').click();
    await page.locator('[name=username]').fill('ada@contoso.com');
    await page.getByTestId('next').click();
    await page.locator('[name=password]').fill('wrong');
    await page.getByTestId('sign-in').click();
    await page.getByTestId('error').filter({ hasText: 'AADSTS50126' }).waitFor();
    await page.getByTestId('cancel').click();
    await page.getByText('Not signed in').first().waitFor();
    await page.close();
    await workbench.notification('AADSTS65004').waitFor();
    await workbench.closeNotifications();
  });

  it('by device code can be declined, in a sentence', async () => {
    const page = await askForCode();
    await page.getByTestId('account-ada@contoso.com').click();
    await page.getByTestId('decline').click();
    await page.getByText('You have not signed in').waitFor();
    await page.close();
    await workbench.notification('AADSTS65004').waitFor();
    await workbench.screenshot('sign-in-device-declined');
    await workbench.closeNotifications();
    await signedOut();
  });

  it('needs an administrator’s approval, whose link grants it', async () => {
    await stage.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await signInPage(workbench, press);
    await page.getByTestId('account-dennis@contoso.com').click();
    await page.getByText('Need admin approval').first().waitFor();
    const login = new URL(page.url()).origin;
    await page.getByTestId('cancel').click();
    await page.getByText('Not signed in').first().waitFor();
    const said = workbench.notification('administrator’s approval');
    await said.waitFor();
    await workbench.screenshot('sign-in-approval');
    await said.getByRole('button', { name: 'Copy link for an administrator' }).click();
    await workbench.page.getByText('Link for an administrator copied').waitFor();
    await workbench.page.bringToFront();
    const copied = new URL(await workbench.page.evaluate<string>('navigator.clipboard.readText()'));
    assert.equal(copied.origin, 'https://login.microsoftonline.com');
    assert.match(copied.searchParams.get('scope') ?? '', /Application\.ReadWrite\.All/);
    await page.close();
    // The administrator opens it in a browser of their own. It leads back to http://localhost, where nobody waits.
    const theirs = await stage.context.browser()?.newContext();
    const link = await theirs?.newPage();
    await link?.goto(login + copied.pathname + copied.search);
    await link?.getByTestId('account-ada@contoso.com').click();
    await link?.getByTestId('accept').click({ noWaitAfter: true });
    await link
      ?.waitForURL((url) => url.hostname !== 'sandbox.localhost', { waitUntil: 'commit' })
      .catch(() => undefined);
    await theirs?.close();
    await workbench.closeNotifications();
  });

  it('by device code works for who has consent, and Sign out ends it', async () => {
    const page = await askForCode();
    await complete(page, 'katherine@contoso.com');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).waitFor();
    await workbench.statusBar().hover();
    await workbench.page
      .locator('.monaco-hover')
      .filter({ hasText: 'katherine@contoso.com · Contoso' })
      .waitFor();
    await workbench.screenshot('sign-in-device-code-done');
    await workbench.command('Sign out');
    await signedOut();
  });

  it('says which Conditional Access policy kind refused', async () => {
    await control.arrange('failures', { userPrincipalName: 'ada@contoso.com', code: 53003, on: 'token' });
    const page = await signInPage(workbench, press);
    await complete(page, 'ada@contoso.com').catch(() => page.close());
    await workbench.notification('AADSTS53003').filter({ hasText: 'Conditional Access' }).waitFor();
    await workbench.screenshot('sign-in-conditional-access');
    await workbench.closeNotifications();
  });

  it('without a role says so in the question, and Apply anyway ends in one sentence', async () => {
    await complete(await signInPage(workbench, press), 'dennis@contoso.com');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.preview();
    const question = workbench.dialog(/Make \d+ changes? in /);
    await question.filter({ hasText: 'no active role' }).waitFor();
    await workbench.screenshot('sign-in-no-role');
    await workbench.answerDialog('Apply anyway');
    await workbench.notification(/refused|Administrator/).waitFor();
    await workbench.screenshot('sign-in-no-role-refused');
    await workbench.closeNotifications();
    await workbench.command('Sign out');
    await signedOut();
  });

  it('again in the middle of an apply answers a challenge, and nothing is doubled', async () => {
    await complete(await signInPage(workbench, press), 'ada@contoso.com');
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.preview();
    const before = (await control.requests()).length;
    const acrs = { essential: true, value: 'c1' };
    const claims = Buffer.from(JSON.stringify({ access_token: { acrs } })).toString('base64');
    // The application is changed by then: this is the write after it, and wants a second factor that no refresh token has.
    await control.fault({
      server: 'graph',
      method: 'POST',
      path: '/oauth2PermissionGrants',
      status: 401,
      code: 'InvalidAuthenticationToken',
      headers: { 'WWW-Authenticate': `Bearer realm="", error="insufficient_claims", claims="${claims}"` },
    });
    const page = await signInPage(workbench, () => workbench.answerDialog('Apply', /Make \d+ changes? in /));
    assert.match(new URL(page.url()).searchParams.get('claims') ?? '', /"acrs"/);
    await workbench.screenshot('sign-in-challenge');
    await complete(page, 'ada@contoso.com');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    const wrote = (await control.requests())
      .slice(before)
      .filter(
        ({ server, method, path, status }) =>
          server === 'graph' && method !== 'GET' && !path.endsWith('/$batch') && status < 300,
      )
      .map(({ method, path }) => `${method} ${path}`);
    assert.ok(
      wrote.some((line) => line.startsWith('PATCH ')),
      wrote.join(),
    );
    assert.equal(wrote.filter((line) => line.includes('/oauth2PermissionGrants')).length, 1, wrote.join());
    assert.equal(new Set(wrote).size, wrote.length, wrote.join());
  });

  it('that has expired is said, and Check now opens the browser', async () => {
    await control.arrange('revoke', { userPrincipalName: 'ada@contoso.com' });
    const page = await signInPage(workbench, () => workbench.command('Check now'));
    await workbench.screenshot('sign-in-expired');
    await complete(page, 'ada@contoso.com');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
  });

  it('leaves no token, code or password in what VS Code and the extension keep', async () => {
    const state = await secretsOf(stage.server.data);
    assert.ok(state.secrets.length > 3, 'the sandbox knows secrets to look for');
    const found: string[] = [];
    for (const file of await files(stage.server.data)) {
      if (file === state.file) continue;
      const content = await readFile(file).catch(() => Buffer.alloc(0));
      if (state.secrets.some((secret) => content.includes(secret)) || hasToken(content)) found.push(file);
    }
    assert.deepEqual(found, []);
    for (const frame of workbench.page.frames())
      assert.ok(!hasToken(Buffer.from(await frame.content().catch(() => ''))), frame.url());
  });

  /** Asks for a device code and enters it on its page. */
  async function askForCode(): Promise<Page> {
    await workbench.command('Sign in another way');
    await workbench.quickInput.pick('With a device code');
    await workbench.dialog(/Sign in with the code/).waitFor();
    const shown = await deviceCode(workbench);
    const page = await stage.context.newPage();
    await enterCode(page, shown);
    return page;
  }
});

/** Anything in the form of a JWT. */
function hasToken(content: Buffer): boolean {
  return /eyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}/.test(content.toString('latin1'));
}

/** Refresh tokens and keys, from the file in which the sandbox itself keeps its tenant: that one may hold them. */
async function secretsOf(
  data: string,
): Promise<{ readonly file: string; readonly secrets: readonly string[] }> {
  const file = (await files(data)).find((name) => name.endsWith(join('sandbox', 'state.json')));
  if (file === undefined) throw new Error('The sandbox keeps no state.');
  const secrets = new Set<string>();
  const walk = (value: unknown, key: string): void => {
    if (
      typeof value === 'string' &&
      value.length >= 16 &&
      /refresh|secret|password|^d$|privateKey/i.test(key)
    )
      secrets.add(value);
    else if (Array.isArray(value)) for (const one of value) walk(one, key);
    else if (typeof value === 'object' && value !== null)
      for (const [name, one] of Object.entries(value))
        walk(one, /refresh|secret/i.test(key) ? `${key}.${name}` : name);
  };
  walk(JSON.parse(await readFile(file, 'utf8')), '');
  return { file, secrets: [...secrets].filter((value) => !/^\d{4}-|^[0-9a-f-]{36}$|[ :@]/i.test(value)) };
}

/** Every file that VS Code's server, the extension and the logs wrote; not the installed package itself. */
async function files(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((name) => !name.startsWith(join(folder, 'extensions')));
}
