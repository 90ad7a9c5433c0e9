import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Frame } from 'playwright-core';
import { surfacesAgree } from './agreement.ts';
import { ConsolePage } from './consolePage.ts';
import { SandboxControl } from './sandboxControl.ts';
import { answerSignIns } from './signInPages.ts';
import type { SignIns } from './signInPages.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** One admin takes an empty tenant through the five steps; every test goes on where the one before ended. */
describe('The five steps', () => {
  let stage: Stage | undefined;
  let workbench: Workbench;
  let signIns: SignIns;
  let console: ConsolePage;
  let handOff: Frame;
  let verificationValue: string;
  let token: { readonly endpoint: string; readonly secret: string };

  before(async () => {
    stage = await openStage();
    workbench = stage.workbench;
    signIns = answerSignIns(stage.context, 'ada@contoso.com');
    await workbench.tree.show();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('failed');
  });

  after(() => stage?.close());

  it('start in the walkthrough, which opens a sandbox tenant and signs in', async () => {
    await workbench.statusBar().filter({ hasText: 'Kiro: set up' }).waitFor();
    await workbench.showWalkthrough();
    await workbench.screenshot('1-walkthrough');
    await workbench.walkthrough.press('Before you start', 'try it in a sandbox tenant');
    await workbench.tree.welcome().getByRole('button', { name: 'Create the application' }).waitFor();
    await workbench.showWalkthrough();
    await workbench.walkthrough.ticked('Before you start');
    assert.ok(
      signIns.consents[0]?.every((scope) => !scope.includes('Write')),
      'looking asks to read only',
    );
    // The engine's patience with a tenant has tests of its own; these are of the workbench.
    if (existsSync('/proc')) await (await SandboxControl.find(stage?.server.data ?? '')).lag('none');
  });

  it('1: create the application, after a preview and one question', async () => {
    await workbench.walkthrough.press(/^1\s+Create/, 'Create the application');
    await workbench.quickInput.enter('Name of the application', 'Kiro-Entra');
    await workbench.confirmPlan('Apply');
    const said = workbench.notification('1 change made and seen in the tenant');
    await said.getByRole('button', { name: 'Show what changed' }).waitFor();
    await surfacesAgree(workbench, 1);
    assert.ok(signIns.consents[1]?.includes('Application.ReadWrite.All'), 'the first change asks to write');
  });

  it('2: change nothing when the question is answered with Cancel', async () => {
    await workbench.walkthrough.press(/^2\s+Configure/, 'Apply step 2');
    const lines = await workbench.preview();
    for (const line of [
      '5 changes. Nothing is sent before you confirm.',
      '1. Set the application ID URI',
      'api://',
    ])
      assert.ok(lines.includes(line), `the preview says ${line}`);
    await workbench.screenshot('2-preview');
    await workbench.confirmPlan('Cancel');
    await surfacesAgree(workbench, 1);
  });

  it('2: configure it', async () => {
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await surfacesAgree(workbench, 2);
  });

  it('3: make the Kiro profile from the hand-off table', async () => {
    await workbench.command('Open the hand-off table');
    handOff = await workbench.webview('#value-applicationId code.value');
    const value = (id: string) => handOff.locator(`#value-${id} code.value`).innerText();
    const button = handOff
      .locator('#value-applicationId')
      .getByRole('button', { name: 'Open the Kiro console' });
    console = new ConsolePage(await workbench.opens(() => button.click()));
    await console.makeProfile(await value('applicationId'), await value('tenantId'));
    verificationValue = await console.addDomain('contoso.com');
    await workbench.command('Choose the region of the Kiro profile');
    await workbench.quickInput.pick('us-east-1');
    await workbench.tree.expand(/^Step 3,/);
    await workbench.tree.tick(/^Kiro profile:/);
    await workbench.tree.row(/^Kiro profile: in order/).waitFor();
  });

  it('3: refuse a private domain, in a sentence', async () => {
    await workbench.command('Add a domain');
    await workbench.quickInput.enter('Domain of the Kiro profile', 'contoso.local');
    assert.match(await workbench.quickInput.refusal(), /public/);
    await workbench.quickInput.cancel();
    await workbench.tree.row(/^Domains: to do/).waitFor();
  });

  it('3: watch the domain until its record is public and Kiro has verified it', async () => {
    await workbench.command('Add a domain');
    // Of an address the domain is taken.
    await workbench.quickInput.enter('Domain of the Kiro profile', 'ada@contoso.com');
    await workbench.quickInput.enter('Verification value of contoso.com', verificationValue);
    await workbench.tree.row(/^contoso\.com:/).waitFor();
    assert.doesNotMatch(
      (await workbench.tree.row(/^contoso\.com:/).getAttribute('aria-label')) ?? '',
      /in order/,
    );
    assert.equal(await console.checkDomain('contoso.com'), 'Pending');
    await console.addRecord('contoso.com', 'kiro-app-1', verificationValue);
    // Kiro looked before the record was there: its resolver keeps "no such name" for five minutes.
    await console.advance(40);
    assert.equal(await console.checkDomain('contoso.com'), 'Verified');
    await workbench.page.bringToFront();
    await workbench.command('Check now');
    await workbench.tree.row(/^contoso\.com: in order/).waitFor();
    await workbench.command('Confirm that a domain is verified');
    await workbench.answerDialog('It is verified');
    await surfacesAgree(workbench, 3);
  });

  it('4: refuse an endpoint of another host before any token is sent to it', async () => {
    token = await console.makeToken();
    await workbench.page.bringToFront();
    await workbench.command('Open the hand-off table');
    handOff = await workbench.webview('#entry-scimEndpoint');
    await handOff.locator('#entry-scimEndpoint').fill('https://scim.example.com/1234/scim/v2');
    await handOff.locator('#value-scimEndpoint').getByRole('button', { name: 'Store' }).click();
    await handOff.locator('#value-scimEndpoint .refused').filter({ hasText: /\S/ }).waitFor();
  });

  it('4: take endpoint and token in the hand-off table, and keep the token out of sight', async () => {
    await handOff.locator('#entry-scimEndpoint').fill(token.endpoint);
    await handOff.locator('#value-scimEndpoint').getByRole('button', { name: 'Store' }).click();
    await handOff.locator('#value-scimEndpoint code.value').waitFor();
    assert.equal(await handOff.locator('#entry-scimToken').getAttribute('type'), 'password');
    await handOff.locator('#entry-scimToken').fill(token.secret);
    await handOff.locator('#value-scimToken').getByRole('button', { name: 'Store' }).click();
    await handOff.locator('#value-scimToken .state.is-met').waitFor();
    assert.ok(!(await handOff.content()).includes(token.secret), 'the page still holds the token');
  });

  it('4: connect Entra to Kiro, with the mapping right before anyone is pushed', async () => {
    await workbench.tree.expand(/^Step 4,/);
    await workbench.tree.act(/^Step 4,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await workbench.tree.row(/^externalId from objectId: in order/).waitFor();
    await workbench.tree.tick(/^Number of access tokens/);
    await workbench.quickInput.pick('1');
    await surfacesAgree(workbench, 4);
    assert.equal((await console.people()).size, 0, 'nobody is pushed yet');
  });

  it('5: assign a group, push one person and read her back, then start the job', async () => {
    await workbench.page.bringToFront();
    await workbench.walkthrough.press(/^5\s+People/, 'Choose groups to assign');
    await workbench.quickInput.tick('Kiro users');
    await workbench.confirmPlan('Apply');
    await workbench.tree.expand(/^Step 5,/);
    await workbench.tree.row(/^Provisioning running: in order/).waitFor();
    await workbench.tree.row(/^First person in Kiro: in order/).waitFor();
    await workbench.tree.row(/^External IDs in Kiro: in order/).waitFor();
    assert.ok((await console.people()).size > 0);
  });

  it('5: see everyone arrive with the cycles, each under the object id', async () => {
    await console.advance(40);
    const people = await console.people();
    assert.equal(people.size, 7);
    for (const externalId of people.values())
      assert.match(externalId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await console.subscribe('Kiro users');
    await console.advance(360);
    await console.activateSeats();
    await workbench.page.bringToFront();
    await workbench.command('Check now');
    await workbench.tree.row(/^Members in Kiro: in order, 7 of 7/).waitFor();
    for (const name of [/^Subscription for the group/, /^Subscription activated/, /^Seats reviewed/]) {
      await workbench.tree.tick(name);
      await workbench.tree
        .row(name)
        .and(workbench.tree.row(/: in order/))
        .waitFor();
    }
    await surfacesAgree(workbench, 5);
  });

  it('agree in both panels, too', async () => {
    await workbench.command('Open the status panel');
    const status = await workbench.webview('#provisioning-title');
    await status.getByText('7 of 7').first().waitFor();
    await workbench.command('Open the hand-off table');
    handOff = await workbench.webview('#value-applicationId');
    // A page that was covered starts from what it showed first, and is told the rest.
    for (const panel of [status, handOff]) await panel.locator('.head .state.is-met').first().waitFor();
    await workbench.statusBar().filter({ hasText: 'Kiro: healthy' }).waitFor();
  });

  it('show what was changed without the token', async () => {
    await workbench.command('Show what was changed');
    const editor = workbench.page.locator('.editor-instance .view-lines').first();
    await editor.filter({ hasText: /\S/ }).waitFor();
    assert.ok(!(await editor.innerText()).includes(token.secret));
    assert.deepEqual(signIns.failures, []);
  });

  for (const [name, theme, kind] of [
    ['light', 'Light Modern', '.vs'],
    ['dark', 'Dark Modern', '.vs-dark'],
    ['high-contrast', 'Dark High Contrast', '.hc-black'],
    ['high-contrast-light', 'Light High Contrast', '.hc-light'],
  ] as const) {
    it(`look right in ${name}`, async () => {
      await workbench.chooseTheme(theme, kind);
      await workbench.command('Open the hand-off table');
      await workbench.webview('#value-applicationId');
      await workbench.screenshot(`${name}-hand-off-and-status`);
      await workbench.showWalkthrough();
      await workbench.screenshot(`${name}-walkthrough`);
    });
  }

  it('keep the walkthrough ticked over a reload of the window', async () => {
    await workbench.reload();
    await workbench.showWalkthrough();
    for (const page of [/^Before/, /^1\s/, /^2\s/, /^3\s/, /^4\s/, /^5\s/])
      await workbench.walkthrough.ticked(page);
    await workbench.screenshot('9-reloaded');
  });
});
