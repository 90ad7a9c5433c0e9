import assert from 'node:assert/strict';
import { findings } from '../../../src/guide/findings.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import { known, type Snapshot } from '../../../src/guide/snapshot.ts';
import { format } from '../../../src/guide/text.ts';
import { bodyOf } from './simulate.ts';
import * as given from './snapshots.ts';

const { at, noChoices } = given;
const day = 86_400_000;

function quarantined(reason: string, code = reason): Snapshot {
  const { quarantine } = given.quarantinedJob.status;
  const status = {
    ...given.quarantinedJob.status,
    quarantine: {
      ...quarantine!,
      reason,
      error: { code, message: '' },
      currentBegan: new Date(at - 3 * day).toISOString(),
      nextAttempt: new Date(at + day / 2).toISOString(),
    },
  };
  return {
    ...given.healthy,
    job: known({ ...given.quarantinedJob, status }, at),
    // The token was made right and accepted after the quarantine began.
    journal: {
      ...given.healthy.journal,
      savedAt: at - day,
      lastValidation: { at: at - day, ok: true, endpoint: given.endpoint },
    },
  };
}

const resetOf = (snapshot: Snapshot): unknown =>
  bodyOf(makePlan(snapshot, 4, noChoices), 'provisioning.restart');
const blockedIn = (snapshot: Snapshot, step: 4 | 5): readonly string[] =>
  makePlan(snapshot, step, noChoices).blockedBy.map(({ requirement }) => requirement);
const stranger = { ...given.ada, id: 'a0a0a0a0-0000-4000-8000-00000000000f' };
const withStranger = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  scim: known({ users: [...given.group.members, stranger].map((one) => given.inKiro(one)), groups: [] }, at),
});

describe('restart out of quarantine', () => {
  it('goes on where it stopped when only the token was refused', () => {
    assert.deepEqual(resetOf(quarantined('EncounteredQuarantineException')), {
      criteria: { resetScope: 'QuarantineState, Escrows' },
    });
  });

  for (const reason of ['EncounteredEscrowProportionThreshold', 'EncounteredBaseEscrowThreshold', 'Unknown'])
    it(`tries everyone again after ${reason}`, () => {
      assert.deepEqual(resetOf(quarantined(reason)), {
        criteria: { resetScope: 'QuarantineState, Escrows, Watermark' },
      });
    });

  it('forgets the links too where they are those of another profile', () => {
    const snapshot = quarantined('EncounteredEscrowProportionThreshold');
    const { lastExecution, lastSuccessfulExecution } = given.runningJob.status;
    const job = (snapshot.job as { value: typeof given.quarantinedJob }).value;
    const status = {
      ...job.status,
      lastExecution: { ...lastExecution!, countEscrowed: 2 },
      lastSuccessfulExecution: {
        ...lastSuccessfulExecution!,
        timeEnded: new Date(at - 60 * 60_000).toISOString(),
      },
      synchronizedEntryCountByType: [{ key: 'User', value: 2 }],
    };
    const renewed = {
      ...snapshot,
      job: known({ ...job, status }, at),
      scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at),
      journal: { ...snapshot.journal, pushed: [{ objectId: given.ada.id, at, ok: true }] },
    };
    assert.deepEqual(resetOf(renewed), { criteria: { resetScope: 'Full' } });
  });

  it('waits while people would still be removed, and comes when they are assigned again', () => {
    const tooMany = quarantined('TooManyDeletes');
    assert.equal(resetOf(withStranger(tooMany)), undefined);
    assert.ok(blockedIn(withStranger(tooMany), 4).includes('provisioning.quarantine'));
    assert.ok(blockedIn(withStranger(tooMany), 5).includes('people.jobRunning'));
    assert.deepEqual(resetOf(tooMany), { criteria: { resetScope: 'QuarantineState, Escrows, Watermark' } });
  });

  it('holds nobody for leaving whom Entra did not make, or where it is not known who is assigned', () => {
    const tooMany = withStranger(quarantined('TooManyDeletes'));
    const scim = known(
      {
        users: [
          given.inKiro(given.ada),
          { ...given.inKiro(stranger), externalId: 'guest', userName: 'guest@x.org' },
        ],
        groups: [],
      },
      at,
    );
    assert.notEqual(resetOf({ ...tooMany, scim }), undefined);
    assert.ok(blockedIn(tooMany, 4).includes('provisioning.quarantine'));
    const words = JSON.stringify(
      findings({ ...tooMany, groups: given.blank.groups }).find(({ id }) => id === 'provisioning.quarantine')
        ?.remedy,
    );
    assert.ok(!words.includes('still remove'));
  });

  it('never forces removals', () => {
    for (const reason of ['TooManyDeletes', 'Unknown', 'IngestionInterrupted'])
      assert.doesNotMatch(JSON.stringify(resetOf(quarantined(reason)) ?? ''), /ForceDeletes/);
  });

  it('is left to Microsoft where Microsoft stopped the job', () => {
    assert.equal(resetOf(quarantined('QuarantinedOnDemand')), undefined);
    assert.ok(blockedIn(quarantined('QuarantinedOnDemand'), 4).includes('provisioning.quarantine'));
  });

  it('is told with the reason, the next attempt and the days that are left', () => {
    const finding = findings(quarantined('EncounteredEscrowProportionThreshold')).find(
      ({ id }) => id === 'provisioning.quarantine',
    );
    assert.ok(finding);
    assert.match(format(finding.evidence), /\b25\b/);
    assert.match(JSON.stringify(finding.label), new RegExp(String(at + day / 2)));
  });
});
