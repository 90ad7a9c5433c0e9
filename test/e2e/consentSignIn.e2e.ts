import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { SandboxControl } from './sandboxControl.ts';
import { complete, signInPage } from './sandboxSignIn.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** Permissions that are not given: each test goes on where the one before ended. */
describe('Signing in and denying consent', function () {
  this.timeout(180_000);
  let stage: Stage;
  let workbench: Workbench;
  let control: SandboxControl;

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

  /** Answers with the page that asks for the permission to write. */
  async function applyStep2(): Promise<Page> {
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.preview();
    return signInPage(workbench, () => workbench.answerDialog('Apply'));
  }

  it('leaves nothing when the consent to read is denied, and says so once', async () => {
    await workbench.command('Start sandbox tenant');
    const page = await signInPage(workbench, () => workbench.quickInput.pick('Half-made application'));
    control = await SandboxControl.find(stage.server.data);
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
    const page = await applyStep2();
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
    const page = await applyStep2();
    await complete(page, 'ada@contoso.com');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    assert.ok((await written()).length > 0);
  });

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
