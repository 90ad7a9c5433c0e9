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
      ['busy', 'light', 700],
      ['broken', 'light', 400],
      ['broken', 'highContrast', 1100],
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
    assert.ok(!JSON.stringify(await page.evaluate('sessionStorage.getItem("kept")')).includes(token));
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

  it('draw nothing old when they come back from behind another tab', async () => {
    const old = statusModel(samples.fresh, log(false));
    const page = await panels.open(old, look);
    await page.reload();
    await page.waitForFunction(`window.sent.some(({ type }) => type === 'ready')`);
    assert.equal(await page.locator('#root').innerText(), '', 'the old picture is not shown');
    await push(page, { type: 'state', model: statusModel(samples.healthy, log(false)) });
    await page.getByRole('heading', { level: 1, name: /^All right/ }).waitFor();
    await page.close();
  });

  it('show the old picture rather than none when nobody answers', async () => {
    const page = await panels.open(statusModel(samples.fresh, log(false)), look);
    await page.reload();
    await page.locator('.timeline').waitFor();
    await page.close();
  });

  it('tell a screen reader what changed, and only that', async () => {
    const page = await status('busy');
    const heard = page.locator('#heard[aria-live="polite"]');
    await push(page, {
      type: 'state',
      model: statusModel({ ...samples.busy, checking: true }, log(false)),
    });
    await page.locator('.head .is-checking').waitFor();
    assert.equal(await heard.innerText(), '', 'that it is being checked is not news');
    const model = statusModel(samples.busy, log(false));
    const [first, ...rest] = model.domains;
    assert.ok(first);
    const domains = [{ ...first, state: { status: 'met' as const, words: 'record public' } }, ...rest];
    await push(page, { type: 'state', model: { ...model, domains } });
    await heard.getByText('contoso.com: record public').waitFor();
    assert.equal(await heard.innerText(), 'contoso.com: record public');
    await page.close();
  });

  it('move nothing when the log arrives', async () => {
    const page = await status('busy');
    const top = async (): Promise<number> =>
      await page.evaluate(`document.getElementById('people-title').offsetTop`);
    const before = await top();
    await push(page, { type: 'state', model: statusModel(samples.busy, { kind: 'loading' }) });
    await page.locator('.is-coming').first().waitFor();
    const meanwhile = await top();
    await push(page, { type: 'state', model: statusModel(samples.busy, log(false)) });
    await page.locator('.is-coming').first().waitFor({ state: 'detached' });
    assert.ok(Math.abs(meanwhile - before) <= 2, `${meanwhile} is not ${before}`);
    assert.equal(await top(), before);
    await page.close();
  });

  for (const [name, open] of [
    ['status panel', status],
    ['hand-off table', handOff],
  ] as const) {
    it(`lead the keyboard through the whole ${name}, in the order of the page and in sight`, async () => {
      const page = await open('broken');
      const wanted = await page.evaluate<number>(`(() => {
        window.stops = [...document.querySelectorAll('button, input, summary, [tabindex="0"]')].filter(
          (one) => one.checkVisibility() && !one.disabled);
        return window.stops.length;
      })()`);
      assert.ok(wanted > 5);
      for (let stop = 0; stop < wanted; stop += 1) {
        await page.keyboard.press('Tab');
        const at = await page.evaluate<{ index: number; outlined: boolean; label: string }>(`(() => {
          const one = document.activeElement;
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          return {
            index: window.stops.indexOf(one),
            outlined: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1,
            label: one.outerHTML.slice(0, 120),
          };
        })()`);
        assert.equal(at.index, stop, `stop ${stop} is ${at.label}`);
        assert.ok(at.outlined, `no outline on ${at.label}`);
      }
      await page.close();
    });
  }

  it('work by keys alone: filter, choose, open a fold, run', async () => {
    const people = await status('broken');
    await people.getByRole('searchbox').focus();
    await people.keyboard.type('grace');
    await people.keyboard.press('Tab');
    await people.keyboard.press('Tab');
    await people.keyboard.press('Space');
    assert.equal(await people.locator('.chip[aria-pressed="true"]').count(), 1);
    await people.getByRole('button', { name: 'Check now' }).focus();
    await people.keyboard.press('Enter');
    assert.equal((await sent(people, 'command')).length, 1);
    await people.close();
    const table = await handOff('busy');
    await table.locator('summary').first().focus();
    await table.keyboard.press('Enter');
    assert.equal(await table.locator('details[open]').count(), 1);
    await table.close();
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
