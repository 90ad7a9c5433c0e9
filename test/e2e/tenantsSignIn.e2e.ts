import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { SandboxControl } from './sandboxControl.ts';
import { complete, signInPage } from './sandboxSignIn.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** A day of a managed service provider: accounts of several tenants, side by side in one window. */
describe('Signing in to several tenants', function () {
  this.timeout(240_000);
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
    if (this.currentTest?.state === 'failed') await workbench.screenshot('tenants-failed');
  });

  after(() => stage?.close());

  const another = () => workbench.command('Sign in to Microsoft Entra ID');
  const switchTo = async (label: string) => {
    await workbench.command('Switch tenant or account');
    await workbench.quickInput.pick(label);
  };

  /** Waits until the status bar's hover, the tree and both panels name this account and tenant. */
  async function everyViewNames(account: string, tenant: string): Promise<void> {
    await workbench.page
      .locator('.sidebar')
      .getByText(`${account} · ${tenant}`)
      .filter({ visible: true })
      .first()
      .waitFor();
    await workbench.statusBar().hover();
    await workbench.page
      .locator('.monaco-hover')
      .filter({ hasText: `${account} · ${tenant}` })
      .waitFor();
    await workbench.page.mouse.move(700, 400);
    for (const [command, marker] of [
      ['Open the hand-off table', '#value-tenantId'],
      ['Open the status panel', '#provisioning-title'],
    ] as const) {
      await workbench.command(command);
      const panel = await workbench.webview(marker);
      const head = panel.locator('.head');
      await head.filter({ hasText: tenant }).filter({ hasText: account }).waitFor();
    }
  }

  it('opens the tenant of the account that was chosen', async () => {
    await workbench.command('Start sandbox tenant');
    const page = await signInPage(workbench, () => workbench.quickInput.choose('Three tenants'));
    control = await SandboxControl.find(stage.server.data);
    await control.lag('none');
    await complete(page, 'ada@contoso.com');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    await everyViewNames('ada@contoso.com', 'Contoso');
    await workbench.screenshot('tenants-contoso');
  });

  it('shows nothing of the first tenant in the second', async () => {
    const page = await signInPage(workbench, another);
    await complete(page, 'edith@northwindtraders.com');
    await workbench.tree.welcome().getByRole('button', { name: 'Create the application' }).waitFor();
    await workbench.tree.welcome().getByRole('button', { name: 'Create the application' }).click();
    await workbench.quickInput.enter('Name of the application', 'Kiro-Northwind');
    await workbench.preview();
    const consent = await signInPage(workbench, () =>
      workbench.answerDialog('Apply', /Make 1 change in Northwind Traders .* as edith@northwindtraders\.com/),
    );
    await complete(consent, 'edith@northwindtraders.com');
    await workbench.tree
      .row(/^Step 1,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    await everyViewNames('edith@northwindtraders.com', 'Northwind Traders');
    await workbench.screenshot('tenants-northwind');
    await nothingOf(/contoso|ada@/i);
  });

  it('goes back with one click, asking nobody, and shows nothing of the second', async () => {
    const pages = stage.context.pages().length;
    await switchTo('Contoso');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    await everyViewNames('ada@contoso.com', 'Contoso');
    assert.equal(stage.context.pages().length, pages);
    await nothingOf(/northwind|edith@/i);
  });

  it('keeps a journal for each', async () => {
    await workbench.command('Show what was changed');
    await workbench
      .notification(/change/)
      .or(editor())
      .first()
      .waitFor();
    assert.doesNotMatch(await workbench.page.content(), /Kiro-Northwind|edith@/);
    await switchTo('Northwind Traders');
    await workbench.tree
      .row(/^Step 1,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    await workbench.command('Show what was changed');
    await editor().filter({ hasText: 'Kiro-Northwind' }).waitFor();
  });

  it('says that a sign-in has run out where it is switched to, and signs in again by the button', async () => {
    await switchTo('Contoso');
    const inOrder = workbench.tree.row(/^Step 2,/).and(workbench.tree.row(/: in order, /));
    await inOrder.waitFor();
    // Too short to be used again: the next look asks for another, and the refresh token has not been used for too long.
    await control.arrange('token-lifetime', { seconds: 60 });
    await control.arrange('revoke', { userPrincipalName: 'ada@contoso.com' });
    await complete(await signInPage(workbench, () => workbench.command('Check now')), 'ada@contoso.com');
    await inOrder.waitFor();
    await switchTo('Northwind Traders');
    await workbench.tree
      .row(/^Step 1,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
    await control.arrange('expire', { userPrincipalName: 'ada@contoso.com' });
    await switchTo('Contoso');
    await workbench.statusBar().filter({ hasText: 'Kiro: sign in again' }).waitFor();
    const again = workbench.tree.welcome().getByRole('button', { name: 'Sign in again' });
    await again.waitFor();
    await workbench.screenshot('tenants-run-out');
    assert.equal(await workbench.notification(/./).count(), 0);
    await complete(await signInPage(workbench, () => again.click()), 'ada@contoso.com');
    await inOrder.waitFor();
  });

  const editor = () => workbench.page.locator('.editor-instance .view-lines').last();

  /** Tree, status bar and both panels, which are open. */
  async function nothingOf(other: RegExp): Promise<void> {
    const shown = [
      ...(await workbench.tree.names()),
      await workbench.page.locator('.sidebar').innerText(),
      await workbench.statusBar().innerText(),
    ];
    for (const command of ['Open the hand-off table', 'Open the status panel']) {
      await workbench.command(command);
      const panel = await workbench.webview('.head');
      shown.push(await panel.locator('body').innerText());
    }
    assert.doesNotMatch(shown.join('\n'), other);
  }
});
