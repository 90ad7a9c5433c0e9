import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Canary, filesIn, secretsOfSandbox } from './canary.ts';
import { ConsolePage } from './consolePage.ts';
import { SandboxControl } from './sandboxControl.ts';
import { complete, signInPage } from './sandboxSignIn.ts';
import { openStage } from './stage.ts';
import type { Stage } from './stage.ts';
import type { Workbench } from './workbench.ts';

/** An admin signs in, applies, fails and exports everything; no secret of it stays anywhere. Each test goes on from the last. */
describe('Secrets', function () {
  this.timeout(240_000);
  const canary = new Canary();
  let stage: Stage;
  let workbench: Workbench;
  let control: SandboxControl;
  let scimToken: string;
  /** What VS Code has open: documents are saved there. */
  let folder: string;

  before(async function () {
    // The sandbox's control server is found by way of /proc.
    if (!existsSync('/proc')) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'kiro-connect-secrets-'));
    stage = await openStage({}, { folder });
    stage.context.setDefaultTimeout(60_000);
    canary.watch(stage.context);
    workbench = stage.workbench;
    await workbench.tree.show();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('secrets-failed');
  });

  after(async () => {
    await stage?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('are typed once: a password, then the token for SCIM', async () => {
    await workbench.command('Start sandbox tenant');
    const page = await signInPage(workbench, () => workbench.quickInput.pick('The externalId trap, before'));
    control = await SandboxControl.find(stage.server.data);
    await control.lag('none');
    await page.getByTestId('another-account').click();
    await page.locator('[name=username]').fill('ada@contoso.com');
    await page.getByTestId('next').click();
    const passwords = secretsOfSandbox(await sandboxState()).filter(({ what }) => what === 'password');
    const [first] = passwords;
    assert.ok(first, 'Ada is the first of the accounts');
    await page.locator('[name=password]').fill(first.secret);
    await page.getByTestId('sign-in').click();
    await complete(page, 'ada@contoso.com');
    await workbench.tree.welcome().getByRole('button', { name: 'Use an existing application' }).click();
    await workbench.quickInput.pick('Kiro-Entra');
    await workbench.tree.row(/^Step 4,/).waitFor();

    const console = new ConsolePage(await workbench.opens(() => workbench.command('Open the Kiro console')));
    const { endpoint, secret } = await console.makeToken();
    scimToken = secret;
    canary.add('SCIM token', secret);
    await console.page.close();
    await workbench.tree.expand(/^Step 4,/);
    await workbench.command('Enter the SCIM endpoint');
    await workbench.quickInput.enter('SCIM endpoint', endpoint);
    await workbench.tree.row(/^SCIM endpoint: in order/).waitFor();
    await workbench.command('Enter the access token');
    await workbench.quickInput.widget
      .locator('.quick-input-title', { hasText: 'Access token for SCIM' })
      .waitFor();
    assert.ok(await workbench.quickInput.masked(), 'what is typed is shown as dots');
    await workbench.quickInput.enter('Access token for SCIM', secret);
    await workbench.quickInput.pick('Today');
    await workbench.tree.row(/^Access token: in order/).waitFor();
  });

  it('stay out of a script of what a step would change', async () => {
    for (const shell of ['Microsoft Graph PowerShell', 'bash, curl']) {
      await workbench.command('Export what a step would change as a script');
      await workbench.quickInput.pick(/Provisioning/);
      await workbench.quickInput.pick(shell);
      await readsOf(/synchronization/i);
    }
    await workbench.closeNotifications();
  });

  it('stay out of what is said when a service repeats them in its error', async () => {
    const said = `The token ${scimToken} is not good.`;
    await control.fault({
      server: 'graph',
      method: 'PUT',
      path: '/synchronization/secrets',
      status: 400,
      times: 0,
      body: { error: { code: 'BadRequest', message: said } },
    });
    await control.fault({
      server: 'graph',
      method: 'POST',
      path: 'validateCredentials',
      status: 400,
      times: 0,
      body: { error: { code: 'InvalidCredentials', message: said } },
    });
    await workbench.tree.act(/^Step 4,/, 'Apply');
    await workbench.preview();
    const page = await signInPage(workbench, () => workbench.answerDialog('Apply', /Make \d+ changes? in /));
    await complete(page, 'ada@contoso.com');
    await workbench.notification(/\S/).filter({ hasNotText: 'Finish signing in' }).first().waitFor();
    await workbench.screenshot('secrets-repeated');
    assert.deepEqual(canary.in(await workbench.page.content()), []);
    await control.mend();
    await control.fault({
      server: 'scim',
      path: '.',
      status: 401,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: '401', detail: said },
    });
    await workbench.command('Check now');
    await workbench.tree.row(/^Access token: /).waitFor();
    await control.mend();
    await workbench.closeNotifications();
    await workbench.tree.act(/^Step 4,/, 'Apply');
    await workbench.confirmPlan('Apply');
    await workbench.tree.row(/^externalId from objectId: in order/).waitFor();
  });

  it('are not given to somebody in no assigned group, which is as it should be', async () => {
    const page = await signInPage(workbench, () => workbench.command('Test sign-in as Kiro does'));
    await page.getByTestId('account-ada@contoso.com').click();
    await page.getByText('AADSTS50105').first().waitFor();
    await page.close();
    // Microsoft's page keeps it to itself: the admin gives the test up, and types what the page said.
    await workbench
      .notification('If the page shows an error')
      .getByRole('button', { name: 'Cancel' })
      .click();
    await workbench
      .notification('this tool can explain it')
      .getByRole('button', { name: 'Enter the code' })
      .click();
    await workbench.quickInput.enter('Code of the sign-in page', 'AADSTS50105');
    await workbench.notification('AADSTS50105').filter({ hasText: 'as it should' }).waitFor();
    await readsOf(/assigned/);
    await workbench.screenshot('secrets-test-sign-in-kept-out');
    await workbench.closeNotifications();
  });

  it('stay out of everything that is exported', async () => {
    await workbench.command('Show what was changed');
    await readsOf(/secrets|attribute.mapping/);
    for (const format of ['Markdown', 'CSV']) {
      await workbench.command('Export what was changed as a change record');
      await workbench.quickInput.pick(format);
      await readsOf(/ada@contoso\.com/);
    }
    await workbench.command('Save evidence for support');
    await workbench.quickInput.pick('With names and addresses');
    await saved(/kiro-evidence-.*\.md$/, /people are named/);
    await workbench.command('Save the set-up as a runbook');
    await saved(/kiro-entra-runbook\.md$/, /codewhisperer:completions/);
    await workbench.command('Open the hand-off table');
    await workbench.webview('#value-scimToken .state.is-met');
    await workbench.command('Open the status panel');
    await workbench.webview('#provisioning-title');
  });

  it('are nowhere on the disk, in the browser or in the window, also after a crash of the extension host', async () => {
    for (const { what, secret } of secretsOfSandbox(await sandboxState())) canary.add(what, secret);
    assert.deepEqual([...canary.kinds].sort(), [
      'SCIM token',
      'authorization code',
      'code verifier',
      'password',
      'refresh token',
    ]);
    const findings = () => canary.findings(stage.server, workbench.page, isSandboxState);
    assert.deepEqual(await findings(), []);
    process.kill(await control.parent(), 'SIGABRT');
    await workbench.page
      .getByText(/[Ee]xtension host.*terminated|unexpectedly/)
      .first()
      .waitFor();
    await workbench.screenshot('secrets-crashed');
    assert.deepEqual(await findings(), []);
  });

  /** Waits until the editor says this, and that no secret is in sight. */
  async function readsOf(what: RegExp): Promise<void> {
    const lines = workbench.page.locator('.editor-instance .view-lines').last();
    await lines.filter({ hasText: what }).waitFor();
    assert.deepEqual(canary.in((await workbench.page.content()) + (await lines.innerText())), []);
  }

  /** Confirms where it is saved, and waits until the file, which is opened then, says this and holds no secret. */
  async function saved(name: RegExp, what: RegExp): Promise<void> {
    await workbench.quickInput.widget
      .getByText(/^Save /)
      .first()
      .waitFor();
    await workbench.quickInput.widget.getByRole('button', { name: 'OK' }).click();
    await workbench.page.locator('.tab.active').filter({ hasText: name }).waitFor();
    await workbench.screenshot(`secrets-${/evidence/.test(name.source) ? 'evidence' : 'runbook'}`);
    const file = (await filesIn(folder)).find((path) => name.test(path));
    assert.ok(file, 'it is where it was to be saved');
    const content = await readFile(file, 'utf8');
    assert.match(content, what);
    assert.deepEqual(canary.in(content), []);
  }

  function isSandboxState(file: string): boolean {
    return file.includes(join('sandbox', 'state.json'));
  }

  async function sandboxState(): Promise<string> {
    const file = (await filesIn(stage.server.data)).find((name) =>
      name.endsWith(join('sandbox', 'state.json')),
    );
    assert.ok(file, 'the sandbox keeps its state');
    return readFile(file, 'utf8');
  }
});
