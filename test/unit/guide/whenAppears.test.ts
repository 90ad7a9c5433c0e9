import assert from 'node:assert/strict';
import { personChain } from '../../../src/guide/diagnosis/personChain.ts';
import { findings } from '../../../src/guide/findings.ts';
import { known, unknown, type Snapshot, type SynchronizationJob } from '../../../src/guide/snapshot.ts';
import { cycleGrace, nextCycle } from '../../../src/guide/steps/nextCycle.ts';
import { format, text } from '../../../src/guide/text.ts';
import { whenAppears } from '../../../src/guide/whenAppears.ts';
import * as given from './snapshots.ts';

const { at, ada, grace } = given;
const minute = 60_000;
const hour = 60 * minute;

/** The job's last cycle began so long ago. */
function ranAgo(milliseconds: number, snapshot: Snapshot = given.healthy): Snapshot {
  const timeBegan = new Date(at - milliseconds).toISOString();
  const { lastExecution } = given.runningJob.status;
  assert.ok(lastExecution);
  const execution = { ...lastExecution, timeBegan };
  const job: SynchronizationJob = {
    ...given.runningJob,
    status: { ...given.runningJob.status, lastExecution: execution, lastSuccessfulExecution: execution },
  };
  return { ...snapshot, job: known(job, at) };
}

const pushed = (snapshot: Snapshot, ago: number, ok = true): Snapshot => ({
  ...snapshot,
  journal: { ...snapshot.journal, pushed: [{ objectId: ada.id, at: at - ago, ok }] },
});
const missing = { id: ada.id, inKiro: false };
const there = { id: ada.id, inKiro: true };

describe('when somebody appears', () => {
  it('is with Entra’s next cycle, and the seat with Kiro’s after it', () => {
    const answer = whenAppears(ranAgo(10 * minute), missing);
    assert.equal(answer?.waitsFor, 'entraCycle');
    assert.equal(answer.until, at + 30 * minute);
    assert.deepEqual(answer.said.args, [{ at: at + 30 * minute }, { at: at + 30 * minute + 6 * hour }]);
  });

  it('never gives a time that is past: the cycle is due now, then overdue', () => {
    const due = whenAppears(ranAgo(45 * minute), missing);
    assert.equal(due?.overdue, undefined);
    assert.ok((due?.until ?? 0) > at);
    const late = whenAppears(ranAgo(61 * minute), missing);
    assert.equal(late?.overdue, true);
    assert.equal(late.until, undefined);
    assert.equal(nextCycle(ranAgo(40 * minute + cycleGrace))?.state, 'due');
    assert.equal(nextCycle(ranAgo(40 * minute + cycleGrace + 1))?.state, 'overdue');
  });

  it('is a few minutes after a push, while Kiro does not list them', () => {
    const answer = whenAppears(pushed(ranAgo(10 * minute), 2 * minute), missing);
    assert.deepEqual([answer?.waitsFor, answer?.until], ['replication', at + 8 * minute]);
    assert.equal(whenAppears(pushed(ranAgo(0), 20 * minute), missing)?.waitsFor, 'entraCycle');
    assert.equal(whenAppears(pushed(ranAgo(0), minute, false), missing)?.waitsFor, 'entraCycle');
  });

  it('is not before the job runs and is out of quarantine', () => {
    const with_ = (job: SynchronizationJob): Snapshot => ({ ...given.healthy, job: known(job, at) });
    assert.equal(whenAppears(with_(given.stoppedJob), missing)?.waitsFor, 'start');
    assert.equal(whenAppears(with_(given.quarantinedJob), missing)?.waitsFor, 'quarantine');
  });

  it('is the seat for who arrived, as long as Kiro’s cycle takes', () => {
    const open: Snapshot = {
      ...given.healthy,
      kept: { ...given.healthy.kept, ticks: { groupSubscription: at } },
    };
    const answer = whenAppears(open, { ...there, arrivedAt: at - hour });
    assert.deepEqual([answer?.waitsFor, answer?.until], ['kiroCycle', at + 5 * hour]);
    assert.equal(whenAppears(open, { ...there, arrivedAt: at - 7 * hour }), undefined);
    assert.equal(whenAppears(open, there), undefined);
    assert.equal(whenAppears(given.healthy, { ...there, arrivedAt: at - hour }), undefined);
  });

  it('stands in the answer to why somebody can’t use Kiro, where nothing is broken', () => {
    const snapshot: Snapshot = {
      ...ranAgo(10 * minute),
      scim: known({ users: [given.inKiro(grace)], groups: [] }, at),
    };
    const notRead = unknown('not-read', text('Not asked.'));
    const chain = (seen: Snapshot) =>
      personChain(
        seen,
        {
          typed: 'ada@contoso.com',
          account: known(
            {
              id: ada.id,
              displayName: ada.displayName,
              userPrincipalName: 'ada@contoso.com',
              accountEnabled: true,
              guest: false,
            },
            at,
          ),
          memberships: known({ groupIds: [given.groupId], roleTemplateIds: [] }, at),
          events: known([], at),
          records: known([], at),
          kiroGroups: notRead,
          policies: notRead,
          signIns: notRead,
        },
        findings(seen),
      );
    assert.equal(chain(snapshot).appears?.until, at + 30 * minute);
    const late = chain(ranAgo(3 * hour, snapshot));
    assert.equal(late.culprit?.status, 'broken');
    assert.equal(late.appears, undefined);
    const due = chain(ranAgo(45 * minute, snapshot));
    assert.ok(due.links.every(({ until }) => until === undefined || until > at));
  });

  it('stands in the tree without a time that is past', () => {
    const snapshot: Snapshot = {
      ...ranAgo(45 * minute),
      scim: known({ users: [given.inKiro(grace)], groups: [] }, at),
    };
    const row = findings(snapshot).find(({ id }) => id === 'people.arrived');
    assert.equal(row?.status, 'waiting');
    assert.ok((row.waiting?.until ?? 0) > at);
    assert.ok(!format(row.label).includes(format(text('{0}', { at: at - 5 * minute }))));
  });
});
