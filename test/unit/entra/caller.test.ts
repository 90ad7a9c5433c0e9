import assert from 'node:assert/strict';
import { activeRoles } from '../../../src/entra/caller.ts';

describe('active roles of the caller', () => {
  const role = {
    displayName: 'Global Administrator',
    roleTemplateId: '62e90394-69f5-4237-9190-012177145e10',
  };
  const parse = (...value: readonly object[]) => activeRoles().parse({ value });

  it('are read by their template, and may be none', () => {
    assert.deepEqual(parse(role), [role]);
    assert.deepEqual(parse(), []);
  });

  it('are not known where Graph names one of them not, which it does without permission', () => {
    assert.equal(parse(role, { displayName: null, roleTemplateId: null }), undefined);
  });
});
