import assert from 'node:assert/strict';
import { groupForecast } from '../../../src/guide/diagnosis/accessForecast.ts';
import { accessOverview } from '../../../src/guide/diagnosis/access.ts';
import type { AccessPolicy } from '../../../src/guide/diagnosis/accessPolicy.ts';
import type { LinkId, PersonSighting } from '../../../src/guide/diagnosis/person.ts';
import { personChain } from '../../../src/guide/diagnosis/personChain.ts';
import { findings } from '../../../src/guide/findings.ts';
import { known, unknown, type Snapshot } from '../../../src/guide/snapshot.ts';
import { text } from '../../../src/guide/text.ts';
import * as given from './snapshots.ts';

const { ada, at, grace, healthy } = given;
const hour = 3_600_000;
const guidName = '0a0a0a0a-0000-4000-8000-000000000009';

const account = {
  id: grace.id,
  displayName: 'Grace Hopper',
  userPrincipalName: 'grace@contoso.com',
  accountEnabled: true,
  guest: false,
};
const record = given.inKiro(grace);

/** Everything between Grace and Kiro as it should be. */
const fine: PersonSighting = {
  typed: 'grace@contoso.com',
  account: known(account, at),
  memberships: known({ groupIds: [given.groupId], roleTemplateIds: [] }, at),
  events: known([{ at: at - 30 * hour, action: 'create', status: 'success' }], at),
  records: known([record], at),
  kiroGroups: known([{ id: 'kiro-group', displayName: 'Kiro users', externalId: given.groupId }], at),
  policies: known([], at),
  signIns: known([{ at: at - hour, errorCode: 0, failedPolicies: [] }], at),
};

const nobody = { users: [], groups: [], roles: [], guests: false };
const blocking: AccessPolicy = {
  displayName: 'Block everything',
  state: 'enabled',
  includeApplications: ['All'],
  excludeApplications: [],
  include: { ...nobody, users: ['All'] },
  exclude: nobody,
  clientAppTypes: ['all'],
  flowsOnly: false,
  conditional: false,
  controls: ['block'],
};

function chain(snapshot: Snapshot, seen: PersonSighting) {
  return personChain(snapshot, seen, findings(snapshot));
}

const only = (members: Snapshot['groups']): Snapshot => ({ ...healthy, groups: members });
const without: Snapshot['groups'] = known([{ ...given.group, members: [ada] }], at);
const notThere = { records: known([], at), kiroGroups: known([], at) };
const failed = (errorCode: string, reason?: string) =>
  known(
    [
      {
        at: at - 20 * 60_000,
        action: 'create',
        status: 'failure' as const,
        errorCode,
        ...(reason && { reason }),
      },
    ],
    at,
  );
const refused = (errorCode: number) => known([{ at: at - hour, errorCode, failedPolicies: [] }], at);
const noGrant: Snapshot = { ...healthy, grants: known([], at) };

/** One link broken at a time: what is different, and the link that has to be named. */
const broken: readonly (readonly [string, LinkId, Snapshot, Partial<PersonSighting>])[] = [
  ['an address of another domain', 'domain', healthy, { typed: 'grace@elsewhere.example' }],
  ['nobody by that name', 'account', healthy, { account: known(undefined, at) }],
  ['a disabled account', 'enabled', healthy, { account: known({ ...account, accountEnabled: false }, at) }],
  [
    'token version 1',
    'setUp',
    {
      ...healthy,
      application: known(
        {
          ...given.configuredApplication,
          api: { ...given.configuredApplication.api, requestedAccessTokenVersion: 1 },
        },
        at,
      ),
    },
    {},
  ],
  [
    'a disabled enterprise application',
    'setUp',
    { ...healthy, servicePrincipal: known({ ...given.principal, accountEnabled: false }, at) },
    {},
  ],
  [
    'no assignment',
    'assignment',
    only(without),
    { memberships: known({ groupIds: [], roleTemplateIds: [] }, at) },
  ],
  ['only a nested member', 'assignment', only(without), {}],
  ['no security group', 'securityGroup', only(known([{ ...given.group, securityEnabled: false }], at)), {}],
  [
    'no licence',
    'licence',
    {
      ...healthy,
      organization: known(
        {
          id: given.tenantId,
          displayName: 'Contoso',
          defaultDomain: 'c',
          verifiedDomains: [],
          premium: false,
        },
        at,
      ),
    },
    {},
  ],
  [
    'out of scope by a filter',
    'scope',
    healthy,
    {
      ...notThere,
      events: known(
        [{ at, action: 'other', status: 'skipped', notInScope: ['Scoping filter evaluation passed'] }],
        at,
      ),
    },
  ],
  [
    'externalId from mailNickname',
    'mapping',
    { ...healthy, schema: known(given.defaultSchema, at) },
    { ...notThere, events: failed('X') },
  ],
  [
    'a job in quarantine',
    'job',
    { ...healthy, job: known(given.quarantinedJob, at) },
    { ...notThere, events: known([], at) },
  ],
  [
    'a stopped job',
    'job',
    { ...healthy, job: known(given.stoppedJob, at) },
    { ...notThere, events: known([], at) },
  ],
  ['a failed push', 'push', healthy, { ...notThere, events: failed('MissingValues') }],
  ['a push that Kiro lost', 'record', healthy, notThere],
  ['another external ID', 'externalId', healthy, { records: known([given.inKiro(grace, 'grace')], at) }],
  ['switched off in Kiro', 'active', healthy, { records: known([{ ...record, active: false }], at) }],
  ['no membership in Kiro', 'kiroGroup', healthy, { kiroGroups: known([], at) }],
  ['no consent', 'consent', noGrant, { signIns: known([], at) }],
  ['a policy that blocks', 'conditionalAccess', healthy, { policies: known([blocking], at) }],
  ['a code that nothing above explains', 'signIn', healthy, { signIns: refused(700016) }],
  ['an ID for a name', 'name', healthy, { records: known([{ ...record, userName: guidName }], at) }],
];

