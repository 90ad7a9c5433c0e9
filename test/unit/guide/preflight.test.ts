import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { permissions } from '../../../src/guide/permissions.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import { preflight, roles, type Caller, type DirectoryRole } from '../../../src/guide/preflight.ts';
import { known, unknown, valueOf, type Snapshot } from '../../../src/guide/snapshot.ts';
import type { StepNumber } from '../../../src/guide/step.ts';
import { text } from '../../../src/guide/text.ts';
import { readScopes } from '../../../src/ui/connection/readScopes.ts';
import * as given from './snapshots.ts';

const { at } = given;
const role = (roleTemplateId: string): DirectoryRole => ({ roleTemplateId, displayName: 'Some role' });
const notRead = unknown('permission', text('Not granted.'));

const caller = (change: Partial<Caller> = {}): Caller => ({
  me: known({ id: 'me', userPrincipalName: 'ada@contoso.com', guest: false }, at),
  activeRoles: known([role(roles.cloudApplicationAdministrator)], at),
  eligibleRoles: known([], at),
  userConsent: known(true, at),
  ...change,
});

const noticed = (snapshot: Snapshot, step: StepNumber, who: Caller, tenantId = given.tenantId) =>
  preflight(makePlan(snapshot, step, given.choices), snapshot, who, tenantId);

const ids = (...args: Parameters<typeof noticed>): readonly string[] => noticed(...args).map(({ id }) => id);

describe('pre-flight', () => {
  it('has nothing to say to someone who may do it, nor where there is nothing to do', () => {
    for (const step of [1, 2, 3, 4, 5] as const) assert.deepEqual(ids(given.created, step, caller()), []);
    assert.deepEqual(ids(given.healthy, 2, caller({ activeRoles: known([], at) })), []);
  });

  it('doubts a change without a role, and says nothing where roles can’t be read', () => {
    const nobody = caller({ activeRoles: known([], at) });
    assert.deepEqual(ids(given.created, 2, nobody), ['role']);
    assert.deepEqual(ids(given.created, 2, caller({ activeRoles: notRead })), []);
  });

  it('names a role that can be activated, with the page where', () => {
    const eligible = known([role(roles.applicationAdministrator)], at);
    const [notice] = noticed(
      given.created,
      2,
      caller({ activeRoles: known([], at), eligibleRoles: eligible }),
    );
    assert.equal(notice?.id, 'eligible');
    assert.ok(notice.link?.startsWith('https://entra.microsoft.com/'));
  });

  it('does not offer an eligible role that would not do', () => {
    const eligible = known([role(roles.userAdministrator)], at);
    const without = caller({ activeRoles: known([], at), eligibleRoles: eligible });
    assert.deepEqual(ids(given.created, 2, without), ['role']);
    assert.deepEqual(
      ids(given.provisioned, 5, without).filter((id) => id === 'eligible'),
      [],
    );
  });

  it('accepts a User Administrator for an assignment alone', () => {
    const plan = makePlan(given.provisioned, 5, given.choices, ['people.groupAssigned']);
    const who = caller({ activeRoles: known([role(roles.userAdministrator)], at) });
    assert.deepEqual(preflight(plan, given.provisioned, who, given.tenantId), []);
  });

  it('warns of a tenant without P1 before a group is assigned, and only then', () => {
    const organization = known({ ...valueOf(given.blank.organization)!, premium: false }, at);
    assert.deepEqual(ids({ ...given.provisioned, organization }, 5, caller()), ['licence']);
    assert.deepEqual(ids({ ...given.created, organization }, 2, caller()), []);
  });

  it('tells guests, personal accounts and applications of another tenant', () => {
    const guest = caller({ me: known({ id: 'g', userPrincipalName: 'g', guest: true }, at) });
    assert.deepEqual(ids(given.created, 2, guest), ['guest']);
    assert.deepEqual(ids(given.created, 2, caller(), '9188040d-6c67-4c5b-b112-36a304b66dad'), ['personal']);
    const principal = valueOf(given.created.servicePrincipal)!;
    const foreign = {
      ...given.created,
      servicePrincipal: known({ ...principal, appOwnerOrganizationId: 'another' }, at),
    };
    assert.deepEqual(ids(foreign, 2, caller()), ['otherTenant']);
  });

  it('says that consent is needed where people may not give it themselves', () => {
    assert.deepEqual(ids(given.created, 2, caller({ userConsent: known(false, at) })), ['userConsent']);
  });
});

describe('permissions', () => {
  it('are explained, every one that signing in or a plan asks for, here and in the README', () => {
    const planned = [given.blank, given.created, given.configured, given.provisioned, given.assigned].flatMap(
      (snapshot) =>
        ([1, 2, 3, 4, 5] as const).flatMap((step) =>
          makePlan(snapshot, step, given.choices).changes.flatMap(({ scopes }) => scopes),
        ),
    );
    for (const scope of [...readScopes, ...planned]) assert.ok(permissions[scope], scope);
    const readme = readFileSync('README.md', 'utf8');
    for (const scope of Object.keys(permissions))
      assert.ok(readme.includes(`\`${scope}\``), `README: ${scope}`);
  });

  it('only read where somebody just signs in', () => {
    for (const scope of readScopes) assert.doesNotMatch(scope, /Write/);
  });
});
