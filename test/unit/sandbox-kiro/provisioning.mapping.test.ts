import assert from 'node:assert/strict';
import { expression, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import type { Json } from './scimStub.ts';

describe('sandbox provisioning: mappings and scoping filters', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());
  const sent = (n: number): Json | undefined =>
    [...setup.stub.users.values()].find((one) => one['userName'] === setup.user(n).userPrincipalName);
  const filter = (operatorName: string, sourceOperandName: string, ...values: string[]): Json => ({
    name: operatorName,
    clauses: [{ operatorName, sourceOperandName, targetOperand: { values } }],
  });

  it('evaluates attribute, constant and function', async () => {
    setup.attribute('nickName')['source'] = expression('ToUpper(Left([surname], 3))');
    setup.attribute('title')['source'] = { type: 'Constant', name: 'Staff', expression: '"Staff"' };
    setup.attribute('active')['source'] = expression('Not([IsSoftDeleted])');
    await setup.firstCycle();
    assert.deepEqual(
      [sent(1)?.['nickName'], sent(1)?.['title'], sent(1)?.['active']],
      ['NUM', 'Staff', true],
    );
    setup.user(1).accountEnabled = false;
    await setup.nextCycle();
    assert.equal(sent(1)?.['active'], false, 'what follows IsSoftDeleted disables');
  });

  it('sends a default value when the person is made, and not afterwards', async () => {
    setup.attribute('title')['defaultValue'] = 'Staff';
    await setup.firstCycle();
    assert.equal(sent(1)?.['title'], 'Staff');
    sent(1)!['title'] = 'changed at the target';
    setup.user(1).displayName = 'Ada';
    await setup.nextCycle();
    assert.equal(sent(1)?.['title'], 'changed at the target');
  });

  it('sends ObjectAddOnly at creation only, and AttributeAddOnly while the target has nothing', async () => {
    setup.attribute('displayName')['flowType'] = 'ObjectAddOnly';
    setup.attribute('title')['flowType'] = 'AttributeAddOnly';
    await setup.firstCycle();
    setup.user(1).displayName = 'Ada';
    setup.user(1).jobTitle = 'Countess';
    await setup.nextCycle();
    assert.deepEqual([sent(1)?.['displayName'], sent(1)?.['title']], ['Person 1', 'Countess']);
    setup.user(1).jobTitle = 'Programmer';
    await setup.nextCycle();
    assert.equal(sent(1)?.['title'], 'Countess');
  });

  it('makes FlowAlways a part of every update', async () => {
    setup.attribute('displayName')['flowBehavior'] = 'FlowAlways';
    await setup.firstCycle();
    setup.user(1).jobTitle = 'Countess';
    await setup.nextCycle();
    assert.deepEqual(
      setup.stub.operations('/Users').map((one) => one['path']),
      ['displayName', 'title'],
    );
  });

  it('takes values for equal that differ in case only, unless the target is caseExact', async () => {
    await setup.firstCycle();
    setup.user(1).displayName = 'PERSON 1';
    await setup.nextCycle();
    assert.deepEqual(setup.stub.operations('/Users'), []);
    const directories = setup.job.schema['directories'] as {
      name: string;
      objects: { attributes: Json[] }[];
    }[];
    const target = directories.find((one) => one.name === 'customappsso')!;
    const attributes = target.objects.flatMap((one) => one.attributes);
    for (const one of attributes) if (one['name'] === 'displayName') one['caseExact'] = true;
    setup.user(1).displayName = 'PERSON ONE';
    await setup.nextCycle();
    assert.equal(sent(1)?.['displayName'], 'PERSON ONE');
  });

  it('passes only whom one group of clauses lets through, and disables who drops out', async () => {
    setup.mapping('User').scope = {
      groups: [filter('EQUALS', 'department', 'Sales'), filter('ENDS_WITH', 'surname', '1')],
    };
    await setup.firstCycle();
    assert.deepEqual([Boolean(sent(1)), Boolean(sent(2))], [true, false]);
    setup.user(2).department = 'Sales';
    setup.user(1).surname = 'Lovelace';
    await setup.nextCycle();
    assert.deepEqual([sent(1)?.['active'], sent(2)?.['active']], [false, true]);
  });

  it('says of someone whom the filter keeps out that it did', async () => {
    setup.mapping('User').scope = { groups: [filter('IS NULL', 'department')] };
    const { key, value } = await setup.onDemand(setup.user(1).id);
    assert.equal(key.details?.['errorCode'], 'EntrySynchronizationSkipped');
    const scoping = value.provisioningSteps?.find((one) => one['type'] === 'Scoping');
    assert.equal((scoping?.['details'] as Json)['Scoping filter evaluation passed'], 'False');
  });

  it('filters groups, and keeps to the groups of a group filter', async () => {
    setup.mapping('Group').scope = { groups: [filter('NOT EQUALS', 'displayName', 'Kiro users')] };
    await setup.firstCycle();
    assert.deepEqual([setup.stub.groups.size, setup.stub.users.size], [0, 2]);
    const other = await setUp();
    const [rule] = other.job.schema['synchronizationRules'] as Json[];
    rule!['groupFilter'] = { includedGroups: ['99999999-0000-4000-8000-000000000000'] };
    await other.firstCycle();
    assert.equal(other.stub.users.size, 0);
    await other.stub.close();
  });

  it('does not follow nested groups, mail-only groups, nor groups without P1', async () => {
    setup.group.members.add('00000000-0000-4000-9000-000000000002');
    setup.group.securityEnabled = false;
    await setup.firstCycle();
    assert.equal(setup.stub.users.size, 0);
    setup.group.securityEnabled = true;
    setup.state.tenant.premium = false;
    await setup.nextCycle();
    assert.equal(setup.stub.users.size, 0);
    setup.assign(setup.user(3).id, 'User');
    await setup.nextCycle();
    assert.equal(setup.stub.users.size, 1, 'a person assigned directly needs no licence');
  });

  it('leaves out users or groups whose mapping is switched off', async () => {
    setup.mapping('Group').enabled = false;
    await setup.firstCycle();
    assert.deepEqual([setup.stub.groups.size, setup.stub.users.size], [0, 2]);
  });
});
