import assert from 'node:assert/strict';
import type { Change, Json, Plan } from '../../../src/guide/change.ts';
import { format, text } from '../../../src/guide/text.ts';
import { onlyChanges } from '../../../src/ui/apply/onlyChanges.ts';
import { inPortalTerms } from '../../../src/ui/apply/portalTerms.ts';
import { previewText } from '../../../src/ui/apply/previewText.ts';

const words = {
  write: (value: Parameters<typeof format>[0]) => format(value),
  count: '2 changes.',
  nothingSent: 'Nothing is sent.',
  why: 'Why',
  undo: 'Undo',
  canBeUndone: 'can be undone.',
  cannotBeUndone: "can't be undone.",
  toFollow: 'Not yet:',
  unchanged: { one: 'same', more: (count: number) => `${count} more` },
  before: 'What is',
  after: 'What will be',
};

describe('The preview of a plan', () => {
  const scope = (value: string) => ({ id: 'x', value, type: 'User', isEnabled: true });
  const portal = (value: Json) => inPortalTerms(value, words.write);

  it('speaks in the terms of the admin center', () => {
    assert.deepEqual(portal({ api: { oauth2PermissionScopes: [scope('a:b')] } }), {
      'Scopes defined by this API': { 'a:b': { 'Who can consent': 'Admins and users', State: 'Enabled' } },
    });
    assert.deepEqual(portal({ publicClient: { redirectUris: ['http://localhost'] } }), {
      'Redirect URIs, mobile and desktop applications': ['http://localhost'],
    });
    assert.deepEqual(portal({ User: { enabled: true, attributes: { externalId: '[objectId]' } } }), {
      'Provision Microsoft Entra ID users': { Enabled: 'Yes', externalId: 'objectId' },
    });
    assert.ok(!JSON.stringify(portal({ secretToken: '*' })).includes('*'));
  });

  it('leaves out what stays as it is, in the same place on both sides', () => {
    const same = Object.fromEntries(['a', 'b', 'c', 'd'].map((key) => [key, 1]));
    assert.deepEqual(onlyChanges({ ...same, x: 1 }, { x: 2, ...same }, words.unchanged), [
      { x: 1, '…': '4 more' },
      { x: 2, '…': '4 more' },
    ]);
    assert.deepEqual(onlyChanges({ o: { p: 1 } }, { o: { p: 1 }, n: 1 }, words.unchanged), [
      { o: 'same' },
      { o: 'same', n: 1 },
    ]);
  });

  it('differs from its first line on, and only where something changes', () => {
    const change = (id: string, before: Json, after: Json): Change => ({
      id,
      step: 2,
      meets: [],
      title: text('Set {0}', id),
      why: text('Kiro asks for it.'),
      before,
      after,
      request: { kind: 'graph', method: 'PATCH', path: `/applications/${id}` },
      risk: 'low',
      scopes: [],
    });
    const plan: Plan = {
      step: 2,
      choices: { displayName: '', groups: [], newIds: [] },
      changes: [change('one', { displayName: 'A' }, { displayName: 'B' }), change('two', null, { state: 1 })],
      blockedBy: [{ requirement: 'x', reason: text('Enter the token first.') }],
    };
    const { before, after } = previewText(plan, words);
    const lines = after.split('\n');
    assert.equal(lines[0], 'What will be');
    assert.deepEqual(
      lines.filter((line) => !before.split('\n').includes(line)).map((line) => line.trim()),
      ['What will be', 'Name: B', 'State: 1'],
    );
    for (const said of [
      'Kiro asks for it.',
      'PATCH /applications/two',
      "can't be undone.",
      'Enter the token first.',
    ])
      assert.ok(after.includes(said) && before.includes(said), said);
  });
});
