import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { ConsolePage } from './consolePage.ts';
import { SandboxControl } from './sandboxControl.ts';
import { answerSignIns } from './signInPages.ts';
import type { SignIns } from './signInPages.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import { Workbench } from './workbench.ts';

/** What an admin did in a sandbox tenant is there after the window was reloaded, until the sandbox is stopped. */
describe('A sandbox tenant and a reload of the window', () => {
  let stage: Stage;
  let workbench: Workbench;
  let signIns: SignIns;
  let rows: readonly string[];
  let status: string;

  before(async () => {
    stage = await openStage();
    workbench = stage.workbench;
    signIns = answerSignIns(stage.context, 'ada@contoso.com');
    await workbench.tree.show();
    await workbench.tree.welcome().getByRole('button', { name: 'Explore in a sandbox tenant' }).click();
    await workbench.tree.welcome().getByRole('button', { name: 'Create the application' }).waitFor();
    if (existsSync('/proc')) await (await SandboxControl.find(stage.server.data)).lag('none');
    await workbench.tree.welcome().getByRole('button', { name: 'Create the application' }).click();
    await workbench.quickInput.enter('Name of the application', 'Kiro-Entra');
    await workbench.confirmPlan('Apply');
    await workbench.tree
      .row(/^Step 1,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('reload-failed');
  });

  after(() => stage.close());

  it('goes on by itself, signed in, with all that was made and entered', async () => {
    const console = new ConsolePage(await workbench.opens(() => workbench.command('Open the Kiro console')));
    await console.makeProfile(randomUUID(), randomUUID());
    const { endpoint, secret } = await console.makeToken();
    await workbench.page.bringToFront();
    await workbench.tree.expand(/^Step 4,/);
    await workbench.command('Enter the SCIM endpoint');
    await workbench.quickInput.enter('SCIM endpoint', endpoint);
    await workbench.tree.row(/^SCIM endpoint: in order/).waitFor();
    await workbench.command('Enter the access token');
    await workbench.quickInput.enter('Access token for SCIM', secret);
    await workbench.quickInput.pick('Today');
    await workbench.tree.row(/^Access token: in order/).waitFor();
    await workbench.tree.act(/^Step 4,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await workbench.tree.row(/^externalId from objectId: in order/).waitFor();
    rows = await workbench.tree.names();
    status = await workbench.statusBar().innerText();
    const asked = signIns.consents.length;
    await workbench.screenshot('reload-1-before');

    await workbench.reload();
    await workbench.tree.row(/^externalId from objectId: in order/).waitFor({ timeout: 30_000 });
    await workbench.statusBar().filter({ hasText: status.trim() }).waitFor();
    assert.deepEqual(await workbench.tree.names(), rows);
    assert.equal(signIns.consents.length, asked, 'nobody was asked to sign in');
    await workbench.screenshot('reload-2-after');
    const again = await table();
    await again.locator('#value-scimToken .state.is-met').waitFor();
    assert.equal(await again.locator('#value-scimEndpoint code.value').innerText(), endpoint);
    await workbench.command('Show what was changed');
    await workbench.page
      .locator('.editor-instance .view-lines')
      .filter({ hasText: 'Correct the attribute mapping' })
      .waitFor();
  });

  it('takes changes after it, too', async () => {
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await workbench.tree
      .row(/^Step 2,/)
      .and(workbench.tree.row(/: in order, /))
      .waitFor();
  });

  it('is for one window at a time, and goes on in the next when the first is gone', async () => {
    const next = new Workbench(await stage.context.newPage());
    await next.open(workbench.page.url());
    await next.tree.show();
    await next.statusBar().filter({ hasText: 'Kiro: sandbox stopped' }).waitFor();
    assert.equal(await next.notification(/sandbox/i).count(), 0, 'nobody asked for it there');
    await next.screenshot('reload-3-second-window');
    // Leaving the page is what closing VS Code is.
    await workbench.page.goto('about:blank');
    workbench = next;
    await next.command('Start sandbox tenant');
    await next.tree
      .row(/^Step 2,/)
      .and(next.tree.row(/: in order, /))
      .waitFor();
  });

  it('is forgotten when it is stopped', async () => {
    await workbench.command('Stop sandbox tenant');
    await workbench.answerDialog('Stop', 'Stop the sandbox tenant?');
    await workbench.statusBar().filter({ hasText: 'Kiro: set up' }).waitFor();
    await workbench.reload();
    await workbench.statusBar().filter({ hasText: 'Kiro: set up' }).waitFor();
    await workbench.tree.welcome().getByRole('button', { name: 'Explore in a sandbox tenant' }).click();
    await workbench.tree.welcome().getByRole('button', { name: 'Create the application' }).waitFor();
    assert.deepEqual(signIns.failures, []);
  });

  async function table() {
    await workbench.command('Open the hand-off table');
    return workbench.webview('#value-applicationId code.value');
  }
});
