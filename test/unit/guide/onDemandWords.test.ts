import assert from 'node:assert/strict';
import {
  countOutcomes,
  onDemandHeadline,
  resultFor,
  type OnDemandReport,
} from '../../../src/guide/onDemandWords.ts';
import { callsFor, sortMembers } from '../../../src/guide/onDemand.ts';
import { text } from '../../../src/guide/text.ts';
import { reportText } from '../../../src/ui/provision/reportText.ts';
import { format } from '../../../src/guide/text.ts';
import { ada, grace } from './snapshots.ts';

describe('what became of people who were provisioned on demand', () => {
  it('is pushed, skipped or failed, each with its reason', () => {
    const outcomes = [
      resultFor(ada, { result: 'success', action: 'Create' }),
      resultFor(ada, { result: 'success', action: 'Disable' }),
      resultFor(ada, { result: 'skipped', errorCode: 'RedundantExport' }),
      resultFor(ada, { result: 'skipped', errorCode: 'NotEffectivelyEntitled' }),
      resultFor(ada, { result: 'failure', errorCode: 'Unauthorized', message: 'no' }),
      resultFor(ada, { result: 'failure', message: 'Something else.' }),
    ];
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['pushed', 'skipped', 'skipped', 'skipped', 'failed', 'failed'],
    );
    assert.ok(outcomes[3]?.cure && outcomes[4]?.cure);
    assert.match(format(outcomes[5]?.said ?? text('')), /Something else/);
    assert.deepEqual(countOutcomes(outcomes), { pushed: 1, skipped: 3, failed: 2 });
  });

  it('takes nested groups, devices and disabled accounts out beforehand', () => {
    const { people, leftOut } = sortMembers([
      ada,
      { ...grace, accountEnabled: false },
      { id: 'group', type: 'group', displayName: 'Inner' },
      { id: 'device', type: 'other', displayName: 'Laptop' },
    ]);
    assert.deepEqual(
      people.map(({ id }) => id),
      [ada.id],
    );
    assert.equal(leftOut.length, 3);
    assert.equal(callsFor(11), 3);
  });

  it('is told by name, those who failed first, with the cure and how many are left', () => {
    const report: OnDemandReport = {
      target: { kind: 'group', group: { id: 'g', displayName: 'Kiro users' } },
      results: [
        resultFor(ada, { result: 'success' }),
        resultFor(grace, { result: 'failure', errorCode: 'Unauthorized' }),
      ],
      left: 7,
      ended: 'cancelled',
    };
    const said = reportText(report, 0, (one) => format(one));
    assert.ok(said.indexOf('Grace Hopper') < said.indexOf('Ada Lovelace'));
    assert.match(said, /Unauthorized/);
    assert.match(format(onDemandHeadline(report)), /7/);
  });
});
