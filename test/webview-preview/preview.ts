/**
 * Takes pictures of both panels in every state and theme: `node test/webview-preview/preview.ts FOLDER [STATE]`.
 * For the eyes of whoever works on them; the tests are in test/unit/webview.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { handOffModel } from '../../src/ui/panels/handOffModel.ts';
import { statusModel } from '../../src/ui/panels/statusModel.ts';
import { findChromium, Panels } from './browser.ts';
import { log, now, samples } from './samples.ts';
import type { SampleName } from './samples.ts';
import type { ThemeName } from './themes.ts';

const [folder = 'out/preview', only] = process.argv.slice(2);
const executable = findChromium();
if (executable === undefined) throw new Error('No Chromium found: set CHROMIUM to one.');
await mkdir(folder, { recursive: true });
const panels = await Panels.start(executable);
for (const name of Object.keys(samples) as SampleName[]) {
  if (only !== undefined && only !== name) continue;
  const models = [
    handOffModel(samples[name]).model,
    statusModel(samples[name], name === 'fresh' ? { kind: 'known', events: [] } : log(name === 'broken')),
  ];
  for (const model of models) {
    for (const theme of ['dark', 'light', 'highContrast'] satisfies ThemeName[]) {
      for (const width of theme === 'dark' ? [1280, 400] : [1000]) {
        const page = await panels.open(model, { theme, width, height: 700, clockAt: now });
        await page.screenshot({
          path: join(folder, `${model.kind}-${name}-${theme}-${width}.png`),
          fullPage: true,
        });
        await page.close();
      }
    }
  }
}
await panels.stop();
