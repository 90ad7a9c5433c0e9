import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('The host', () => {
  it('is a real VS Code, not a stub of it', async () => {
    const commands = await vscode.commands.getCommands(true);
    assert.ok(commands.length > 500, `only ${commands.length} commands`);
    assert.match(vscode.version, /^1\.\d+\.\d+/);
    assert.ok(vscode.env.sessionId.length > 8);
  });
});
