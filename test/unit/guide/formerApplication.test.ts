import assert from 'node:assert/strict';
import type { Plan } from '../../../src/guide/change.ts';
import { findings } from '../../../src/guide/findings.ts';
import { turnedTo, withoutApplication } from '../../../src/guide/formerApplication.ts';
import type { KeptApplication } from '../../../src/guide/kept.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import { known, type AppRoleAssignment, type Snapshot } from '../../../src/guide/snapshot.ts';
import { applied } from './simulate.ts';
import * as given from './snapshots.ts';

const { at, choices, noChoices } = given;
const id = 'people.formerApplication';
const old: KeptApplication = { appId: 'old', applicationId: 'old-app', servicePrincipalId: 'old-sp' };
const principal = { ...given.principal, id: 'old-sp', appId: 'old', displayName: 'Kiro by hand' };
const groupThere = { ...given.assignment, id: 'o1' };
const alan = 'a0a0a0a0-0000-4000-8000-000000000003';
const personThere = {
  ...given.assignment,
  id: 'o2',
  principalId: alan,
  principalDisplayName: 'Alan',
  principalType: 'User',
};

function withFormer(snapshot: Snapshot, assignments: readonly AppRoleAssignment[]): Snapshot {
  return {
    ...snapshot,
    kept: { ...snapshot.kept, formerApplication: old },
    former: known({ principal, assignments }, at),
  };
}
const finding = (snapshot: Snapshot) => findings(snapshot).find((one) => one.id === id);
const ids = ({ changes }: Plan) => changes.map((change) => change.id);
const wrong: Snapshot = {
  ...given.assigned,
  application: known({ ...given.configuredApplication, applicationTemplateId: null }, at),
};

describe('an application made under App registrations', () => {
  it('gets a right one beside it by step 1, which is asked for no more then', () => {
    const plan = makePlan(wrong, 1, choices);
    assert.deepEqual(ids(plan), ['application.create']);
    const { snapshot, made } = applied(wrong, 1, choices);
    assert.equal(made.length, 1);
    assert.deepEqual(makePlan(snapshot, 1, choices).changes, []);
  });

  it('is remembered as the former one, with nothing ticked about it', () => {
    const { application } = wrong.kept;
    const next = { ...old, applicationId: 'new' };
    const kept = turnedTo(wrong.kept, next, wrong);
    assert.deepEqual([kept.application, kept.formerApplication], [next, application]);
    assert.equal(kept.ticks.profile, undefined);
    assert.equal(kept.ticks.tokenCount, wrong.kept.ticks.tokenCount);
    // Taken back, the connection is about it again.
    assert.deepEqual(withoutApplication(kept).application, application);
    assert.equal(withoutApplication(kept).formerApplication, undefined);
    // As when it is chosen again.
    assert.equal(turnedTo(kept, application!, wrong).formerApplication, undefined);
  });

  it('is not what another choice of the admin leaves behind', () => {
    assert.equal(turnedTo(given.healthy.kept, old, given.healthy).formerApplication, undefined);
    assert.equal(turnedTo(given.healthy.kept, old, undefined).formerApplication, undefined);
    assert.deepEqual(turnedTo(given.blank.kept, old, given.blank), { ...given.blank.kept, application: old });
    assert.equal(withoutApplication(given.healthy.kept).application, undefined);
  });
});

describe('people of a former application', () => {
  it('are assigned to the new one by its own row, groups as ever, and stay assigned there', () => {
    const snapshot = withFormer(given.provisioned, [groupThere, personThere]);
    assert.equal(finding(snapshot)?.action?.kind, 'applyAlone');
    assert.ok(!ids(makePlan(snapshot, 5, noChoices)).some((one) => one.startsWith('people.assign.')));
    const { made, snapshot: after } = applied(snapshot, 5, noChoices, [id]);
    assert.deepEqual(
      made.map((change) => change.id),
      [`people.assign.${given.groupId}`, `people.assign.person.${alan}`],
    );
    assert.equal(finding(after)?.status, 'waiting');
    assert.deepEqual(makePlan(after, 5, noChoices, [id]).changes, []);
  });

  it('are assigned neither while a job would push them with wrong settings, nor without a role', () => {
    const running = { job: known(given.runningJob, at), schema: known(given.defaultSchema, at) };
    for (const assignments of [[groupThere], [personThere]]) {
      const pushing = withFormer({ ...given.provisioned, ...running }, assignments);
      const roleless = withFormer(
        { ...given.provisioned, servicePrincipal: known({ ...given.principal, appRoles: [] }, at) },
        assignments,
      );
      for (const snapshot of [pushing, roleless]) {
        const plan = makePlan(snapshot, 5, noChoices, [id]);
        assert.deepEqual([plan.changes, plan.blockedBy.length], [[], 1]);
      }
    }
  });

  it('are taken off it only when the profile has the new ID and Kiro has everybody', () => {
    const moved = withFormer(given.healthy, [groupThere]);
    assert.deepEqual(ids(makePlan(moved, 5, noChoices, [id])), ['people.former.o1']);
    const { tokenCount = at } = moved.kept.ticks;
    const ticks = { tokenCount };
    const early: readonly Snapshot[] = [
      { ...moved, kept: { ...moved.kept, ticks } },
      { ...moved, scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at) },
      { ...moved, scim: given.blank.scim },
      // Assigned directly on both sides, and not in Kiro.
      withFormer(
        {
          ...given.healthy,
          assignments: known([given.assignment, { ...personThere, id: 'n2' }], at),
        },
        [personThere],
      ),
    ];
    for (const snapshot of early) {
      assert.deepEqual(makePlan(snapshot, 5, noChoices, [id]).changes, []);
      assert.equal(finding(snapshot)?.status, 'waiting');
    }
  });

  it('come back by what is kept of a removal', () => {
    const [change] = makePlan(withFormer(given.healthy, [groupThere]), 5, noChoices, [id]).changes;
    const [inverse] = [change?.inverse ?? []].flat();
    assert.deepEqual(
      [inverse?.method, inverse?.path],
      ['POST', '/servicePrincipals/old-sp/appRoleAssignedTo'],
    );
  });

  it('are no matter any more once nobody is assigned to it, or it is deleted, or there is none', () => {
    assert.equal(finding(withFormer(given.healthy, []))?.status, 'met');
    const deleted = { ...withFormer(given.healthy, []), former: known(undefined, at) };
    assert.equal(finding(deleted), undefined);
    assert.equal(finding(given.healthy), undefined);
  });

  it('who are members of an assigned group here need nothing', () => {
    const joined = { ...given.ada, id: alan, userPrincipalName: 'alan@contoso.com' };
    const snapshot = withFormer(
      {
        ...given.assigned,
        groups: known([{ ...given.group, members: [...given.group.members, joined] }], at),
      },
      [personThere],
    );
    assert.notEqual(finding(snapshot)?.status, 'unmet');
  });

  it('are not told of while they could not be read', () => {
    const blind = { ...withFormer(given.healthy, []), former: given.blank.assignments };
    assert.equal(finding(blind as Snapshot)?.status, 'unknown');
  });
});
