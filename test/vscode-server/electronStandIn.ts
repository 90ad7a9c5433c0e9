#!/usr/bin/env node
/**
 * Stands in for the desktop executable of VS Code: takes the arguments that `@vscode/test-electron` starts it with, runs
 * the extension and its tests in a real extension host behind VS Code's server and a browser, prints what the suite
 * prints, and exits with its code.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { startServer } from './server.ts';
import type { VsCodeServer } from './server.ts';

/** A suite that has not ended by then hangs. */
const limit = 240_000;

const { values } = parseArgs({
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});
const development = (values.extensionDevelopmentPath ?? []).map(String);
const tests = String(values.extensionTestsPath);

const server = await startServer({
  release: process.env['VSCODE_RELEASE'] === 'oldest' ? 'oldest' : 'newest',
  settings: { 'security.workspace.trust.enabled': values['disable-workspace-trust'] !== true },
});
const folder = await mkdtemp(join(tmpdir(), 'kiro-connect-folder-'));
try {
  process.exitCode = await runSuite(server, folder);
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function runSuite(vscode: VsCodeServer, open: string): Promise<number> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const console: string[] = [];
    page.on('console', (message) => console.push(message.text()));
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown) => {
      process.stdout.write(`${text(args)}\n`);
    });
    const ended = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(
          new Error(
            `The suite did not end in ${limit / 1000} s.\n${console.slice(-20).join('\n')}\n${vscode.log()}`,
          ),
        );
      }, limit);
      void page.exposeFunction('codeAutomationExit', (code: number) => {
        clearTimeout(timer);
        resolve(code);
      });
    });
    await page.goto(
      vscode.workbench(open, [
        ...development.map((path) => ['extensionDevelopmentPath', vscode.remote(path)] as const),
        ['extensionTestsPath', vscode.remote(tests)],
      ]),
    );
    return await ended;
  } finally {
    await browser.close();
  }
}

/** The host logs each call's arguments as a list; the first is the text, the rest its colours. */
function text(args: unknown): string {
  const list = Array.isArray(args) ? args : [args];
  return list.map(String).join(' ');
}
