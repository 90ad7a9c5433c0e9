import type { Browser } from 'playwright-core';
import type { VsCodeServer } from './server.ts';

export interface Suite {
  /** The folder that is open. */
  readonly folder: string;
  /** Folders of extensions under development. */
  readonly extensions: readonly string[];
  /** The module whose `run()` the extension host calls. */
  readonly tests: string;
  /** Each line that the extension host and the workbench log. */
  readonly onLine: (line: string) => void;
  /** Milliseconds after which a suite that has not ended counts as hanging. */
  readonly limit: number;
}

/** Runs a suite in a new window's extension host; answers with 0, or 1 when its `run()` rejected. */
export async function runSuite(server: VsCodeServer, browser: Browser, suite: Suite): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown) =>
      suite.onLine(text(args)),
    );
    const ended = new Promise<number>((resolve, reject) => {
      const hangs = () =>
        reject(new Error(`The suite did not end in ${suite.limit / 1000} s.\n${server.log()}`));
      const timer = setTimeout(hangs, suite.limit);
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
    await page.goto(
      server.workbench(suite.folder, [
        ...suite.extensions.map((path) => ['extensionDevelopmentPath', server.remote(path)] as const),
        ['extensionTestsPath', server.remote(suite.tests)],
      ]),
    );
    return await ended;
  } finally {
    await context.close();
  }
}

/** A log call's arguments come as a list: the text, then what it formats. */
function text(args: unknown): string {
  return (Array.isArray(args) ? args : [args]).map(String).join(' ');
}
