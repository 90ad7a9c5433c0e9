import assert from 'node:assert/strict';
import { expression, setUp } from './provisioningSetup.ts';
import type { Setup } from './provisioningSetup.ts';
import type { Recorded } from './scimStub.ts';

describe('sandbox provisioning: codes and steps of the log', () => {
  let setup: Setup;
  beforeEach(async () => {
    setup = await setUp();
  });
  afterEach(() => setup.stub.close());

  const answer = (match: (request: Recorded) => boolean, status: number, body = '{}'): void => {
    setup.stub.answer = (request) => (match(request) ? new Response(body, { status }) : undefined);
  };
  const codeOfFirst = (): string | undefined =>
    setup.rows((row) => row.sourceIdentity.id === setup.user(1).id).at(-1)?.provisioningStatusInfo
      .errorInformation?.errorCode;

  for (const [status, code, body] of [
    [400, 'SystemForCrossDomainIdentityManagementBadRequest', '{"detail":"no"}'],
    [400, 'SchemaAttributeNotFound', '{"scimType":"invalidPath"}'],
    [400, 'EntryConflict', '{"scimType":"uniqueness"}'],
    [403, 'InsufficientRights', '{}'],
    [405, 'MethodNotAllowed', '{}'],
    [409, 'EntryConflict', '{}'],
    [412, 'SystemForCrossDomainIdentityManagementBadResponse', '{}'],
    [422, 'UnprocessableEntity', '{}'],
    [429, 'TooManyRequests', '{}'],
    [500, 'InternalServerError', '{}'],
    [501, 'NotImplemented', '{}'],
    [201, 'SystemForCrossDomainIdentityManagementServiceIncompatible', '<html>'],
    [201, 'SystemForCrossDomainIdentityManagementServiceIncompatible', '{"userName":"without id"}'],
  ] as const)
    it(`calls ${status} ${body} ${code}, and the cycle goes on`, async () => {
      answer(({ method, path }) => method === 'POST' && path === '/Users', status, body);
      await setup.firstCycle();
      assert.equal(codeOfFirst(), code);
      assert.equal(setup.job.status['code'], 'Active');
      assert.equal(setup.stub.groups.size, 1);
    });

  it('notes import, scoping, matching and export of somebody new, and of a change', async () => {
    await setup.firstCycle();
    setup.user(1).displayName = 'Ada';
    await setup.nextCycle();
    const rows = setup.rows((row) => row.sourceIdentity.id === setup.user(1).id);
    assert.deepEqual(
      rows.map((row) => row.provisioningSteps.map((step) => [step.name, step.provisioningStepType])),
      [
        [
          ['EntryImportAdd', 'import'],
          ['EntrySynchronizationScoping', 'scoping'],
          ['EntrySynchronizationAdd', 'matching'],
          ['EntryExportAdd', 'export'],
        ],
        [
          ['EntryImportUpdate', 'import'],
          ['EntrySynchronizationScoping', 'scoping'],
          ['EntrySynchronizationUpdate', 'matching'],
          ['EntryExportUpdate', 'export'],
        ],
      ],
    );
    assert.deepEqual(
      rows.map((row) => [row.provisioningAction, row.provisioningStatusInfo.status]),
      [
        ['create', 'success'],
        ['update', 'success'],
      ],
    );
    assert.deepEqual(rows[1]?.modifiedProperties, [
      { displayName: 'displayName', oldValue: 'Person 1', newValue: 'Ada' },
    ]);
  });

  it('quotes the target in a failure and never the token', async () => {
    answer(({ method }) => method === 'POST', 400, '{"detail":"violates schema"}');
    await setup.firstCycle();
    const [row] = setup.rows((one) => one.provisioningStatusInfo.status === 'failure');
    assert.match(
      String(row?.provisioningStatusInfo.errorInformation?.reason),
      /Operation: POST Response Status Code: BadRequest .*violates schema/,
    );
    assert.doesNotMatch(JSON.stringify(setup.state.tenant.provisioningLogs), /token-for-tests/);
  });

  it('tells an anchor that is gone: InvalidAnchor', async () => {
    await setup.firstCycle();
    setup.stub.users.delete(setup.job.links.get(setup.user(1).id)!);
    setup.user(1).displayName = 'Ada';
    await setup.nextCycle();
    assert.equal(codeOfFirst(), 'InvalidAnchor');
    assert.equal(setup.stub.users.size, 1, 'it is not made again');
  });

  it('tells two entries of the target for one person, and two people for one entry', async () => {
    const { userPrincipalName: userName } = setup.user(1);
    for (const id of ['a', 'b']) setup.stub.users.set(id, { id, userName });
    await setup.firstCycle();
    assert.equal(codeOfFirst(), 'DuplicateTargetEntries');
    const other = await setUp();
    other.user(2).userPrincipalName = other.user(1).userPrincipalName.toUpperCase();
    await other.firstCycle();
    const codes = other
      .rows((row) => row.sourceIdentity.id === other.user(2).id)
      .map((row) => row.provisioningStatusInfo.errorInformation?.errorCode);
    assert.deepEqual(codes, ['DuplicateSourceEntries']);
    await other.stub.close();
  });

  it('skips on import whoever has no matching value, before scoping', async () => {
    setup.attribute('userName')['source'] = expression('[jobTitle]');
    await setup.firstCycle();
    assert.equal(codeOfFirst(), 'ImportSkipped');
    const [row] = setup.rows((one) => one.sourceIdentity.id === setup.user(1).id);
    assert.deepEqual(
      row?.provisioningSteps.map((step) => step.provisioningStepType),
      ['import'],
    );
  });

  it('tells several values where one fits, and a required value that is missing', async () => {
    setup.attribute('nickName')['source'] = expression('Split([displayName], " ")');
    await setup.firstCycle();
    assert.equal(codeOfFirst(), 'SchemaPropertyCanOnlyAcceptValue');
    const other = await setUp();
    other.attribute('userName')['matchingPriority'] = 0;
    other.attribute('userName')['source'] = expression('[jobTitle]');
    other.attribute('externalId')['matchingPriority'] = 1;
    await other.firstCycle();
    const [row] = other.rows((one) => one.sourceIdentity.id === other.user(1).id);
    assert.equal(row?.provisioningStatusInfo.errorInformation?.errorCode, 'MissingValues');
    await other.stub.close();
  });

  it('tells a group that answers with members although it was asked without', async () => {
    await setup.firstCycle();
    answer(
      ({ method, path }) => method === 'GET' && path.startsWith('/Groups/'),
      200,
      '{"id":"Groups-3","displayName":"Kiro users","members":[{"value":"Users-1"}]}',
    );
    setup.group.description = 'changed';
    await setup.nextCycle();
    const [row] = setup.rows((one) => one.provisioningStatusInfo.status === 'failure');
    assert.equal(
      row?.provisioningStatusInfo.errorInformation?.errorCode,
      'SystemForCrossDomainIdentityManagementMultipleEntriesInResponse',
    );
  });

  it('tells a connection that breaks for one object, and tries that one again', async () => {
    let dropped = 0;
    setup.stub.answer = ({ method, body }) => {
      const hit =
        method === 'POST' && body['userName'] === setup.user(1).userPrincipalName && ++dropped === 1;
      return hit ? 'drop' : undefined;
    };
    await setup.firstCycle();
    assert.equal(codeOfFirst(), 'WebExceptionProtocolError');
    assert.equal(setup.job.status['code'], 'Active');
    await setup.nextCycle();
    assert.equal(setup.stub.users.size, 2);
  });
});