describe('the chain between a person and Kiro', () => {
  it('finds nothing wrong with a healthy person, and says where to look next', () => {
    const { culprit, links } = chain(healthy, fine);
    assert.equal(culprit, undefined);
    assert.deepEqual(
      links.filter(({ status }) => status !== 'ok').map(({ id }) => id),
      ['seat'],
    );
  });

  for (const [what, id, snapshot, seen] of broken) {
    it(`names ${id} first for ${what}, with a cure`, () => {
      const { culprit } = chain(snapshot, { ...fine, ...seen });
      assert.deepEqual([culprit?.id, culprit?.status], [id, 'broken']);
      assert.ok(culprit?.remedy);
    });
  }

  it('offers the repair of a wrong record only once the right ID would be sent', () => {
    const wrong = known([given.inKiro(grace, 'grace')], at);
    const curing = (snapshot: Snapshot) => chain(snapshot, { ...fine, records: wrong }).culprit?.action;
    assert.deepEqual(curing(healthy), { kind: 'repairExternalIds' });
    assert.deepEqual(curing({ ...healthy, schema: known(given.defaultSchema, at) }), {
      kind: 'applyStep',
      step: 4,
    });
    assert.equal(
      curing({ ...healthy, cloud: { ...healthy.cloud, lacks: ['provisionOnDemand'] } }),
      undefined,
    );
  });

  it('offers to provision now where that brings the person, and where it is only faster', () => {
    const now = { kind: 'provisionNow', person: grace.id };
    const off = known([{ ...record, active: false }], at);
    assert.deepEqual(chain(healthy, { ...fine, records: off }).culprit?.action, now);
    const coming = chain(healthy, { ...fine, ...notThere, events: known([], at), signIns: known([], at) });
    assert.deepEqual(coming.culprit?.action, now);
    const lacking = chain(healthy, { ...fine, ...notThere, events: failed('MissingValues') });
    assert.equal(lacking.culprit?.action, undefined);
    const refused = chain(healthy, {
      ...fine,
      ...notThere,
      events: failed('SystemForCrossDomainIdentityManagementBadRequest'),
    });
    assert.deepEqual(refused.culprit?.action, { kind: 'leaveOutAttributes', person: grace.id });
    const trap = { ...healthy, schema: known(given.defaultSchema, at) };
    assert.notEqual(chain(trap, { ...fine, records: off }).culprit?.action?.kind, 'provisionNow');
  });

  it('takes what could not be read for unknown, and never for broken', () => {
    const refusal = unknown('permission', text('Not granted.'));
    const unread = {
      memberships: refusal,
      events: refusal,
      records: refusal,
      kiroGroups: refusal,
      policies: refusal,
      signIns: refusal,
    };
    const snapshot = { ...healthy, grants: refusal, organization: refusal, schema: refusal, job: refusal };
    const seen = chain(snapshot, { ...fine, ...unread });
    assert.equal(seen.culprit, undefined);
    assert.ok(seen.canLookDeeper);
    assert.ok(seen.links.filter(({ status }) => status === 'unknown').every(({ remedy }) => remedy));
  });

  it('waits for the next cycle while one is to come, and for nobody whom Entra does not take', () => {
    const fresh = { ...fine, ...notThere, events: known([], at), signIns: known([], at) };
    const waiting = chain(healthy, fresh);
    assert.equal(waiting.culprit?.status, 'waiting');
    assert.equal(waiting.culprit.until, at + 30 * 60_000);
    const out = chain(only(without), {
      ...fresh,
      memberships: known({ groupIds: [], roleTemplateIds: [] }, at),
    });
    assert.ok(out.links.every(({ status }) => status !== 'waiting'));
  });

  it('does not blame a quarantine for somebody whom Kiro has as it should', () => {
    assert.equal(chain({ ...healthy, job: known(given.quarantinedJob, at) }, fine).culprit, undefined);
  });

  it('does not blame a refused sign-in whose cause was mended since', () => {
    assert.equal(chain(healthy, { ...fine, signIns: refused(50105) }).culprit, undefined);
  });

  it('knows whom a policy misses', () => {
    const misses = (change: Partial<AccessPolicy>, seen: Partial<PersonSighting> = {}) =>
      chain(healthy, { ...fine, policies: known([{ ...blocking, ...change }], at), ...seen }).links.find(
        ({ id }) => id === 'conditionalAccess',
      )?.status;
    assert.equal(misses({ state: 'enabledForReportingButNotEnforced' }), 'ok');
    assert.equal(misses({ excludeApplications: [given.appId] }), 'ok');
    assert.equal(misses({ includeApplications: ['other'] }), 'ok');
    assert.equal(misses({ exclude: { ...nobody, groups: [given.groupId] } }), 'ok');
    assert.equal(misses({ include: { ...nobody, users: ['GuestsOrExternalUsers'] } }), 'ok');
    assert.equal(misses({ clientAppTypes: ['exchangeActiveSync', 'other'] }), 'ok');
    assert.equal(misses({ controls: ['mfa'] }), 'ok');
    assert.equal(misses({ include: { ...nobody, groups: [given.groupId] } }), 'broken');
    assert.equal(misses({ conditional: true }), 'unknown');
  });
});

