import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { ConsolePage } from './consolePage.ts';
import { SandboxControl } from './sandboxControl.ts';
import { answerSignIns } from './signInPages.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** What goes wrong is said in a sentence, and nothing that was entered is lost by it. */
describe('Bad input and bad luck', () => {
  let stage: Stage | undefined;
  let workbench: Workbench;
  let table: Frame;

  before(async () => {
    stage = await openStage();
    workbench = stage.workbench;
    answerSignIns(stage.context, 'ada@contoso.com');
    await workbench.tree.show();
    await workbench.command('Start sandbox tenant');
    await workbench.quickInput.pick('Half-made application');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
    await workbench.command('Open the hand-off table');
    table = await workbench.webview('#entry-scimEndpoint');
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('troubles-failed');
  });

  after(() => stage?.close());

  for (const [what, typed, why] of [
    ['an address of a private domain', 'ada@corp.internal', /public/],
    ['a private domain', 'contoso.local', /public/],
  ] as const) {
    it(`refuses ${what} as a domain`, async () => {
      await workbench.command('Add a domain');
      await workbench.quickInput.enter('Domain of the Kiro profile', typed);
      assert.match(await workbench.quickInput.refusal(), why);
      await workbench.quickInput.cancel();
    });
  }

  it('refuses an endpoint of another host, and keeps what was typed', async () => {
    await table.locator('#entry-scimEndpoint').fill('https://scim.example.com/1234/scim/v2');
    await table.locator('#value-scimEndpoint').getByRole('button', { name: 'Store' }).click();
    await table.locator('#value-scimEndpoint .refused').filter({ hasText: /\S/ }).waitFor();
    assert.match(await table.locator('#entry-scimEndpoint').inputValue(), /example/);
  });

  it('says what to do when the tenant is offline, and goes on showing what was seen', async function () {
    if (!existsSync('/proc')) this.skip();
    const control = await SandboxControl.find(stage?.server.data ?? '');
    const rows = await workbench.tree.names();
    await control.fault({ server: 'graph', path: '.', times: 0, drop: true });
    await workbench.command('Check now');
    await workbench.page.getByText("Microsoft Graph can't be reached.").first().waitFor();
    assert.deepEqual(await workbench.tree.names(), rows);
    await workbench.screenshot('troubles-offline');
    await control.mend();
    await workbench.command('Check now');
    await workbench.page.getByText("Microsoft Graph can't be reached.").first().waitFor({ state: 'hidden' });
  });

  it('says which role is missing when a change is refused', async function () {
    if (!existsSync('/proc')) this.skip();
    const control = await SandboxControl.find(stage?.server.data ?? '');
    await control.fault({
      server: 'graph',
      method: 'PATCH',
      path: '/applications/',
      times: 0,
      status: 403,
      code: 'Authorization_RequestDenied',
    });
    await workbench.tree.act(/^Step 2,/, 'Apply');
    await workbench.preview();
    await workbench.answerDialog('Apply', /Make \d+ changes? in /);
    await workbench
      .notification(/was refused/)
      .filter({ hasText: /Administrator/ })
      .waitFor();
    await workbench.screenshot('troubles-refused');
    await control.mend();
  });

  describe('in a cloud without provisioning on demand', () => {
    before(async function () {
      if (!existsSync('/proc')) this.skip();
      await workbench.quickInput.run('View: Close All Editors');
      await workbench.closeNotifications();
      await workbench.command('Stop sandbox tenant');
      await workbench.answerDialog('Stop', /Stop the sandbox tenant/);
      await workbench.tree.welcome().waitFor();
      const settings = join(stage?.server.data ?? '', 'data', 'Machine', 'settings.json');
      await writeFile(settings, JSON.stringify({ 'kiroConnect.cloud': 'china' }));
      // VS Code reads its settings when it sees them change: until then the question is about the global cloud.
      const title = workbench.quickInput.widget.locator('.quick-input-title');
      for (;;) {
        await workbench.command('Start sandbox tenant');
        await title.filter({ hasText: /Which sandbox/ }).waitFor();
        if (/china/.test(await title.innerText())) break;
        await workbench.quickInput.cancel();
      }
      await workbench.quickInput.pick('Half-made application');
      await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
      await workbench.quickInput.pick('Kiro-Entra');
      await workbench.tree.row(/^Step 2, .*: to do, /).waitFor();
      await (await SandboxControl.find(stage?.server.data ?? '')).lag('none');
    });

    it('leaves to a person what Graph can’t do there, and says why', async () => {
      await workbench.tree.expand(/^Step 4,/);
      const mapping = workbench.tree.row(/^externalId from objectId: by hand, /);
      await mapping.hover();
      const reason = workbench.page.locator('.monaco-hover').filter({ hasText: /in your cloud/ });
      await reason.waitFor();
      assert.match(await reason.innerText(), /externalId to objectId/);
      await workbench.screenshot('china-by-hand');
      await workbench.page.mouse.move(700, 1250);
    });

    it('previews neither provisioning on demand nor a start, before and after the ticks', async () => {
      await workbench.tree.act(/^Step 4,/, 'Apply');
      const step4 = await workbench.preview();
      await workbench.screenshot('china-step-4');
      await workbench.answerDialog('Apply', /Make \d+ changes? in /);
      await workbench.tree.row(/^Provisioning job: in order/).waitFor();
      const page = new ConsolePage(
        await workbench.opens(() => workbench.tree.act(/^externalId from objectId:/, 'Open in the portal')),
      );
      await page.at('correct-mapping').click();
      await page.at('notice').waitFor();
      await page.page.close();
      for (const row of ['Connection to Kiro', 'externalId from objectId']) {
        await workbench.tree.tick(new RegExp(`^${row}: by hand`));
        await workbench.tree.row(new RegExp(`^${row}: in order`)).waitFor();
      }
      await workbench.command('Choose groups to assign');
      await workbench.quickInput.tick('Kiro users');
      const step5 = await workbench.preview();
      await workbench.screenshot('china-step-5');
      await workbench.answerDialog('Cancel', /Make \d+ changes? in /);
      assert.match(step4, /POST \S+synchronization\/jobs$/m);
      assert.match(step5, /POST \S+appRoleAssignedTo$/m);
      for (const plan of [step4, step5])
        assert.doesNotMatch(plan, /provisionOnDemand|\/(re)?start\b|validateCredentials|secrets|schema/);
    });
  });
});
