import assert from 'node:assert/strict';
import { groupKind } from '../../../src/entra/groupKind.ts';

describe('the kind of a group', () => {
  it('is read from what Microsoft Graph tells, where null means no', () => {
    const { parse } = groupKind('g');
    const nothing = { onPremisesSyncEnabled: null, isAssignableToRole: null, mailEnabled: false };
    const none = { dynamic: false, unified: false, synced: false, mailEnabled: false, roleAssignable: false };
    assert.deepEqual(parse({ id: 'g', groupTypes: [], ...nothing }), none);
    assert.deepEqual(parse({ id: 'g', groupTypes: ['DynamicMembership'], ...nothing }), {
      ...none,
      dynamic: true,
    });
    assert.deepEqual(parse({ groupTypes: ['Unified'], onPremisesSyncEnabled: true, mailEnabled: true }), {
      ...none,
      unified: true,
      synced: true,
      mailEnabled: true,
    });
    assert.deepEqual(parse({ isAssignableToRole: true }), { ...none, roleAssignable: true });
  });
});