describe('who can get Kiro', () => {
  const reads = { accounts: new Map(), inside: new Map(), unseen: [] };
  const alan = {
    ...ada,
    id: 'a0a0a0a0-0000-4000-8000-000000000003',
    displayName: 'Alan',
    userPrincipalName: 'alan@contoso.com',
  };
  const nest = { id: 'nest', type: 'group' as const, displayName: 'Inside' };

  it('names the path of each, and what is left over', () => {
    const snapshot: Snapshot = {
      ...healthy,
      assignments: known(
        [
          given.assignment,
          {
            ...given.assignment,
            id: 'direct',
            principalId: alan.id,
            principalDisplayName: 'Alan',
            principalType: 'User',
          },
        ],
        at,
      ),
      groups: known([{ ...given.group, members: [ada, { ...grace, accountEnabled: false }, nest] }], at),
      scim: known(
        {
          users: [given.inKiro(ada), given.inKiro(grace), { ...given.inKiro(alan), active: false }],
          groups: [],
        },
        at,
      ),
    };
    const hedy = { ...ada, id: 'hedy', displayName: 'Hedy' };
    const { people, leftOut } = accessOverview(snapshot, {
      ...reads,
      inside: new Map([[given.groupId, [ada, hedy]]]),
    });
    assert.deepEqual(
      people.map(({ name, paths, inKiro }) => [name, paths.join(), inKiro]),
      [
        ['Ada Lovelace', 'group', 'yes'],
        ['Alan', 'direct', 'off'],
        ['Grace Hopper', 'leftOver', 'yes'],
      ],
    );
    assert.deepEqual(
      leftOut.map(({ name, why }) => [name, why]),
      [
        ['Grace Hopper', 'disabled'],
        ['Hedy', 'nested'],
      ],
    );
  });

  it('claims nobody to be left over while the assigned are not all known', () => {
    const snapshot = { ...healthy, groups: unknown('permission', text('Not granted.')) };
    const { people, unseen } = accessOverview(snapshot, reads);
    assert.deepEqual(people, []);
    assert.equal(unseen.length, 1);
  });

  it('says before a group is assigned who comes of it', () => {
    const guest = { ...alan, id: 'guest', userType: 'Guest' };
    const off = { ...alan, id: 'off', accountEnabled: false };
    const staff = {
      id: 'staff',
      displayName: 'Staff',
      securityEnabled: true,
      members: [ada, alan, guest, off, nest],
    };
    const inside = [ada, alan, { ...alan, id: 'deep' }, grace];
    assert.deepEqual(groupForecast(healthy, staff, inside), {
      group: 'Staff',
      securityEnabled: true,
      newPeople: 2,
      guests: 1,
      already: 1,
      disabled: 1,
      nested: 1,
      nestedGroups: 1,
    });
  });
});
