import assert from 'node:assert/strict';
import { daysLeft, jobWords, progressOf } from '../../../src/guide/jobWords.ts';
import { findings } from '../../../src/guide/findings.ts';
import { known, type SynchronizationJob } from '../../../src/guide/snapshot.ts';
import { format } from '../../../src/guide/text.ts';
import * as given from './snapshots.ts';

const { at, runningJob, quarantinedJob, stoppedJob } = given;
const minute = 60_000;
const day = 24 * 60 * minute;
const iso = (moment: number): string => new Date(moment).toISOString();

const never = '0001-01-01T00:00:00Z';
/** As Graph shows a job between its start and its first cycle. */
const started: SynchronizationJob = {
  ...runningJob,
  status: {
    ...runningJob.status,
    code: 'NotRun',
    lastSuccessfulExecution: null,
    lastExecution: {
      state: 'Failed',
      timeBegan: never,
      timeEnded: never,
      error: { code: 'None', message: '' },
      countExported: 0,
    },
  },
};

function withExecution(change: object): SynchronizationJob {
  const { lastExecution } = runningJob.status;
  assert.ok(lastExecution);
  return { ...runningJob, status: { ...runningJob.status, lastExecution: { ...lastExecution, ...change } } };
}

function inQuarantine(change: object): SynchronizationJob {
  const { quarantine } = quarantinedJob.status;
  assert.ok(quarantine);
  return {
    ...quarantinedJob,
    status: { ...quarantinedJob.status, quarantine: { ...quarantine, ...change } },
  };
}

const factsOf = (job: SynchronizationJob): string =>
  jobWords(job, at)
    .facts.map(({ name, value }) => `${format(name)}: ${format(value)}`)
    .join('\n');

describe('the provisioning job in words', () => {
  it('takes what Graph shows right after a start for no failure', () => {
    const { status, facts } = jobWords(started, at);
    assert.equal(status, 'waiting');
    assert.deepEqual(facts, []);
  });

  it('tells no job, a stopped one, a running one and one whose cycle is under way apart', () => {
    assert.equal(jobWords(undefined, at).status, 'later');
    assert.equal(jobWords(stoppedJob, at).status, 'later');
    assert.equal(jobWords(runningJob, at).status, 'met');
    assert.equal(jobWords(withExecution({ timeEnded: never }), at).status, 'waiting');
  });

  it('says how far a cycle is, only while one is', () => {
    const of = (completedUnits: number, totalUnits: number): SynchronizationJob => ({
      ...started,
      status: { ...started.status, progress: [{ units: 'Users', completedUnits, totalUnits }] },
    });
    assert.match(format(jobWords(of(30, 120), at).label), /30.*120/);
    assert.equal(progressOf(of(120, 120)), undefined);
    assert.equal(progressOf(of(0, 0)), undefined);
  });

  it('counts what the last cycle did, and who waits to be tried again', () => {
    const counted = withExecution({
      state: 'EntryLevelErrors',
      countImported: 50,
      countEntitled: 43,
      countExported: 7,
      countEscrowed: 3,
    });
    const { status, label } = jobWords(counted, at);
    assert.equal(status, 'unmet');
    assert.match(format(label), /3/);
    assert.match(factsOf(counted), /50.*43.*7/);
    assert.match(factsOf(counted), /3 people or groups/);
  });

  it('says that a cycle failed as a whole, and how often in a row', () => {
    const failed = withExecution({ state: 'Failed', error: { code: 'Timeout', message: 'no answer' } });
    assert.equal(jobWords(failed, at).status, 'failing');
    assert.match(factsOf(failed), /no answer \(Timeout\)/);
    const often = { ...failed, status: { ...failed.status, countSuccessiveCompleteFailures: 4 } };
    assert.match(format(jobWords(often, at).label), /4/);
  });

  it('gives a quarantine its reason, the next attempt and the days that are left of twenty-eight', () => {
    const job = inQuarantine({
      seriesBegan: iso(at - 10 * day),
      currentBegan: iso(at - minute),
      nextAttempt: iso(at + 90 * minute),
    });
    const { status, label, sentence, facts } = jobWords(job, at);
    assert.equal(status, 'failing');
    assert.deepEqual(label.args, [{ at: at + 90 * minute }]);
    const code = /SystemForCrossDomainIdentityManagementInvalidCredentials/;
    assert.doesNotMatch(format(sentence), code);
    assert.ok(facts.some(({ value }) => code.test(format(value))));
    assert.equal(daysLeft(job, at), 18);
    assert.equal(daysLeft(inQuarantine({ currentBegan: iso(at - 40 * day) }), at), 0);
    const overdue = jobWords(inQuarantine({ nextAttempt: iso(at - minute) }), at).label;
    assert.deepEqual(overdue.args, []);
  });

  it('is what the rows of the tree say', () => {
    const row = (job: SynchronizationJob, id: string) =>
      findings({ ...given.healthy, job: known(job, at) }).find((finding) => finding.id === id);
    assert.deepEqual(row(started, 'people.jobRunning')?.label, jobWords(started, at).label);
    assert.deepEqual(
      row(quarantinedJob, 'provisioning.quarantine')?.evidence,
      jobWords(quarantinedJob, at).sentence,
    );
  });
});
