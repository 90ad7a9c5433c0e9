import assert from 'node:assert/strict';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { handOffModel } from '../../../src/ui/panels/handOffModel.ts';
import { statusModel } from '../../../src/ui/panels/statusModel.ts';
import type { Push } from '../../../src/webview/messages.ts';
import { findChromium, Panels } from '../../webview-preview/browser.ts';
import type { SampleName } from '../../webview-preview/samples.ts';
import { log, now, samples } from '../../webview-preview/samples.ts';
import type { ThemeName } from '../../webview-preview/themes.ts';

const executable = findChromium();
const token = 'secret-token-that-must-not-stay-0123456789';

describe('pages of the panels in a browser', function () {
  this.timeout(60_000);
  let panels: Panels;

  before(async function () {
    if (executable === undefined) {
      if (process.env['CI']) assert.fail('No Chromium found: set CHROMIUM to one.');
      console.log('      left out: no Chromium found (set CHROMIUM to one)');
      this.skip();
    }
    panels = await Panels.start(executable);
  });
  after(async () => await panels?.stop());

  const look = { theme: 'dark', width: 900, height: 600, clockAt: now } as const;
  const handOff = async (name: SampleName): Promise<Page> =>
    await panels.open(handOffModel(samples[name]).model, look);
  const status = async (name: SampleName): Promise<Page> =>
    await panels.open(statusModel(samples[name], log(false)), look);

  it('are accessible in each theme, wide and narrow', async () => {
    const cases: [SampleName, ThemeName, number][] = [
      ['busy', 'dark', 1100],
      ['broken', 'light', 400],
      ['fresh', 'highContrast', 400],
      ['signedOut', 'light', 700],
    ];
    for (const [name, theme, width] of cases) {
      for (const model of [handOffModel(samples[name]).model, statusModel(samples[name], log(true))]) {
        const page = await panels.open(model, { ...look, theme, width });
        await page.evaluate(`for (const fold of document.querySelectorAll('details')) fold.open = true`);
        await page.evaluate(axe.source);
        const found = await page.evaluate<{ id: string; nodes: string[] }[]>(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] })
            .then(({ violations }) => violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) })))`,
        );
        assert.deepEqual(found, [], `${model.kind} ${name} ${theme} ${width}`);
        assert.equal(
          await page.evaluate('document.documentElement.scrollWidth > window.innerWidth'),
          false,
          `${model.kind} ${name} is wider than ${width}`,
        );
        await page.close();
      }
    }
  });

  it('take a token and let go of it at once', async () => {
    const page = await handOff('fresh');
    const field = page.getByLabel('Access token', { exact: true });
    assert.equal(await field.getAttribute('type'), 'password');
    await field.fill(token);
    await field.press('Enter');
    assert.equal(await field.inputValue(), '');
    assert.deepEqual(await sent(page, 'enter'), [{ type: 'enter', field: 'scimToken', value: token }]);
    assert.ok(!(await page.content()).includes(token));
    assert.ok(!JSON.stringify(await page.evaluate('window.kept ?? null')).includes(token));
    await page.close();
  });

  it('keep a refused endpoint in its field, with the sentence beside it', async () => {
    const page = await handOff('fresh');
    const field = page.getByLabel('SCIM endpoint', { exact: true });
    await field.fill('https://example.com/scim');
    await field.press('Enter');
    await push(page, {
      type: 'entered',
      field: 'scimEndpoint',
      accepted: false,
      sentence: 'Not a host of Kiro.',
    });
    await page.getByRole('alert').getByText('Not a host of Kiro.').waitFor();
    assert.equal(await field.inputValue(), 'https://example.com/scim');
    assert.equal(await field.getAttribute('aria-invalid'), 'true');
    await push(page, { type: 'entered', field: 'scimEndpoint', accepted: true, sentence: 'Stored.' });
    await page.getByText('Not a host of Kiro.').waitFor({ state: 'detached' });
    assert.equal(await field.inputValue(), '');
    await page.close();
  });

  it('say what was copied', async () => {
    const page = await handOff('busy');
    await page.getByRole('button', { name: 'Copy Application (client) ID' }).click();
    assert.deepEqual(await sent(page, 'copy'), [{ type: 'copy', what: 'applicationId' }]);
    await push(page, { type: 'copied', what: 'applicationId', sentence: 'Copied: Application (client) ID' });
    await page.locator('#said', { hasText: 'Copied: Application (client) ID' }).waitFor();
    await page.close();
  });

  it('keep focus, text, open folds and scroll while data arrives', async () => {
    const page = await handOff('busy');
    await page.locator('summary').first().click();
    const field = page.getByLabel('Add a domain');
    await field.fill('fabrik');
    await page.evaluate('window.scrollTo(0, 300)');
    const before = await page.evaluate('window.scrollY');
    const { model } = handOffModel({ ...samples.busy, checking: true });
    await push(page, { type: 'state', model });
    await page.locator('.head .is-checking').waitFor();
    assert.equal(await field.inputValue(), 'fabrik');
    assert.equal(await page.evaluate('document.activeElement.id'), 'entry-domain');
    assert.equal(await page.locator('details[open]').count(), 1);
    assert.equal(await page.evaluate('window.scrollY'), before);
    await page.close();
  });

  it('filter people by name and by state', async () => {
    const page = await status('busy');
    const rows = page.locator('.people tbody tr');
    assert.equal(await rows.count(), 6);
    await page.getByRole('searchbox').fill('GRACE');
    assert.equal(await rows.count(), 1);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: /^Missing/ }).click();
    assert.equal(await rows.count(), 2);
    await page.close();
  });

  it('run only what the model offers', async () => {
    const page = await status('broken');
    await page.getByRole('button', { name: 'Open the provisioning logs' }).click();
    await page.getByRole('button', { name: 'Check now' }).click();
    assert.deepEqual(await sent(page, 'command'), [
      { type: 'command', id: 'kiroConnect.openPortal', args: ['provisioningLogs'] },
      { type: 'command', id: 'kiroConnect.refresh', args: [] },
    ]);
    await page.close();
  });
});

async function sent(page: Page, type: string): Promise<unknown[]> {
  return await page.evaluate<unknown[]>(`window.sent.filter((message) => message.type === '${type}')`);
}

async function push(page: Page, message: Push): Promise<void> {
  await page.evaluate(`window.postMessage(${JSON.stringify(message)}, '*')`);
}
