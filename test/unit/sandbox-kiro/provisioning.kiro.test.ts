import assert from 'node:assert/strict';
import { attributeSource } from '../../../src/sandbox/graph/synchronization/mappings.ts';
import { createScimApp } from '../../../src/sandbox/scim/server.ts';
import type { KiroProfile } from '../../../src/sandbox/state.ts';
import { withProfile } from './fixture.ts';
import { CYCLE, principal, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import type { Json } from './scimStub.ts';

describe('sandbox provisioning: to Kiro', () => {
  let setup: Setup;
  let kiro: KiroProfile;
  beforeEach(async () => {
    setup = await setUp();
    const authorization = `Bearer ${withProfile(setup.state)}`;
    kiro = setup.state.kiro.profile!;
    const scim = createScimApp(setup.state);
    // The stub only records: Kiro's own endpoint answers.
    setup.stub.answer = async ({ method, path, body }) =>
      scim.request(new URL(`http://kiro.test/${kiro.scimTenant}/scim/v2${path}`), {
        method,
        headers: { authorization, 'content-type': 'application/scim+json' },
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(body) }),
      });
  });
  afterEach(() => setup.stub.close());

  /** The guide's edits: externalId from objectId, and away with what Kiro does not support. */
  function repairMappings(): void {
    const mapping = setup.mapping('User');
    mapping.attributeMappings = mapping.attributeMappings.filter(
      (one) => !/enterprise|phoneNumbers/.test(String(one['targetAttributeName'])),
    );
    setup.attribute('externalId')['source'] = attributeSource('objectId');
  }
  const inKiro = (): unknown[][] =>
    [...kiro.users.values()].map((one) => [one.resource['externalId'], one.active]);
  const groupMembers = (): string[] => [...kiro.groups.values()].flatMap((one) => [...one.members]);

  it('validates, and pushes one person whose externalId is the object id', async () => {
    repairMappings();
    await setup.provisioning.validateCredentials(principal, {
      templateId: 'scim',
      useSavedCredentials: true,
    });
    const { key, value } = await setup.onDemand(setup.user(1).id);
    assert.equal(key['result'], 'Success');
    const [made] = [...kiro.users.values()];
    const { externalId, displayName, name, active } = made!.resource;
    assert.deepEqual([externalId, displayName, active], [setup.user(1).id, 'Person 1', true]);
    assert.equal((name as Json)['formatted'], 'Person Number 1');
    assert.equal((value['targetIdentity'] as Json)['id'], made!.id);
    assert.equal((await setup.onDemand(setup.user(1).id)).key.details?.['errorCode'], 'RedundantExport');
  });

  it('says inside a 200 what the target refused, with the default mappings', async () => {
    const { key, value } = await setup.onDemand(setup.user(1).id);
    assert.equal(key['result'], 'Failure');
    assert.equal(key.details?.['errorCode'], 'SystemForCrossDomainIdentityManagementBadRequest');
    assert.match(String(key.details?.['errorMessage']), /Request is unparsable/);
    assert.doesNotMatch(JSON.stringify(value), /token-for-tests/);
    assert.equal(kiro.users.size, 0);
  });

  it('pushes a group with its members on demand, though Kiro never shows them', async () => {
    repairMappings();
    const { group, user } = setup;
    const { key } = await setup.onDemand(group.id, 'Group', [user(1).id, user(2).id]);
    assert.equal(key['result'], 'Success');
    const ids = [...kiro.users.keys()];
    assert.deepEqual(setup.stub.operations('/Groups'), [
      { op: 'Add', path: 'members', value: ids.map((value) => ({ $ref: null, value })) },
    ]);
    assert.deepEqual(groupMembers(), ids);
    const again = await setup.onDemand(group.id, 'Group', [user(1).id]);
    assert.equal(again.key.details?.['errorCode'], 'RedundantExport');
  });

  it('follows by the clock who comes, changes and goes', async () => {
    repairMappings();
    const { user, group } = setup;
    await setup.firstCycle();
    assert.deepEqual(inKiro(), [
      [user(1).id, true],
      [user(2).id, true],
    ]);
    user(1).displayName = 'Ada';
    user(2).accountEnabled = false;
    group.members.add(user(3).id);
    await setup.nextCycle();
    assert.deepEqual(inKiro(), [
      [user(1).id, true],
      [user(2).id, false],
      [user(3).id, true],
    ]);
    assert.equal(groupMembers().length, 3);
    group.members.delete(user(1).id);
    await setup.nextCycle();
    assert.deepEqual(inKiro()[0], [user(1).id, false]);
    assert.equal(groupMembers().length, 2);
    group.members.add(user(1).id);
    await setup.nextCycle();
    assert.deepEqual(inKiro()[0], [user(1).id, true]);
    setup.unassign(group.id);
    await setup.nextCycle();
    assert.equal(kiro.groups.size, 0);
    assert.ok(inKiro().every(([, active]) => active === false));
  });

  it('keeps to one person the failure of a second externalId', async () => {
    repairMappings();
    const { user } = setup;
    kiro.users.set('old', {
      id: 'old',
      active: true,
      resource: { userName: user(1).userPrincipalName, externalId: 'person1', active: true },
    });
    await setup.firstCycle();
    assert.equal(setup.execution()['countEscrowed'], 1);
    assert.ok(inKiro().some(([id]) => id === user(2).id));
    const failures = () => setup.rows((row) => row.provisioningStatusInfo.status === 'failure');
    assert.match(JSON.stringify(failures()[0]), /mutability validation/);
    await setup.state.clock.advance(4 * CYCLE);
    assert.equal(failures().length, 3, 'after 40 and after 80 more minutes');
  });

  it('reaches nothing but loopback', async () => {
    const credentials = [
      { key: 'BaseAddress', value: 'https://scim.us-east-1.amazonaws.com/x/scim/v2' },
      { key: 'SecretToken', value: 'x' },
    ];
    await assert.rejects(
      setup.provisioning.validateCredentials(principal, { templateId: 'scim', credentials }),
      /could not be resolved/,
    );
  });
});
