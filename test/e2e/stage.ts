import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../vscode-server/browser.ts';
import { startServer } from '../vscode-server/server.ts';
import type { ServerOptions, VsCodeServer } from '../vscode-server/server.ts';
import { Workbench } from './workbench.ts';

/** A real VS Code with the packaged extension installed, and a person's browser in front of it. */
export interface Stage {
  readonly server: VsCodeServer;
  readonly context: BrowserContext;
  readonly workbench: Workbench;
  close(): Promise<void>;
}

/** The palette stays open when an editor that opens meanwhile takes the focus: a person would press F1 again. */
const patient = { 'workbench.quickOpen.closeOnFocusLost': false };

/** Installs the package that `npm run package` made and opens a folder in VS Code, this one unless another is named. */
export async function openStage(
  settings: Readonly<Record<string, unknown>> = {},
  {
    folder = import.meta.dirname,
    ...machine
  }: Pick<ServerOptions, 'machineSettings' | 'env'> & { readonly folder?: string } = {},
): Promise<Stage> {
  const server = await startServer({
    ...machine,
    vsix: [await packagedExtension()],
    settings: { ...patient, ...settings },
  });
  const browser: Browser = await launchBrowser();
  // Tall enough that every row of the tree is drawn.
  const context = await browser.newContext({ viewport: { width: 1400, height: 1300 } });
  const workbench = new Workbench(await context.newPage());
  await workbench.open(server.workbench(folder));
  return {
    server,
    context,
    workbench,
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

async function packagedExtension(): Promise<string> {
  const root = join(import.meta.dirname, '..', '..');
  const vsix = (await readdir(root)).find((name) => name.endsWith('.vsix'));
  if (vsix === undefined) throw new Error('No package to install: npm run package makes one.');
  return resolve(root, vsix);
}
