import assert from 'node:assert/strict';
import { catalogueNames, readPreset } from '../../../src/sandbox/presets/presets.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import type { Sandbox } from '../../../src/sandbox/sandbox.ts';
import { at } from './support.ts';

describe('sandbox presets', () => {
  let sandbox: Sandbox | undefined;
  afterEach(async () => {
    await sandbox?.close();
    sandbox = undefined;
  });

  const externalIds = () =>
    [...(sandbox?.state.kiro.profile?.users.values() ?? [])].map((user) =>
      String(user.resource['externalId']),
    );
  const job = () => [...(sandbox?.state.tenant.synchronization.values() ?? [])][0]?.job;
  const directly = () =>
    [...(sandbox?.state.tenant.appRoleAssignments.values() ?? [])].filter(
      (one) => one.principalType === 'User',
    );

  const expectations: Record<(typeof catalogueNames)[number], () => void> = {
    blank: () => {
      assert.equal(sandbox?.state.tenant.applications.size, 0);
      assert.equal(sandbox?.state.kiro.profile, undefined);
    },
    'half-made': () => {
      assert.deepEqual(scopes(), ['user_impersonation', 'codewhisperer:completions']);
      assert.deepEqual(at(application(), 'publicClient/redirectUris'), []);
    },
    'scopes-missing': () => {
      assert.deepEqual(scopes(), ['user_impersonation']);
      assert.equal(at(application(), 'api/requestedAccessTokenVersion'), 2);
    },
    'wrong-token-version': () => {
      assert.equal(scopes().length, 3);
      assert.equal(at(application(), 'api/requestedAccessTokenVersion'), null);
      assert.equal(job(), undefined);
    },
    'mapping-mailNickname': () => {
      assert.equal(job()?.status['code'], 'Paused');
      assert.equal(sandbox?.state.kiro.profile?.domains[0]?.status, 'Verified');
      assert.deepEqual(externalIds(), []);
      assert.equal(sandbox?.state.tenant.appRoleAssignments.size, 0);
    },
    healthy: () => {
      assert.equal(job()?.status['code'], 'Active');
      assert.notEqual(at(job()?.status, 'steadyStateFirstAchievedTime'), '0001-01-01T00:00:00Z');
      assert.equal(at(job()?.status, 'lastSuccessfulExecution/countEscrowed'), 0);
      assert.equal(externalIds().length, 7);
      const { seats, groups } = sandbox?.state.kiro.profile ?? {};
      assert.deepEqual(
        [...(seats?.values() ?? [])].map(({ status }) => status),
        Array<string>(7).fill('Active'),
      );
      assert.equal(groups?.size, 1);
    },
    quarantine: () => {
      assert.equal(job()?.status['code'], 'Quarantine');
      assert.equal(at(job()?.status, 'quarantine/reason'), 'EncounteredQuarantineException');
      assert.equal(externalIds().length, 7);
      assert.ok(externalIds().every((id) => sandbox?.state.tenant.users.has(id)));
    },
    'app-registration': () => {
      assert.equal(at(application(), 'applicationTemplateId'), null);
    },
    'direct-assignment': () => {
      assert.deepEqual(
        directly().map((one) => one.principalDisplayName),
        ['Adele Goldberg'],
      );
      assert.equal(job()?.status['code'], 'Active');
    },
    'wrong-external-id': () => {
      assert.ok(externalIds().includes('grace'));
      // A mail nickname with a dot is refused: that person is missing.
      assert.equal(externalIds().length, 6);
    },
    'profile-recreated': () => {
      assert.equal(job()?.status['code'], 'Quarantine');
      assert.equal(job()?.links.size, 8);
      assert.deepEqual(externalIds(), []);
      // The job still names the endpoint of the profile that is gone.
      assert.ok(!secret('BaseAddress').includes(sandbox?.state.kiro.scimTenant ?? ''));
      assert.equal(sandbox?.line.scim.includes(sandbox.state.kiro.scimTenant), true);
    },
    'profile-recreated-links': () => {
      assert.equal(job()?.status['code'], 'Active');
      assert.ok(secret('BaseAddress').includes(sandbox?.state.kiro.scimTenant ?? ''));
      assert.equal(job()?.links.size, 8);
      assert.deepEqual(externalIds(), []);
    },
  };
  const secret = (key: string) =>
    [...(sandbox?.state.tenant.synchronization.values() ?? [])][0]?.secrets.find((one) => one.key === key)
      ?.value ?? '';
  const application = () => [...(sandbox?.state.tenant.applications.values() ?? [])][0];
  const scopes = () =>
    (at(application(), 'api/oauth2PermissionScopes') as Record<string, unknown>[]).map((one) => one['value']);

  for (const preset of catalogueNames)
    it(`starts ${preset}`, async () => {
      sandbox = await startSandbox({ preset });
      assert.equal(sandbox.line.preset, preset);
      expectations[preset]();
    });

  it('reads names with a number of people in them, within bounds', () => {
    assert.equal(readPreset('large:100000'), 'large:100000');
    assert.equal(readPreset('synced:1'), 'synced:1');
    for (const wrong of ['large', 'large:0', 'large:200001', 'large:1e3', 'huge:5', 'toString', ''])
      assert.equal(readPreset(wrong), undefined);
  });
});
