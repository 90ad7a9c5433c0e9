import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { SandboxControl } from './sandboxControl.ts';
import { complete, signInPage } from './sandboxSignIn.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** Permissions that are not given and a role that is not active: each test goes on where the one before ended. */
describe('Signing in without what it takes', function () {
  this.timeout(180_000);
  let stage: Stage;
  let workbench: Workbench;
  let control: SandboxControl;
  let login: string;

  before(async function () {
    // The sandbox's control server is found by way of /proc.
    if (!existsSync('/proc')) this.skip();
    stage = await openStage();
    stage.context.setDefaultTimeout(30_000);
    workbench = stage.workbench;
    await workbench.tree.show();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('consent-failed');
  });

  after(() => stage?.close());

  const signIn = () =>
    signInPage(workbench, () =>
      workbench.tree.welcome().getByRole('button', { name: 'Sign in to the sandbox' }).click(),
    );

  const askToApplyStep2 = async (): Promise<Locator> => {
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.preview();
    const question = workbench.dialog(/Make \d+ changes? in /);
    await question.waitFor();
    return question;
  };

  it('leaves nothing when the consent to read is denied, and says so once', async () => {
    await workbench.command('Start sandbox tenant');
    const page = await signInPage(workbench, () => workbench.quickInput.pick('Half-made application'));
    control = await SandboxControl.find(stage.server.data);
    login = new URL(page.url()).origin;
    await control.lag('none');
    await page.getByTestId('account-ada@contoso.com').click();
    await page.getByTestId('decline').click();
    await page.getByText('Not signed in').first().waitFor();
    await page.close();
    await workbench.notification('AADSTS65004').waitFor();
    await workbench.screenshot('consent-read-denied');
    assert.equal(await workbench.notification(/./).count(), 1);
    await workbench.closeNotifications();
    await workbench.statusBar().filter({ hasText: 'Kiro: set up' }).waitFor();
    const offered = await workbench.quickInput.offered('Kiro Connect: Sign out');
    assert.ok(!offered.includes('Kiro Connect: Sign out'), offered.join());
  });

  it('asks for the same consent again, and works', async () => {
    const page = await signIn();
    await page.getByTestId('account-ada@contoso.com').click();
    await page.getByTestId('accept').waitFor();
    await complete(page, 'ada@contoso.com', { everyone: true });
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
  });

  it('changes nothing when the consent to write is denied, and says so once', async () => {
    await askToApplyStep2();
    const page = await signInPage(workbench, () => workbench.answerDialog('Apply'));
    await page.getByTestId('decline').click();
    await page.getByText('Not signed in').first().waitFor();
    await page.close();
    await workbench.notification('AADSTS65004').waitFor();
    await workbench.screenshot('consent-write-denied');
    assert.equal(await workbench.notification(/./).count(), 1);
    await workbench.closeNotifications();
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
    assert.deepEqual(await written(), []);
  });

  it('changes it when the consent is given after all', async () => {
    await workbench.tree.act(/^Access token version: to do/, 'Apply');
    await workbench.preview();
    const page = await signInPage(workbench, () => workbench.answerDialog('Apply'));
    await complete(page, 'ada@contoso.com');
    await workbench.tree.row(/^Access token version: in order/).waitFor();
    assert.equal((await written()).length, 1);
  });

  it('names the role that could be activated, with the link, and Graph’s refusal is one sentence', async () => {
    await workbench.closeNotifications();
    await consentForEveryone(['RoleEligibilitySchedule.Read.Directory']);
    await workbench.command('Sign out');
    await complete(await signIn(), 'margaret@contoso.com');
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
    const question = await askToApplyStep2();
    await question.filter({ hasText: 'You may activate Application Administrator' }).waitFor();
    await question.getByRole('button', { name: 'Activate a role' }).waitFor();
    await workbench.screenshot('consent-role-eligible');
    const before = await written();
    await workbench.answerDialog('Apply anyway');
    await workbench.notification(/refused|Administrator/).waitFor();
    await workbench.screenshot('consent-role-refused');
    assert.equal(await workbench.notification(/./).count(), 1);
    await workbench.closeNotifications();
    assert.deepEqual(await written(), before);
  });

  it('applies the same once the role is active, without signing in again', async () => {
    const role = { userPrincipalName: 'margaret@contoso.com', role: 'Application Administrator' };
    await control.arrange('activate-role', role);
    const pages = stage.context.pages().length;
    const before = (await written()).length;
    const question = await askToApplyStep2();
    await question.getByRole('button', { name: 'Apply', exact: true }).waitFor();
    assert.doesNotMatch(await question.innerText(), /no active role/);
    await workbench.answerDialog('Apply');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    await workbench.screenshot('consent-role-activated');
    assert.equal(stage.context.pages().length, pages, 'nobody was asked to sign in');
    const wrote = (await written()).slice(before);
    assert.ok(wrote.length > 0);
    assert.equal(new Set(wrote).size, wrote.length, wrote.join());
  });

  /** The administrator opens the link that the command copies, in a browser of their own, and accepts; these scopes too. */
  async function consentForEveryone(besides: readonly string[]): Promise<void> {
    await stage.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.command('Copy consent link for an administrator');
    await workbench.page.getByText('Link for an administrator copied').waitFor();
    await workbench.page.bringToFront();
    const copied = new URL(await workbench.page.evaluate<string>('navigator.clipboard.readText()'));
    const scopes = [
      copied.searchParams.get('scope') ?? '',
      ...besides.map((scope) => `https://graph.microsoft.com/${scope}`),
    ];
    copied.searchParams.set('scope', scopes.join(' '));
    const theirs = await stage.context.browser()?.newContext();
    assert.ok(theirs);
    const link = await theirs.newPage();
    await link.goto(login + copied.pathname + copied.search);
    await link.getByTestId('account-ada@contoso.com').click();
    await link.getByTestId('accept').click({ noWaitAfter: true });
    // It leads back to http://localhost, where nobody waits.
    await link
      .waitForURL((url) => url.hostname !== 'sandbox.localhost', { waitUntil: 'commit' })
      .catch(() => undefined);
    await theirs.close();
  }

  /** What Graph was asked to change and did. */
  async function written(): Promise<readonly string[]> {
    return (await control.requests())
      .filter(
        ({ server, method, path, status }) =>
          server === 'graph' && method !== 'GET' && !path.endsWith('/$batch') && status < 300,
      )
      .map(({ method, path }) => `${method} ${path}`);
  }
});
