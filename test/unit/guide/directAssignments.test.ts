import assert from 'node:assert/strict';
import type { Plan } from '../../../src/guide/change.ts';
import { findings } from '../../../src/guide/findings.ts';
import { hasAccess } from '../../../src/guide/leaving/leavingPaths.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import {
  known,
  valueOf,
  type AssignedGroup,
  type GroupKind,
  type Snapshot,
} from '../../../src/guide/snapshot.ts';
import { directAssignmentsId } from '../../../src/guide/steps/directAssignments.ts';
import { applied, effectOf } from './simulate.ts';
import * as given from './snapshots.ts';

const { at, healthy, noChoices } = given;
const only = [directAssignmentsId];
const alan = 'a0a0a0a0-0000-4000-8000-000000000003';

const direct = (id: string, principalId: string) => ({
  ...given.assignment,
  id,
  principalId,
  principalDisplayName: `Person ${id}`,
  principalType: 'User',
});
const second: AssignedGroup = { ...given.group, id: 'second', displayName: 'Second', members: [] };
const assignedSecond = { ...given.assignment, id: 'of-second', principalId: 'second' };

/** Alan is assigned directly only, Ada by the group as well. */
const mixed: Snapshot = {
  ...healthy,
  assignments: known([given.assignment, direct('d1', alan), direct('d2', given.ada.id)], at),
};
const withKind = (kind: Partial<GroupKind>): Snapshot => ({
  ...mixed,
  groups: known([{ ...given.group, kind: { ...given.group.kind, ...kind } }], at),
});
const finding = (snapshot: Snapshot) => findings(snapshot).find(({ id }) => id === directAssignmentsId);
const ids = ({ changes }: Plan) => changes.map(({ id, request }) => `${request.kind} ${id}`);

describe('direct assignments turned into memberships', () => {
  it('add first, and remove only who is seen as a member', () => {
    assert.deepEqual(ids(makePlan(mixed, 5, noChoices, only)), [
      `graph people.join.member.${given.groupId}.${alan}`,
      'graph people.leave.assignment.d2',
      'later people.leave.assignment.d1',
    ]);
    assert.deepEqual(finding(mixed)?.action, { kind: 'applyAlone' });
  });

  it('come to nobody assigned directly, and nobody is without access in between', () => {
    let now = mixed;
    const { made, snapshot } = applied(mixed, 5, noChoices, only);
    for (const { request } of made) {
      if (request.kind === 'graph') now = effectOf(now, request);
      assert.ok(hasAccess(now, alan) && hasAccess(now, given.ada.id));
    }
    assert.equal(made.length, 3);
    assert.equal(finding(snapshot)?.status, 'met');
    assert.deepEqual(makePlan(snapshot, 5, noChoices, only).changes, []);
  });

  it('are no part of the whole step', () => {
    assert.deepEqual(makePlan(mixed, 5, noChoices).changes, []);
  });

  it('remove every role of a person, and add them once', () => {
    const twice = {
      ...mixed,
      assignments: known([given.assignment, direct('d1', alan), direct('d3', alan)], at),
    };
    const { made } = applied(twice, 5, noChoices, only);
    assert.deepEqual(
      made.map(({ request }) => request.method),
      ['POST', 'DELETE', 'DELETE'],
    );
  });

  it('ask which of several groups, and keep to the answer', () => {
    const several: Snapshot = {
      ...mixed,
      assignments: known([given.assignment, assignedSecond, direct('d1', alan)], at),
      groups: known([given.group, second], at),
    };
    const unasked = makePlan(several, 5, noChoices, only);
    assert.deepEqual([unasked.changes, unasked.blockedBy.length], [[], 1]);
    const { snapshot } = applied(several, 5, { ...noChoices, groups: [second] }, only);
    const into = valueOf(snapshot.groups)?.find(({ id }) => id === 'second');
    assert.deepEqual(
      into?.members.map(({ id }) => id),
      [alan],
    );
    assert.equal(finding(snapshot)?.status, 'met');
  });

  for (const kind of [
    { dynamic: true },
    { synced: true },
    { mailEnabled: true },
    { roleAssignable: true },
  ] satisfies Partial<GroupKind>[]) {
    it(`add nobody where members can’t be added: ${Object.keys(kind).join()}`, () => {
      const plan = makePlan(withKind(kind), 5, noChoices, only);
      // Ada is a member already, whoever put her there.
      assert.deepEqual(ids(plan), ['graph people.leave.assignment.d2']);
      const none = { ...withKind(kind), assignments: known([given.assignment, direct('d1', alan)], at) };
      const blocked = makePlan(none, 5, noChoices, only);
      assert.deepEqual([blocked.changes, blocked.blockedBy.length], [[], 1]);
      assert.equal(finding(none)?.action, undefined);
    });
  }

  it('add nobody to a group of an unknown kind', () => {
    const { id, displayName, securityEnabled, members } = given.group;
    const unread = { id, displayName, securityEnabled, members };
    const snapshot = { ...mixed, groups: known([unread], at) };
    assert.deepEqual(ids(makePlan(snapshot, 5, noChoices, only)), ['graph people.leave.assignment.d2']);
  });

  it('change nothing without a licence by which groups give access, without a group, or unseen', () => {
    const organization = valueOf(healthy.organization);
    assert.ok(organization);
    for (const snapshot of [
      { ...mixed, organization: known({ ...organization, premium: false }, at) },
      { ...mixed, assignments: known([direct('d1', alan)], at) },
      { ...mixed, groups: given.blank.groups },
      { ...mixed, groups: known([{ ...given.group, securityEnabled: false }], at) },
    ]) {
      const plan = makePlan(snapshot, 5, noChoices, only);
      assert.deepEqual([plan.changes, plan.blockedBy.length], [[], 1]);
      assert.notEqual(finding(snapshot)?.action?.kind, 'applyAlone');
    }
  });
});
