import assert from 'node:assert/strict';
import type { Change, Json, PlannedRequest } from '../../../src/guide/change.ts';
import { text } from '../../../src/guide/text.ts';
import { mergeRequests } from '../../../src/engine/mergeRequests.ts';

function change(id: string, request: PlannedRequest): Change {
  return {
    id,
    step: 2,
    meets: [id],
    title: text('{0}', id),
    why: text('why'),
    before: null,
    after: null,
    request,
    risk: 'low',
    scopes: [],
  };
}

function patch(path: string, body: Json, mergeable = true): PlannedRequest {
  return { kind: 'graph', method: 'PATCH', path, body, mergeable };
}

describe('mergeRequests', () => {
  it('joins consecutive mergeable PATCHes to one path, also inside complex types', () => {
    const groups = mergeRequests([
      change('uri', patch('/applications/1', { identifierUris: ['api://1'] })),
      change('version', patch('/applications/1', { api: { requestedAccessTokenVersion: 2 } })),
      change('scopes', patch('/applications/1', { api: { oauth2PermissionScopes: [{ value: 'a' }] } })),
    ]);
    assert.equal(groups.length, 1);
    assert.deepEqual(groups[0]?.request.body, {
      identifierUris: ['api://1'],
      api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: [{ value: 'a' }] },
    });
    assert.deepEqual(
      groups[0]?.changes.map(({ id }) => id),
      ['uri', 'version', 'scopes'],
    );
  });

  it('keeps the order where a change must not be joined', () => {
    const groups = mergeRequests([
      change('disable', patch('/applications/1', { api: { oauth2PermissionScopes: [] } }, false)),
      change('right', patch('/applications/1', { api: { oauth2PermissionScopes: [{ value: 'a' }] } }, false)),
      change('other', patch('/applications/2', { displayName: 'x' })),
    ]);
    assert.deepEqual(
      groups.map((group) => group.changes.map(({ id }) => id)),
      [['disable'], ['right'], ['other']],
    );
  });

  it('leaves foreseen changes out', () => {
    const groups = mergeRequests([change('later', { kind: 'later', method: 'PUT', outline: 'PUT …' })]);
    assert.deepEqual(groups, []);
  });
});
