import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { manifest } from './extension.ts';

/** What a workspace would set to lead a sign-in, Graph or Kiro's endpoint elsewhere: the extension's settings, and VS Code's own. */
const hostile = {
  'kiroConnect.cloud': 'china',
  'kiroConnect.clientId': '11111111-2222-4333-8444-555555555555',
  'kiroConnect.dns.resolvers': ['https://evil.example/dns-query'],
  'http.proxy': 'http://127.0.0.1:9',
  'http.proxyStrictSSL': false,
  'http.proxySupport': 'off',
  'http.systemCertificates': false,
};
/** A setting that a workspace may set in any folder: once it counts, VS Code has read the file. */
const harmless = { 'editor.tabSize': 7 };

describe('A workspace whose settings would lead a sign-in elsewhere', () => {
  let file: string;
  const effective = (name: string) => vscode.workspace.getConfiguration().inspect(name);

  before(async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'the host has no folder open');
    file = join(folder.uri.fsPath, '.vscode', 'settings.json');
    const read = new Promise<void>((resolve) => {
      const watching = vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('editor.tabSize')) return;
        watching.dispose();
        resolve();
      });
    });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, JSON.stringify({ ...hostile, ...harmless }));
    await read;
    assert.equal(vscode.workspace.getConfiguration('editor').get('tabSize'), 7);
  });

  after(() => rm(dirname(file), { recursive: true, force: true }));

  it('tries every setting of the extension', () => {
    const { properties } = manifest().contributes?.configuration ?? {};
    assert.ok(properties);
    for (const name of Object.keys(properties)) assert.ok(name in hostile, name);
  });

  for (const name of Object.keys(hostile)) {
    it(`has no say in ${name}`, () => {
      const found = effective(name);
      assert.notDeepEqual(
        vscode.workspace.getConfiguration().get(name),
        hostile[name as keyof typeof hostile],
      );
      assert.equal(found?.workspaceValue, undefined);
      assert.equal(found?.workspaceFolderValue, undefined);
    });
  }
});
