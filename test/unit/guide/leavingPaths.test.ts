import assert from 'node:assert/strict';
import { changeableBy, whyNotChangeable } from '../../../src/guide/leaving/leavingPaths.ts';
import type { GroupKind } from '../../../src/guide/snapshot.ts';

const plain: GroupKind = {
  dynamic: false,
  synced: false,
  mailEnabled: false,
  unified: false,
  roleAssignable: false,
};

describe('whether a membership can be ended from here', () => {
  it('follows who decides about the group', () => {
    assert.equal(changeableBy(plain), 'yes');
    assert.equal(changeableBy({ ...plain, dynamic: true }), 'dynamic');
    assert.equal(changeableBy({ ...plain, synced: true, mailEnabled: true }), 'synced');
    assert.equal(changeableBy({ ...plain, mailEnabled: true }), 'mail');
    assert.equal(changeableBy({ ...plain, mailEnabled: true, unified: true }), 'yes');
    assert.equal(changeableBy({ ...plain, roleAssignable: true }), 'role');
    assert.equal(changeableBy(undefined), 'unknown');
  });

  it('says for each that can’t be why, and nothing for one that can', () => {
    const said = (['dynamic', 'synced', 'mail', 'role', 'unknown'] as const).map((changeable) =>
      whyNotChangeable({ id: 'g', displayName: 'Staff', changeable }),
    );
    assert.equal(new Set(said.map((one) => one?.message)).size, 5);
    assert.ok(said.every((one) => one?.args.includes('Staff')));
    assert.equal(whyNotChangeable({ id: 'g', displayName: 'Staff', changeable: 'yes' }), undefined);
  });
});
