import assert from 'node:assert/strict';
import { findings } from '../../../src/guide/findings.ts';
import type { FindingStatus } from '../../../src/guide/requirement.ts';
import { known, unknown, type Application, type Snapshot } from '../../../src/guide/snapshot.ts';
import { format, text } from '../../../src/guide/text.ts';
import * as given from './snapshots.ts';

const { at, healthy } = given;

function statusOf(snapshot: Snapshot, id: string): FindingStatus {
  const finding = findings(snapshot).find((candidate) => candidate.id === id);
  assert.ok(finding, `there is a requirement ${id}`);
  return finding.status;
}

const noPermission = unknown('permission', text('Ask someone who may.'));

function withApplication(change: Partial<Application>): Snapshot {
  return { ...healthy, application: known({ ...given.configuredApplication, ...change }, at) };
}

function withScope(value: string, change: object): Snapshot {
  const scopes = given.configuredApplication.api.oauth2PermissionScopes.map((scope) =>
    scope.value === value ? { ...scope, ...change } : scope,
  );
  return withApplication({ api: { requestedAccessTokenVersion: 2, oauth2PermissionScopes: scopes } });
}

const withKept = (change: Partial<Snapshot['kept']>): Snapshot => ({
  ...healthy,
  kept: { ...healthy.kept, ...change },
});
const withScim = (change: object): Snapshot => withKept({ scim: { ...healthy.kept.scim!, ...change } });
const withDomain = (change: object, base: Snapshot = healthy): Snapshot => ({
  ...base,
  kept: { ...base.kept, domains: [{ name: 'contoso.com', ...change }] },
});
const uris = (...redirectUris: string[]) => ({ redirectUris });
const both = given.configuredApplication.publicClient.redirectUris;
const scimWithoutDay = { endpoint: given.endpoint, tokenStored: true, tokenCount: 1 };

