import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import type { Model } from '../../src/webview/models.ts';
import { panelHtml } from '../../src/ui/panels/html.ts';
import type { ThemeName } from './themes.ts';
import { themes } from './themes.ts';

const origin = 'http://panel.test';

/** Where a Chromium is, if there is one: `CHROMIUM`, or where Linux distributions and Chrome put it. */
export function findChromium(): string | undefined {
  return [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .filter((path) => path !== undefined)
    .find((path) => existsSync(path));
}

/** The panels' pages as VS Code would show them, in a Chromium without VS Code. */
export class Panels {
  readonly #browser: Browser;
  readonly #files: ReadonlyMap<string, Uint8Array>;

  private constructor(browser: Browser, files: ReadonlyMap<string, Uint8Array>) {
    this.#browser = browser;
    this.#files = files;
  }

  static async start(executablePath: string): Promise<Panels> {
    const { outputFiles } = await build({
      entryPoints: ['src/webview/handOff.ts', 'src/webview/status.ts', 'src/webview/panel.css'],
      bundle: true,
      format: 'iife',
      outdir: '/',
      tsconfig: 'src/webview/tsconfig.json',
      write: false,
    });
    const codicons = 'node_modules/@vscode/codicons/dist';
    const files = new Map(outputFiles.map((file) => [file.path, file.contents]));
    for (const name of ['codicon.css', 'codicon.ttf'])
      files.set(`/${name}`, await readFile(`${codicons}/${name}`));
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
    return new Panels(browser, files);
  }

  /** Opens a page with `model` as its start data. What the page sends is found in `window.sent`. */
  async open(
    model: Model,
    look: { theme: ThemeName; width: number; height: number; clockAt?: number },
  ): Promise<Page> {
    const page = await this.#browser.newPage({
      viewport: { width: look.width, height: look.height },
      reducedMotion: 'reduce',
    });
    if (look.clockAt !== undefined) await page.clock.setFixedTime(look.clockAt);
    await page.addInitScript({ content: hostScript });
    const html = panelHtml({
      cspSource: origin,
      script: `${origin}/${model.kind}.js`,
      styles: [`${origin}/codicon.css`, `${origin}/panel.css`],
      language: 'en',
      title: model.kind,
      start: model,
    });
    await page.route('**/*', async (route) => {
      const path = new URL(route.request().url()).pathname;
      if (path === '/') {
        await route.fulfill({ contentType: 'text/html', body: html });
        return;
      }
      const body = this.#files.get(path);
      if (!body) {
        await route.fulfill({ status: 404 });
        return;
      }
      const contentType = path.endsWith('.js')
        ? 'text/javascript'
        : path.endsWith('.css')
          ? 'text/css'
          : 'font/ttf';
      await route.fulfill({ contentType, body: Buffer.from(body) });
    });
    await page.goto(`${origin}/`);
    await page.evaluate(dress, { ...themes[look.theme], panel: model.kind === 'status' });
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
  }
}

/** Stands for what VS Code puts into a webview. */
const hostScript = `
  window.sent = [];
  window.acquireVsCodeApi = () => ({
    postMessage: (message) => window.sent.push(message),
    getState: () => JSON.parse(sessionStorage.getItem('kept') ?? 'null') ?? undefined,
    setState: (state) => sessionStorage.setItem('kept', JSON.stringify(state)),
  });
`;

function dress(theme: {
  bodyClass: string;
  variables: Readonly<Record<string, string>>;
  panel: boolean;
}): void {
  const { document } = globalThis as unknown as { document: PageDocument };
  for (const [name, value] of Object.entries(theme.variables)) {
    document.documentElement.style.setProperty(`--vscode-${name}`, value);
  }
  document.documentElement.style.setProperty(
    'color-scheme',
    theme.bodyClass === 'vscode-light' ? 'light' : 'dark',
  );
  document.body.classList.add(theme.bodyClass);
  document.body.style.setProperty(
    'background',
    `var(--vscode-${theme.panel ? 'panel' : 'editor'}-background)`,
  );
}

/** As much of the DOM as {@link dress} needs: the tests are compiled without it. */
interface PageDocument {
  readonly documentElement: { readonly style: { setProperty(name: string, value: string): void } };
  readonly body: {
    readonly classList: { add(name: string): void };
    readonly style: { setProperty(name: string, value: string): void };
  };
}
