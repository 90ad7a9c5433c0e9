import assert from 'node:assert/strict';
import { commandIds } from '../../../src/ui/commandIds.ts';
import { panelCommands, parseIntent, parsePush } from '../../../src/webview/messages.ts';

describe('messages between host and panels', () => {
  it('lets no command through that is not allowed', () => {
    for (const id of [
      'workbench.action.terminal.new',
      'kiroConnect.signOut',
      'kiroConnect.forgetConnection',
      '',
    ]) {
      assert.equal(parseIntent({ type: 'command', id, args: [] }), undefined, id);
    }
    assert.ok(parseIntent({ type: 'command', id: commandIds.refresh, args: [] }));
  });

  it('lets no argument through that a command does not take', () => {
    const refused = [
      { id: commandIds.applyStep, args: [6] },
      { id: commandIds.applyStep, args: ['4'] },
      { id: commandIds.applyStep, args: [4, 5] },
      { id: commandIds.openPortal, args: ['https://example.com'] },
      { id: commandIds.tick, args: ['everything'] },
      { id: commandIds.removeDomain, args: ['contoso.com\n'] },
      { id: commandIds.removeDomain, args: [{ name: 'contoso.com' }] },
      { id: commandIds.refresh, args: ['x'] },
    ];
    for (const { id, args } of refused) {
      assert.equal(parseIntent({ type: 'command', id, args }), undefined, `${id} ${JSON.stringify(args)}`);
    }
    assert.ok(parseIntent({ type: 'command', id: commandIds.removeDomain, args: ['xn--mnchen-3ya.de'] }));
    assert.ok(parseIntent({ type: 'command', id: commandIds.openPortal, args: ['provisioning'] }));
  });

  it('allows only commands that exist', () => {
    const known: readonly string[] = Object.values(commandIds);
    assert.deepEqual(
      panelCommands.filter((id) => !known.includes(id)),
      [],
    );
    assert.ok(panelCommands.length > 10);
  });

  it('drops what is not a message at all', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      [],
      { type: 'enter', field: 'password', value: 'x' },
      { type: '?' },
    ]) {
      assert.equal(parseIntent(message), undefined);
      assert.equal(parsePush(message), undefined);
    }
    assert.equal(parseIntent({ type: 'enter', field: 'scimToken', value: 'x'.repeat(20_001) }), undefined);
    assert.equal(parseIntent({ type: 'ready', more: true }), undefined);
  });
});
