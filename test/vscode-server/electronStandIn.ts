#!/usr/bin/env node
/**
 * Stands in for the desktop executable of VS Code: takes the arguments that `@vscode/test-electron` starts it with, runs
 * the extension and its tests in a real extension host behind VS Code's server and a browser, prints what is logged
 * there, and exits with the suite's code.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from './browser.ts';
import { startServer } from './server.ts';
import { runSuite } from './suite.ts';

const { values } = parseArgs({
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});

const server = await startServer({
  release: process.env['VSCODE_RELEASE'] === 'oldest' ? 'oldest' : 'newest',
  development: true,
  settings: { 'security.workspace.trust.enabled': values['disable-workspace-trust'] !== true },
});
const folder = await mkdtemp(join(tmpdir(), 'kiro-connect-folder-'));
const browser = await launchBrowser();
try {
  process.exitCode = await runSuite(server, browser, {
    folder,
    extensions: (values.extensionDevelopmentPath ?? []).map(String),
    tests: String(values.extensionTestsPath),
    onLine: (line) => process.stdout.write(`${line}\n`),
    limit: 240_000,
  });
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
