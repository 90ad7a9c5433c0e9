import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { ConsolePage } from './consolePage.ts';
import { PanelLook } from './panelLook.ts';
import { SandboxControl } from './sandboxControl.ts';
import { answerSignIns } from './signInPages.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** What the status panel shows of a connection from its first domain to its steady state; each test goes on from the last. */
describe('The status panel', function () {
  // Each state is looked at in three themes, which takes its time beside other work.
  this.timeout(150_000);
  let stage: Stage | undefined;
  let workbench: Workbench;
  let console: ConsolePage;
  let panel: PanelLook;
  let value: string;

  before(async () => {
    stage = await openStage();
    workbench = stage.workbench;
    workbench.page.setDefaultTimeout(60_000);
    answerSignIns(stage.context, 'ada@contoso.com');
    await workbench.tree.show();
    await workbench.command('Start sandbox tenant');
    await workbench.quickInput.pick('Scopes missing');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
    if (existsSync('/proc')) await (await SandboxControl.find(stage.server.data)).lag('none');
    console = new ConsolePage(await workbench.opens(() => workbench.command('Open the Kiro console')));
    await console.makeProfile(randomUUID(), randomUUID());
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('status-failed');
  });

  after(() => stage?.close());

  it('says that a record is missing', async () => {
    value = await console.addDomain('contoso.com');
    await workbench.page.bringToFront();
    await workbench.command('Add a domain');
    await workbench.quickInput.enter('Domain of the Kiro profile', 'contoso.com');
    await workbench.quickInput.enter('Verification value of contoso.com', value);
    await workbench.quickInput.closed();
    await workbench.command('Open the status panel');
    panel = new PanelLook(workbench, await workbench.webview('#provisioning-title'));
    await domain('unmet').waitFor();
    await panel.passes('1-missing');
  });

  it('names the doubled name at which a record stands', async () => {
    await console.addRecord('contoso.com', 'kiro-app-1.contoso.com', value);
    // Kiro looks as well, and its resolver remembers that the right name is not there.
    assert.equal(await console.checkDomain('contoso.com'), 'Pending');
    await checkNow();
    await domain('unmet')
      .filter({ has: panel.frame.getByText('kiro-app-1.contoso.com.contoso.com').first() })
      .waitFor();
    await panel.passes('2-doubled');
  });

  it('counts down what a resolver remembers once the record is right', async () => {
    await console.addRecord('contoso.com', 'kiro-app-1', value);
    await checkNow();
    await domain('waiting').locator('.clock progress').waitFor();
    await panel.passes('3-negative-cache');
  });

  it('turns to verified by itself when the wait is over and somebody confirmed it', async () => {
    await console.advance(40);
    assert.equal(await console.checkDomain('contoso.com'), 'Verified');
    // Nobody asks for a look: the panel watches while something waits.
    await workbench.page.bringToFront();
    await domain('manual').waitFor({ timeout: 60_000 });
    await workbench.command('Confirm that a domain is verified');
    await workbench.answerDialog('It is verified');
    await domain('met').waitFor();
  });

  it('shows the job that step 4 makes, and that it is not started', async () => {
    await enterToken();
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await workbench.tree.expand(/^Step 4,/);
    await workbench.tree.act(/^Step 4,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await job('later').waitFor();
    await stageOf('Entra cycle', 'later').waitFor();
    await workbench.screenshot('status-4-job');
  });

  it('follows people through the first cycle', async () => {
    await workbench.command('Choose groups to assign');
    await workbench.quickInput.tick('Kiro users');
    await workbench.confirmPlan('Apply');
    await workbench.tree.row(/^Provisioning running: in order/).waitFor();
    await panel.frame.locator('.events .event:not(.is-coming)').first().waitFor();
    await workbench.screenshot('status-5-first-cycle');
    await console.advance(40);
    await checkNow();
    await job('met').waitFor();
    await stageOf('Kiro endpoint', 'met').waitFor();
  });

  it('says why the job is in quarantine', async () => {
    await console.revokeTokens();
    await console.advance(40);
    await checkNow();
    await job('failing').waitFor();
    await stageOf('Entra cycle', 'failing').waitFor();
    await panel.passes('6-quarantine');
  });

  it('shows the cure, and rest', async () => {
    await enterToken();
    await workbench.tree.act(/^Step 4,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await console.advance(40);
    await console.subscribe('Kiro users');
    await console.advance(360);
    await console.activateSeats();
    await checkNow();
    await job('met').waitFor();
    for (const name of [/^Subscription for the group/, /^Subscription activated/, /^Seats reviewed/])
      await workbench.tree.tick(name);
    await panel.frame.locator('.stage.is-met').nth(4).waitFor();
    await panel.passes('7-steady');
  });

  function domain(status: string): Locator {
    return panel.frame
      .locator('article.card')
      .filter({ has: panel.frame.locator(`.card-head .state.is-${status}`) });
  }

  function job(status: string): Locator {
    return panel.frame.locator(`.block-head:has(#provisioning-title) .state.is-${status}`);
  }

  function stageOf(title: string, status: string): Locator {
    return panel.frame.locator(`.stage.is-${status}`, { hasText: title });
  }

  async function checkNow(): Promise<void> {
    await workbench.page.bringToFront();
    await workbench.command('Check now');
  }

  async function enterToken(): Promise<void> {
    const { endpoint, secret } = await console.makeToken();
    await workbench.page.bringToFront();
    await workbench.command('Enter the SCIM endpoint');
    await workbench.quickInput.enter('SCIM endpoint', endpoint);
    await workbench.quickInput.closed();
    await workbench.command('Enter the access token');
    await workbench.quickInput.enter('Access token for SCIM', secret);
    await workbench.quickInput.pick('Today');
    await workbench.quickInput.closed();
  }
});
