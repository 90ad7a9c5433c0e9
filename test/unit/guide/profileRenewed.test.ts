import assert from 'node:assert/strict';
import { findings } from '../../../src/guide/findings.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import { known, valueOf, type Snapshot, type SynchronizationJob } from '../../../src/guide/snapshot.ts';
import { applied, bodyOf } from './simulate.ts';
import * as given from './snapshots.ts';

const { at, noChoices, healthy } = given;
const minute = 60_000;
const id = 'provisioning.profileRenewed';
const newEndpoint = 'https://scim.us-east-1.amazonaws.com/new-456/scim/v2';

const finding = (snapshot: Snapshot) => findings(snapshot).find((one) => one.id === id);

/** A job that ran well some time ago, holds two people for provisioned and has failed with both since. */
const remembering: SynchronizationJob = {
  ...given.runningJob,
  status: {
    ...given.runningJob.status,
    lastExecution: { ...given.runningJob.status.lastExecution!, state: 'EntryLevelErrors', countEscrowed: 2 },
    lastSuccessfulExecution: {
      ...given.runningJob.status.lastSuccessfulExecution!,
      timeEnded: new Date(at - 60 * minute).toISOString(),
    },
    synchronizedEntryCountByType: [{ key: 'User', value: 2 }],
  },
};
const empty = known({ users: [], groups: [] }, at);
const kiroGroup = { id: 'g', displayName: given.group.displayName, externalId: given.groupId };

/** The new endpoint is saved in Entra already. */
const linksKept: Snapshot = {
  ...healthy,
  job: known(remembering, at),
  scim: empty,
  journal: { pushed: [] },
};
/** The new endpoint is entered here, and Entra still sends to the old one. */
const oldEndpoint: Snapshot = {
  ...linksKept,
  job: known(given.runningJob, at),
  secrets: known(
    valueOf(healthy.secrets)!.map((one) =>
      one.key === 'BaseAddress' ? { ...one, value: newEndpoint.replace('new-456', 'old-123') } : one,
    ),
    at,
  ),
};
const withCounts = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  job: known(
    {
      ...valueOf(snapshot.job)!,
      status: { ...valueOf(snapshot.job)!.status, synchronizedEntryCountByType: [{ key: 'User', value: 2 }] },
    },
    at,
  ),
});

