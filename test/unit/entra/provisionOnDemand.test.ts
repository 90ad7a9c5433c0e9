import assert from 'node:assert/strict';
import { parseProvisionOnDemand } from '../../../src/entra/provisionOnDemand.ts';

const step = (name: string, status: string) => ({
  name,
  type: 'Export',
  status,
  description: `${name} of a@b.c`,
});

describe('parseProvisionOnDemand', () => {
  it('reads the documented shape, a result and one report in strings', () => {
    const skipped = parseProvisionOnDemand({
      key: '{"result":"Skipped","details":{"errorCode":"RedundantExport","errorMessage":"Already match."}}',
      value: JSON.stringify({ provisioningSteps: [step('EntrySynchronizationSkip', 'Skipped')] }),
    });
    assert.deepEqual(skipped, {
      result: 'skipped',
      errorCode: 'RedundantExport',
      message: 'Already match.',
      steps: [
        {
          name: 'EntrySynchronizationSkip',
          status: 'Skipped',
          description: 'EntrySynchronizationSkip of a@b.c',
        },
      ],
    });
    const success = parseProvisionOnDemand({ key: '{"result":"Success","details":{}}', value: '{}' });
    assert.deepEqual(success, { result: 'success', steps: [] });
  });

  it('reads the older shape, where the key names a type and the value lists reports', () => {
    const key = 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo';
    const of = (...steps: object[]) =>
      parseProvisionOnDemand({ key, value: JSON.stringify([{ provisioningSteps: steps }]) }).result;
    assert.equal(of(step('EntryImport', 'Success'), step('EntryExportAdd', 'Success')), 'success');
    assert.equal(of(step('EntryImport', 'Success'), step('EntryExportAdd', 'Failure')), 'failure');
    assert.equal(of(step('EntryImport', 'Success'), step('EntrySynchronizationSkip', 'Skipped')), 'skipped');
    assert.equal(of(step('EntryImport', 'Success')), 'failure');
  });

  it('never takes for a success what does not say so', () => {
    const odd: unknown[] = [
      undefined,
      null,
      '',
      'Bad gateway',
      [],
      {},
      { key: '{}', value: '{}' },
      { key: '{"result":7}' },
    ];
    for (const body of [
      ...odd,
      { key: '{"result":"Succeeded"}' },
      { key: '{"result":"Failure"}', value: 'x' },
    ]) {
      assert.equal(parseProvisionOnDemand(body).result, 'failure', JSON.stringify(body));
    }
    assert.equal(parseProvisionOnDemand('Bad gateway').message, 'Bad gateway');
    assert.equal(parseProvisionOnDemand({ key: 'Not entitled' }).message, 'Not entitled');
  });
});
