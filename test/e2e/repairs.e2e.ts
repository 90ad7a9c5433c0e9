import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConsolePage } from './consolePage.ts';
import { SandboxControl } from './sandboxControl.ts';
import { answerSignIns } from './signInPages.ts';
import type { SignIns } from './signInPages.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** A set-up that fails is mended with clicks, from "why" to the cure; each test goes on from the last. */
describe('What fails is put right', () => {
  let stage: Stage | undefined;
  let workbench: Workbench;
  let console: ConsolePage;
  let signIns: SignIns;
  /** What VS Code has open: records are saved there. */
  let folder: string;
  const tenant = 'Contoso (contoso.onmicrosoft.com)';

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kiro-connect-repairs-'));
    stage = await openStage({}, { folder });
    workbench = stage.workbench;
    signIns = answerSignIns(stage.context, 'ada@contoso.com');
    await workbench.tree.show();
    await workbench.command('Start sandbox tenant');
    await workbench.quickInput.pick('The externalId trap, after it snapped');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree.row(/^Step 4, .*: to do, /).waitFor();
    if (existsSync('/proc')) await (await SandboxControl.find(stage.server.data)).lag('none');
    console = new ConsolePage(await workbench.opens(() => workbench.command('Open the Kiro console')));
    const { endpoint, secret } = await console.makeToken();
    await workbench.page.bringToFront();
    await workbench.command('Enter the SCIM endpoint');
    await workbench.quickInput.enter('SCIM endpoint', endpoint);
    await workbench.quickInput.closed();
    await enterToken(secret, () => workbench.command('Enter the access token'));
    await workbench.tree.expand(/^Step 5,/);
    await workbench.tree.row(/^External IDs in Kiro: to do/).waitFor();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('repairs-failed');
  });

  after(async () => {
    await stage?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('asks why Grace can’t use Kiro, and applies the cure by its button', async () => {
    const answer = await why('grace@contoso.com', /can’t use Kiro/);
    await workbench.screenshot('repairs-1-why');
    await answer.getByRole('button', { name: 'Apply step 4' }).click();
    await workbench.preview();
    await workbench.screenshot('repairs-2-cure');
    await workbench.confirmPlan('Apply');
    await workbench.tree.expand(/^Step 4,/);
    await workbench.tree.row(/^externalId from objectId: in order/).waitFor();
  });

  it('repairs the wrong external IDs from their row: one person first, then the rest', async () => {
    await workbench.closeNotifications();
    await workbench.tree.act(/^External IDs in Kiro: to do/, 'Repair external IDs');
    await workbench.quickInput.widget.getByText('Save the records').waitFor();
    await workbench.screenshot('repairs-3-whom');
    await workbench.quickInput.widget.getByRole('button', { name: 'OK' }).click();
    await workbench.dialog(/Make 1 change in /).waitFor();
    await workbench.screenshot('repairs-4-question');
    await workbench.answerDialog('Apply', /Make 1 change in /);
    await workbench.quickInput.enter('Something is lost by this', tenant);
    const goOn = workbench.dialog(/is in Kiro with the right external ID/);
    await goOn.waitFor();
    await workbench.screenshot('repairs-5-first');
    const ids = [...(await console.people()).values()];
    assert.equal(ids.filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)).length, 1);
    await workbench.page.bringToFront();
    await goOn.getByRole('button', { name: 'Repair the rest' }).click();
    await workbench.tree.row(/^External IDs in Kiro: in order/).waitFor();
    await workbench.screenshot('repairs-6-repaired');
    const saved = JSON.parse(
      await readFile(join(folder, 'kiro-records-before-repair.json'), 'utf8'),
    ) as unknown[];
    assert.equal(saved.length, ids.length);
  });

  it('takes back the last apply', async () => {
    await workbench
      .notification(/people repaired/)
      .getByRole('button', { name: 'Apply step 5' })
      .click();
    await workbench.confirmPlan('Apply');
    await workbench.tree.row(/^Provisioning running: in order/).waitFor();
    await workbench.closeNotifications();
    await workbench.command('Take back what was changed');
    await workbench.quickInput.widget.getByText('What to take back').waitFor();
    await workbench.screenshot('repairs-7-what-to-take-back');
    await workbench.quickInput.tick();
    await workbench.preview();
    await workbench.screenshot('repairs-8-take-back');
    await workbench.confirmPlan('Apply');
    await workbench.tree.row(/^Provisioning running: to do/).waitFor();
  });

  it('changes the access token for another, and revokes the old one last', async () => {
    // Of the two that there are Entra uses the newer.
    await console.revokeOldestToken();
    await workbench.page.bringToFront();
    await workbench.command('Change the access token for another');
    await workbench.quickInput.pick('It grows old');
    await workbench.dialog('Generate a new token').waitFor();
    await workbench.screenshot('repairs-9-generate');
    const { secret } = await console.makeToken();
    await workbench.page.bringToFront();
    await enterToken(secret, () => workbench.answerDialog('I have it', 'Generate a new token'));
    await workbench.confirmPlan('Apply');
    await workbench.dialog('Now revoke the old token').waitFor();
    await workbench.screenshot('repairs-10-revoke');
    await console.page.bringToFront();
    await console.revokeOldestToken();
    await workbench.page.bringToFront();
    await workbench.answerDialog('It is revoked', 'Now revoke the old token');
    await workbench.tree.row(/^Number of access tokens: in order/).waitFor();
    await workbench.notification('Entra uses the new access token').waitFor();
    await workbench.screenshot('repairs-11-rotated');
  });

  it('signs in as Kiro does, and holds the tokens against what Kiro has of the person', async () => {
    await workbench.closeNotifications();
    signIns.userPrincipalName = 'grace@contoso.com';
    await workbench.command('Test sign-in as Kiro does');
    await workbench.notification('The sign-in works').waitFor();
    signIns.userPrincipalName = 'ada@contoso.com';
    const lines = workbench.page.locator('.editor-instance .view-lines').last();
    await lines.filter({ hasText: /Kiro.holds.this.person.as.grace/ }).waitFor();
    await workbench.screenshot('repairs-12-test-sign-in');
    assert.doesNotMatch(await lines.innerText(), /:.(\?|wrong)/);
  });

  it('removes Grace’s access, and keeps what stays open as a task until it is ticked', async () => {
    await workbench.closeNotifications();
    await workbench.command("Remove a person's access");
    await workbench.quickInput.enter('Whose access to Kiro to remove?', 'grace@contoso.com');
    await workbench.quickInput.widget.getByText('out of which groups?').waitFor();
    await workbench.screenshot('repairs-13-which-groups');
    await workbench.quickInput.tick('Kiro users');
    await workbench.preview();
    await workbench.screenshot('repairs-14-removal');
    await workbench.confirmPlan('Apply');
    await workbench.notification(/Grace/).waitFor();
    await workbench.screenshot('repairs-15-removed');
    await workbench.tree.row(/Grace Hopper.*: to do|Seat of Grace/).waitFor();
    await workbench.screenshot('repairs-16-task');
  });

  /** The message that answers; the chain stands in an editor behind it. */
  async function why(who: string, answer: RegExp) {
    await workbench.command("Why can't this person use Kiro?");
    await workbench.quickInput.enter("Why can't this person use Kiro?", who);
    const message = workbench.notification(answer);
    await message.waitFor();
    return message;
  }

  async function enterToken(secret: string, ask: () => Promise<void>): Promise<void> {
    await ask();
    await workbench.quickInput.enter('Access token for SCIM', secret);
    await workbench.quickInput.pick('Today');
    await workbench.quickInput.closed();
  }
});