describe('a profile made again', () => {
  it('shows where nobody whom the job counts as provisioned is at its endpoint', () => {
    assert.equal(finding(linksKept)?.status, 'unmet');
    assert.equal(finding(linksKept)?.peopleAffected, true);
  });

  it('shows where Entra still sends to the old endpoint', () => {
    assert.equal(finding(withCounts(oldEndpoint))?.status, 'unmet');
  });

  it('is not made up of people who are there, a group that is there, a first run, or a Kiro that was not read', () => {
    const job = known(given.stoppedJob, at);
    for (const innocent of [
      healthy,
      { ...linksKept, scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at) },
      { ...linksKept, scim: known({ users: [], groups: [kiroGroup] }, at) },
      { ...linksKept, job },
      // Another group was assigned in place of theirs, and the next cycle is still to come.
      {
        ...linksKept,
        scim: known({ users: [given.inKiro({ ...given.ada, id: given.groupId })], groups: [] }, at),
      },
      // The job counts nobody: who only failed was never there.
      {
        ...linksKept,
        job: known(
          { ...remembering, status: { ...remembering.status, synchronizedEntryCountByType: [] } },
          at,
        ),
      },
      {
        ...linksKept,
        scim: known({ users: [{ ...given.inKiro(given.ada), externalId: 'ada' }], groups: [] }, at),
      },
      { ...linksKept, scim: given.blank.scim },
    ])
      assert.notEqual(finding(innocent)?.status, 'unmet');
  });

  it('is not told of a job that ended well a moment ago, whose people Kiro may not list yet', () => {
    const run = { ...given.runningJob.status.lastExecution!, timeEnded: new Date(at - minute).toISOString() };
    const job = {
      ...given.runningJob,
      status: {
        ...remembering.status,
        lastExecution: run,
        lastSuccessfulExecution: run,
      },
    };
    assert.equal(finding({ ...linksKept, job: known(job, at) })?.status, 'met');
  });

  it('is told at once where that run sent nobody, or the endpoint was saved after it', () => {
    const ended = new Date(at - minute).toISOString();
    const run = { ...given.runningJob.status.lastExecution!, timeEnded: ended };
    const job = (countExported: number): SynchronizationJob => ({
      ...remembering,
      status: {
        ...remembering.status,
        lastExecution: { ...run, countExported },
        lastSuccessfulExecution: { ...run, countExported },
      },
    });
    assert.equal(finding({ ...linksKept, job: known(job(0), at) })?.status, 'unmet');
    const journal = { ...linksKept.journal, savedAt: at };
    assert.equal(finding({ ...linksKept, job: known(job(2), at), journal })?.status, 'unmet');
  });

  it('is no longer told after the job was made to forget', () => {
    const journal = { ...linksKept.journal, linksForgottenAt: at };
    assert.equal(finding({ ...linksKept, journal })?.status, 'met');
  });

  it('is mended by stop, save, one person, and a restart that forgets everything', () => {
    const broken = withCounts(oldEndpoint);
    const { made, snapshot } = applied(broken, 4, noChoices);
    assert.deepEqual(
      made.map((change) => change.id),
      [
        'provisioning.pause',
        'provisioning.validate',
        'provisioning.secrets',
        'people.pushOne',
        'provisioning.restart',
      ],
    );
    assert.equal(made.at(-1)?.request.kind, 'graph');
    assert.deepEqual((made.at(-1)?.request as { body?: unknown }).body, {
      criteria: { resetScope: 'Full' },
    });
    assert.notEqual(finding(snapshot)?.status, 'unmet');
  });

  it('is mended from the row of the finding alone, too', () => {
    const plan = makePlan(withCounts(oldEndpoint), 4, noChoices, [id]);
    assert.deepEqual(
      plan.changes.map((change) => change.id),
      [
        'provisioning.pause',
        'provisioning.validate',
        'provisioning.secrets',
        'people.pushOne',
        'provisioning.restart',
      ],
    );
    assert.equal(bodyOf(plan, 'provisioning.restart'), undefined, 'nobody has arrived yet');
  });

  it('forgets the links all the same where Entra could not bring one person because of them', () => {
    const journal = { savedAt: at - minute, pushed: [{ objectId: given.ada.id, at, ok: false }] };
    const refused: Snapshot = { ...linksKept, journal };
    const plan = makePlan(refused, 4, noChoices, [id]);
    assert.deepEqual(
      plan.changes.map((change) => change.id),
      ['provisioning.pause', 'provisioning.restart'],
    );
    assert.deepEqual(bodyOf(plan, 'provisioning.restart'), { criteria: { resetScope: 'Full' } });
    const before = { ...journal, pushed: [{ objectId: given.ada.id, at: at - 2 * minute, ok: false }] };
    const again = makePlan({ ...linksKept, journal: before }, 4, noChoices, [id]);
    assert.equal(bodyOf(again, 'provisioning.restart'), undefined);
  });

  it('stops no job that is not started again: without provisioning on demand a person does it all', () => {
    const cloud = { ...linksKept.cloud, lacks: ['provisionOnDemand' as const] };
    const limited = { ...linksKept, cloud };
    assert.equal(finding(limited)?.status, 'manual');
    assert.deepEqual(makePlan(limited, 4, noChoices, [id]).changes, []);
    const kept = { ...linksKept.kept, scim: { ...linksKept.kept.scim!, tokenStored: false } };
    assert.deepEqual(makePlan({ ...linksKept, kept }, 4, noChoices, [id]).changes, []);
  });

  it('goes on where it was cut off after one person had been pushed', () => {
    const cutOff: Snapshot = {
      ...linksKept,
      job: known({ ...remembering, schedule: { state: 'Paused', interval: 'PT40M' } }, at),
      scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at),
      journal: { ...linksKept.journal, pushed: [{ objectId: given.ada.id, at, ok: true }] },
    };
    for (const step of [4, 5] as const)
      assert.deepEqual(bodyOf(makePlan(cutOff, step, noChoices), 'provisioning.restart'), {
        criteria: { resetScope: 'Full' },
      });
  });
});