describe('requirements of the guide', () => {
  it('are all met where everything is done', () => {
    const open = findings(healthy).filter(({ status }) => status !== 'met');
    assert.deepEqual(
      open.map(({ id }) => id),
      [],
    );
  });

  it('have unique ids and belong to the five steps', () => {
    const ids = findings(healthy).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual([...new Set(findings(healthy).map(({ step }) => step))], [1, 2, 3, 4, 5]);
  });

  const cases: readonly [string, string, FindingStatus, Snapshot][] = [
    ['no application', 'application.exists', 'unmet', given.blank],
    ['not readable', 'application.exists', 'unknown', { ...healthy, application: noPermission }],
    ['deleted', 'application.exists', 'unmet', { ...healthy, application: known(undefined, at) }],
    [
      'sign-in switched off',
      'application.exists',
      'unmet',
      { ...healthy, servicePrincipal: known({ ...given.principal, accountEnabled: false }, at) },
    ],
    ['App registrations', 'application.template', 'unmet', withApplication({ applicationTemplateId: null })],
    ['gallery', 'application.template', 'unmet', withApplication({ applicationTemplateId: 'other' })],
    [
      'interrupted',
      'application.displayName',
      'unmet',
      withApplication({ displayName: 'Kiro Connect setup 1234' }),
    ],
    ['not set', 'configuration.identifierUri', 'unmet', withApplication({ identifierUris: [] })],
    [
      'friendlier',
      'configuration.identifierUri',
      'unmet',
      withApplication({ identifierUris: ['api://kiro'] }),
    ],
    [
      'one more',
      'configuration.identifierUri',
      'unmet',
      withApplication({ identifierUris: [`api://${given.appId}`, 'api://kiro'] }),
    ],
    ['not readable', 'configuration.identifierUri', 'unknown', { ...healthy, application: noPermission }],
    ['missing', 'configuration.scopes', 'unmet', withScope('codewhisperer:completions', { value: 'other' })],
    [
      'disabled',
      'configuration.scopes',
      'unmet',
      withScope('codewhisperer:completions', { isEnabled: false }),
    ],
    [
      'admins only',
      'configuration.scopes',
      'unmet',
      withScope('codewhisperer:conversations', { type: 'Admin' }),
    ],
    [
      'without texts',
      'configuration.scopes',
      'unmet',
      withScope('codewhisperer:conversations', { adminConsentDescription: ' ' }),
    ],
    [
      'null',
      'configuration.tokenVersion',
      'unmet',
      withApplication({ api: { ...given.configuredApplication.api, requestedAccessTokenVersion: null } }),
    ],
    [
      'one missing',
      'configuration.redirectUris',
      'unmet',
      withApplication({ publicClient: uris('kiro://kiro.oauth/callback') }),
    ],
    [
      'under Web too',
      'configuration.redirectUris',
      'unmet',
      withApplication({ web: uris('http://localhost/oauth/callback') }),
    ],
    [
      'old slip',
      'configuration.redirectUris',
      'unmet',
      withApplication({ publicClient: uris(...both, 'kiro://kiro.auth/callback') }),
    ],
    [
      'port duplicates',
      'configuration.redirectUris',
      'unmet',
      withApplication({ publicClient: uris(...both, 'http://localhost:3128/oauth/callback') }),
    ],
    [
      'others beside',
      'configuration.redirectUris',
      'met',
      withApplication({ publicClient: uris(...both, 'http://localhost/other') }),
    ],
    ['not granted', 'configuration.consent', 'unmet', { ...healthy, grants: known([], at) }],
    ['not readable', 'configuration.consent', 'unknown', { ...healthy, grants: noPermission }],
    ['not ticked', 'profile.created', 'manual', withKept({ ticks: {} })],
    ['contradiction', 'profile.region', 'unmet', withKept({ region: 'eu-central-1' })],
    ['none', 'profile.domains', 'unmet', withKept({ domains: [] })],
    [
      'eleven',
      'profile.domains',
      'unmet',
      withKept({ domains: Array.from({ length: 11 }, (_, n) => ({ name: `d${n}.com`, verifiedAt: at })) }),
    ],
    ['no value yet', 'profile.domain.contoso.com.record', 'manual', withDomain({})],
    ['adopted', 'profile.domain.contoso.com.record', 'unknown', withDomain({ verifiedAt: at })],
    ['adopted', 'profile.domain.contoso.com.verified', 'met', withDomain({ verifiedAt: at })],
    [
      'public, not confirmed',
      'profile.domain.contoso.com.verified',
      'manual',
      withDomain({ verificationValue: given.verification, addedAt: at }),
    ],
    [
      'not looked up',
      'profile.domain.contoso.com.record',
      'unknown',
      withDomain({ verificationValue: given.verification }, { ...healthy, domains: [] }),
    ],
    [
      '24 hours over',
      'profile.domain.contoso.com.verified',
      'unmet',
      withDomain({ verificationValue: given.verification, addedAt: at - 25 * 3_600_000 }),
    ],
    ['none', 'provisioning.endpoint', 'unmet', given.created],
    [
      'other host',
      'provisioning.endpoint',
      'unmet',
      withScim({ endpoint: 'https://evil.example/x/scim/v2' }),
    ],
    ['none', 'provisioning.token', 'unmet', withScim({ tokenStored: false })],
    ['unknown day', 'provisioning.tokenAge', 'manual', withKept({ scim: scimWithoutDay })],
    ['old', 'provisioning.tokenAge', 'unmet', withScim({ tokenMadeAt: at - 400 * 86_400_000 })],
    ['three', 'provisioning.tokenCount', 'unmet', withScim({ tokenCount: 3 })],
    ['none', 'provisioning.job', 'unmet', given.configured],
    ['not readable', 'provisioning.job', 'unknown', { ...healthy, job: noPermission }],
    ['no evidence', 'provisioning.credentials', 'unmet', { ...given.provisioned, journal: { pushed: [] } }],
    ['by the job’s run', 'provisioning.credentials', 'met', { ...healthy, journal: { pushed: [] } }],
    [
      'refused',
      'provisioning.credentials',
      'unmet',
      {
        ...given.provisioned,
        journal: { pushed: [], lastValidation: { at, ok: false, endpoint: given.endpoint } },
      },
    ],
    [
      'validated for another endpoint',
      'provisioning.credentials',
      'unmet',
      { ...given.provisioned, journal: { pushed: [], lastValidation: { at, ok: true, endpoint: 'other' } } },
    ],
    ['nothing saved', 'provisioning.secrets', 'unmet', given.configured],
    ['not readable', 'provisioning.secrets', 'unknown', { ...healthy, secrets: noPermission }],
    [
      'everyone',
      'provisioning.scope',
      'unmet',
      { ...healthy, secrets: known([{ key: 'SyncAll', value: 'true' }], at) },
    ],
    [
      'mailNickname',
      'provisioning.mapping.externalId',
      'unmet',
      { ...healthy, schema: known(given.defaultSchema, at) },
    ],
    [
      'six left',
      'provisioning.mapping.unsupported',
      'unmet',
      { ...healthy, schema: known(given.defaultSchema, at) },
    ],
    ...(['required', 'names'] as const).map((kind): [string, string, FindingStatus, Snapshot] => [
      'only externalId',
      `provisioning.mapping.${kind}`,
      'unmet',
      {
        ...healthy,
        schema: known(
          given.withUserMappings(given.rightSchema, (all) =>
            all.filter(({ targetAttributeName }) => targetAttributeName === 'externalId'),
          ),
          at,
        ),
      },
    ]),
    ['quarantine', 'provisioning.quarantine', 'unmet', { ...healthy, job: known(given.quarantinedJob, at) }],
    ['none', 'people.groupAssigned', 'unmet', given.provisioned],
    ['not readable', 'people.groupAssigned', 'unknown', { ...healthy, assignments: noPermission }],
    [
      'other role',
      'people.groupAssigned',
      'unmet',
      { ...healthy, assignments: known([{ ...given.assignment, appRoleId: 'other' }], at) },
    ],
    [
      'distribution list',
      'people.groupMembers',
      'unmet',
      { ...healthy, groups: known([{ ...given.group, securityEnabled: false }], at) },
    ],
    [
      'empty',
      'people.groupMembers',
      'unmet',
      { ...healthy, groups: known([{ ...given.group, members: [] }], at) },
    ],
    [
      'nested only',
      'people.groupMembers',
      'unmet',
      {
        ...healthy,
        groups: known([{ ...given.group, members: [{ id: 'x', type: 'group', displayName: 'Inner' }] }], at),
      },
    ],
    [
      'one person',
      'people.directAssignments',
      'unmet',
      {
        ...healthy,
        assignments: known([given.assignment, { ...given.assignment, principalType: 'User' }], at),
      },
    ],
    [
      'nickname in Kiro',
      'people.externalIds',
      'unmet',
      { ...healthy, scim: known({ users: [given.inKiro(given.ada, 'ada')], groups: [] }, at) },
    ],
    ['not readable', 'people.externalIds', 'unknown', { ...healthy, scim: noPermission }],
    ['nobody pushed', 'people.firstArrived', 'unmet', given.assigned],
    [
      'pushed two minutes ago',
      'people.firstArrived',
      'waiting',
      {
        ...given.assigned,
        journal: {
          ...given.assigned.journal,
          pushed: [{ objectId: given.ada.id, at: at - 120_000, ok: true }],
        },
      },
    ],
    ['not readable', 'people.firstArrived', 'unknown', { ...healthy, scim: noPermission }],
    ['stopped', 'people.jobRunning', 'unmet', given.assigned],
    [
      'one of two, cycle to come',
      'people.arrived',
      'waiting',
      { ...healthy, scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at) },
    ],
    [
      'one of two, cycle overdue',
      'people.arrived',
      'unmet',
      {
        ...healthy,
        at: at + 3 * 3_600_000,
        scim: known({ users: [given.inKiro(given.ada)], groups: [] }, at),
      },
    ],
    ['not ticked', 'people.seatsReviewed', 'manual', given.assigned],
  ];
  for (const [situation, id, expected, snapshot] of cases) {
    it(`${id} is ${expected}: ${situation}`, () => assert.equal(statusOf(snapshot, id), expected));
  }

  it('never judge what could not be looked at', () => {
    const blind: Snapshot = {
      ...healthy,
      application: noPermission,
      servicePrincipal: noPermission,
      grants: noPermission,
      assignments: noPermission,
      groups: noPermission,
      secrets: noPermission,
      job: noPermission,
      schema: noPermission,
      scim: noPermission,
      domains: [],
    };
    assert.deepEqual(
      findings(blind)
        .filter(({ status }) => status === 'unmet')
        .map(({ id }) => id),
      [],
    );
  });

  it('say everything in whole sentences', () => {
    for (const [situation, , , snapshot] of cases) {
      for (const finding of findings(snapshot)) {
        for (const part of [finding.title, finding.why, finding.label, finding.evidence, finding.remedy]) {
          if (part === undefined) continue;
          const words = format(part, { clock: () => '12:00' });
          assert.doesNotMatch(words, /undefined|null|NaN|\[object|\{\d\}|^$/, `${finding.id}, ${situation}`);
        }
        if (finding.status === 'met') continue;
        assert.ok(finding.remedy ?? finding.waiting, `${finding.id} says what to do (${situation})`);
      }
    }
  });
});
