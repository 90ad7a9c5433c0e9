import assert from 'node:assert/strict';
import { setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import type { Json } from './scimStub.ts';
import { testUser } from './fixture.ts';

const flag = '?aadOptscim062020';

describe('sandbox provisioning: the dialect of the SCIM client', () => {
  let setup: Setup;
  const open = async (query = ''): Promise<void> => {
    setup = await setUp(query);
  };
  afterEach(() => setup.stub.close());

  it('tests the connection by searches for a random GUID', async () => {
    await open();
    await setup.firstCycle();
    const [user, group] = setup.stub.lines();
    assert.match(String(user), /^GET \/Users\?filter=userName eq "[0-9a-f]{8}-[0-9a-f-]{27}"$/);
    assert.match(
      String(group),
      /^GET \/Groups\?excludedAttributes=members&filter=displayName eq "[0-9a-f-]{36}"$/,
    );
  });

  it('creates people with both schemas, empty roles, real booleans and nothing that is null', async () => {
    await open();
    setup.user(1).mail = null;
    await setup.firstCycle();
    const post = setup.stub.requests.find((one) => one.method === 'POST')!;
    assert.equal(post.contentType, 'application/scim+json; charset=utf-8');
    const { schemas, active, roles, meta, emails, title } = post.body;
    assert.deepEqual(schemas, [
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    ]);
    assert.deepEqual([active, roles, meta], [true, [], { resourceType: 'User' }]);
    assert.deepEqual([emails, title], [undefined, undefined]);
    assert.doesNotMatch(JSON.stringify(post.body), /null/);
  });

  it('creates groups without members, and brings these in batches of capital Adds with $ref null', async () => {
    await open();
    for (let n = 10; n < 33; n++) {
      setup.state.tenant.users.set(testUser(n).id, testUser(n));
      setup.group.members.add(testUser(n).id);
    }
    await setup.firstCycle();
    const post = setup.stub.requests.find((one) => one.path === '/Groups' && one.method === 'POST')!;
    assert.deepEqual(post.body, {
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      displayName: 'Kiro users',
      externalId: setup.group.id,
      meta: { resourceType: 'Group' },
    });
    const adds = setup.stub.operations('/Groups');
    assert.ok(adds.every((one) => one['op'] === 'Add' && one['path'] === 'members'));
    assert.deepEqual(
      adds.map((one) => (one['value'] as Json[]).length),
      [20, 5],
    );
    assert.deepEqual((adds[0]?.['value'] as Json[])[0], { $ref: null, value: 'Users-1' });
  });

  it('asks by filter for members of a group that it did not make itself', async () => {
    await open();
    setup.stub.groups.set('old', { id: 'old', displayName: 'kiro USERS', members: [{ value: 'Users-1' }] });
    await setup.firstCycle();
    assert.ok(
      setup.stub
        .lines()
        .includes('GET /Groups?excludedAttributes=members&filter=id eq "old" and members eq "Users-1"'),
    );
    const [add] = setup.stub.operations('/Groups').filter((one) => one['path'] === 'members');
    assert.deepEqual(add?.['value'], [{ $ref: null, value: 'Users-2' }]);
  });

  it('writes Replace, Add and Remove with capitals, and booleans as text', async () => {
    await open();
    await setup.firstCycle();
    const [first, second] = [setup.user(1), setup.user(2)];
    first.displayName = 'Ada';
    first.jobTitle = 'Countess';
    setup.group.members.delete(second.id);
    await setup.nextCycle();
    assert.deepEqual(setup.stub.operations('/Users'), [
      { op: 'Replace', path: 'displayName', value: 'Ada' },
      { op: 'Add', path: 'title', value: 'Countess' },
      { op: 'Replace', path: 'active', value: 'False' },
    ]);
    assert.deepEqual(setup.stub.operations('/Groups').at(-1), {
      op: 'Remove',
      path: 'members',
      value: [{ $ref: null, value: 'Users-2' }],
    });
  });

  it('writes as RFC 7644 has it with the flag, several replacements in one operation', async () => {
    await open(flag);
    await setup.firstCycle();
    assert.ok(setup.stub.lines().every((line) => !line.includes('aadOpt')));
    const [first, second] = [setup.user(1), setup.user(2)];
    first.displayName = 'Ada';
    first.preferredLanguage = 'de-DE';
    first.mail = 'ada@contoso.com';
    first.jobTitle = 'Countess';
    setup.group.members.delete(second.id);
    await setup.nextCycle();
    assert.deepEqual(setup.stub.operations('/Users'), [
      { op: 'add', path: 'title', value: 'Countess' },
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'ada@contoso.com' },
      { op: 'replace', value: { displayName: 'Ada', preferredLanguage: 'de-DE' } },
      { op: 'replace', path: 'active', value: false },
    ]);
    assert.deepEqual(setup.stub.operations('/Groups').at(-1), {
      op: 'remove',
      path: 'members[value eq "Users-2"]',
    });
  });

  it('does not follow the flag on demand', async () => {
    await open(flag);
    await setup.onDemand(setup.user(1).id);
    setup.user(1).displayName = 'Ada';
    await setup.onDemand(setup.user(1).id);
    assert.deepEqual(setup.stub.operations('/Users'), [{ op: 'Replace', path: 'displayName', value: 'Ada' }]);
  });

  it('takes 204, 200 without Location and other legal answers, and never asks for PUT, Bulk or Me', async () => {
    await open();
    setup.stub.answer = ({ method, path }) =>
      method === 'PATCH' && path.startsWith('/Groups')
        ? new Response('not JSON', { status: 200 })
        : undefined;
    await setup.firstCycle();
    setup.user(1).displayName = 'Ada';
    await setup.nextCycle();
    assert.equal(setup.execution()['state'], 'Succeeded');
    assert.ok(setup.stub.requests.every((one) => /^\/(Users|Groups)/.test(one.path) && one.method !== 'PUT'));
  });

  it('sends a guest by the address at home, and the whole name from originalUserPrincipalName', async () => {
    await open();
    const guest = testUser(9, { userPrincipalName: 'grace_h_fabrikam.com#EXT#@contoso.onmicrosoft.com' });
    setup.state.tenant.users.set(guest.id, guest);
    setup.assign(guest.id, 'User');
    setup.attribute('nickName')['source'] = {
      type: 'Attribute',
      name: 'originalUserPrincipalName',
      expression: '[originalUserPrincipalName]',
    };
    await setup.firstCycle();
    const sent = [...setup.stub.users.values()].find((one) => one['userName'] === 'grace_h@fabrikam.com');
    assert.equal(sent?.['nickName'], guest.userPrincipalName);
  });
});
