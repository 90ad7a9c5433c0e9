import assert from 'node:assert/strict';
import { ProvisioningError } from '../../../src/sandbox/provisioning/types.ts';
import { principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';

describe('sandbox provisioning: on demand', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());

  it('answers in JSON strings, with the steps import, scoping, matching and export', async () => {
    const { key, value } = await setup.onDemand(setup.user(1).id);
    assert.deepEqual(key, { result: 'Success', details: {} });
    assert.deepEqual(
      value.provisioningSteps?.map((step) => [step['name'], step['type'], step['status']]),
      [
        ['EntryImport', 'Import', 'Success'],
        ['EntrySynchronizationScoping', 'Scoping', 'Success'],
        ['EntryImport', 'Matching', 'Success'],
        ['EntryExportAdd', 'Export', 'Success'],
      ],
    );
    assert.equal(value['action'], 'Create');
    assert.deepEqual((value['targetSystem'] as { displayName: string }).displayName, 'customappsso');
    const again = await setup.onDemand(setup.user(1).id);
    assert.equal(again.key['result'], 'Skipped');
    assert.equal(again.key.details?.['errorCode'], 'RedundantExport');
  });

  it('answers in its other historic shape when told', async () => {
    setup.provisioning.behaviour({ onDemandShape: 'B' });
    const ruleId = String((setup.job.schema['synchronizationRules'] as { id: string }[])[0]?.id);
    const subjects = [{ objectId: setup.user(1).id, objectTypeName: 'User' }];
    const answer = await setup.provisioning.provisionOnDemand(principal, [{ ruleId, subjects }]);
    assert.equal(answer.key, 'Microsoft.Identity.Health.CPP.Common.DataContracts.SyncFabric.StatusInfo');
    const value = JSON.parse(answer.value) as { provisioningSteps: unknown[] }[];
    assert.equal(value[0]?.provisioningSteps.length, 4);
  });

  it('tells a failure inside, also when the credentials are refused', async () => {
    setup.stub.answer = () => new Response('{}', { status: 401 });
    const { key, value } = await setup.onDemand(setup.user(1).id);
    assert.equal(key['result'], 'Failure');
    assert.equal(
      key.details?.['errorCode'],
      'SystemForCrossDomainIdentityManagementCredentialValidationFailure',
    );
    assert.equal((value['statusInfo'] as { status: string }).status, 'Failure');
    assert.equal(setup.job.status['code'], 'Paused', 'the job is as it was');
  });

  it('skips who is not assigned, and disables who was', async () => {
    const { key } = await setup.onDemand(setup.user(3).id);
    assert.deepEqual([key['result'], key.details?.['errorCode']], ['Skipped', 'NotEffectivelyEntitled']);
    assert.equal(setup.stub.requests.length, 0);
    await setup.onDemand(setup.user(1).id);
    setup.unassign(setup.group.id);
    const gone = await setup.onDemand(setup.user(1).id);
    assert.equal(gone.value['action'], 'Disable');
  });

  it('takes one group with five members at most, and only direct ones', async () => {
    const two = [setup.user(1).id, setup.user(2).id];
    const { key } = await setup.onDemand(setup.group.id, 'Group', [...two, setup.user(3).id]);
    assert.equal(key['result'], 'Success');
    assert.equal(setup.stub.users.size, 2);
    await assert.rejects(
      setup.onDemand(setup.group.id, 'Group', [...two, ...two, ...two]),
      (error) => error instanceof ProvisioningError && error.status === 400,
    );
    await assert.rejects(
      setup.onDemand('99999999-0000-4000-8000-000000000000'),
      (error) => error instanceof ProvisioningError && error.status === 404,
    );
  });

  it('always looks people up by the matching attribute', async () => {
    await setup.firstCycle();
    setup.stub.users.clear();
    const { value } = await setup.onDemand(setup.user(1).id);
    assert.equal(value['action'], 'Create');
    assert.equal(setup.stub.users.size, 1);
  });
});
