import assert from 'node:assert/strict';
import { noOnDemand, oneFirst } from '../../../src/guide/cloudLimits.ts';
import { findings } from '../../../src/guide/findings.ts';
import { onDemandBlocked } from '../../../src/guide/onDemand.ts';
import type { OnDemandTarget } from '../../../src/guide/onDemandTarget.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import { preflight, type Caller } from '../../../src/guide/preflight.ts';
import { unknown, type Snapshot } from '../../../src/guide/snapshot.ts';
import { text } from '../../../src/guide/text.ts';
import { clouds } from '../../../src/entra/clouds.ts';
import * as given from './snapshots.ts';

const notOffered = unknown('not-in-cloud', text('Not offered.'));

/** What a look in China sees of a tenant: provisioning's parts that Graph lacks there are not asked for. */
const inChina = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  cloud: { ...clouds.china, nonGalleryTemplateId: given.blank.cloud.nonGalleryTemplateId },
  secrets: notOffered,
  schema: notOffered,
});

const ticked = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  kept: {
    ...snapshot.kept,
    ticks: { ...snapshot.kept.ticks, credentialsSaved: given.at, mappingCorrected: given.at },
  },
});

const nobody: Caller = {
  me: notOffered,
  activeRoles: notOffered,
  eligibleRoles: notOffered,
  userConsent: notOffered,
};

const requestsOf = (snapshot: Snapshot): readonly string[] =>
  ([1, 2, 3, 4, 5] as const).flatMap((step) =>
    makePlan(snapshot, step, given.choices).changes.map(({ request }) =>
      request.kind === 'graph' ? request.path : request.outline,
    ),
  );

describe('a cloud without provisioning on demand', () => {
  it('never plans a request that it lacks, nor one that starts the job', () => {
    for (const snapshot of [given.created, given.configured, given.provisioned, given.assigned]) {
      for (const one of [inChina(snapshot), ticked(inChina(snapshot))]) {
        for (const path of requestsOf(one)) {
          assert.doesNotMatch(
            path,
            /provisionOnDemand|validateCredentials|secrets|schema|\/(re)?start$/,
            path,
          );
        }
      }
    }
  });

  it('still plans what it has: configuration, the job, the group', () => {
    assert.ok(requestsOf(inChina(given.created)).some((path) => path.startsWith('/applications/')));
    assert.ok(requestsOf(inChina(given.created)).some((path) => path.endsWith('/synchronization/jobs')));
    assert.ok(requestsOf(inChina(given.provisioned)).some((path) => path.endsWith('/appRoleAssignedTo')));
  });

  it('asks a person for what Graph can’t tell, and believes the ticks', () => {
    const open = findings(inChina(given.provisioned)).filter(({ step }) => step === 4);
    assert.deepEqual(
      open.filter(({ status }) => status === 'manual').map(({ action }) => action?.kind),
      Array.from({ length: 8 }, () => 'tick'),
    );
    const done = findings(ticked(inChina(given.provisioned))).filter(({ step }) => step === 4);
    assert.deepEqual(
      done.filter(({ status }) => status !== 'met').map(({ id }) => id),
      [],
    );
  });

  it('believes no tick that a newer token, or a job made anew, has overtaken', () => {
    const still = (snapshot: Snapshot, id: string) => findings(snapshot).find((one) => one.id === id)?.status;
    const before = ticked(inChina(given.provisioned));
    const scim = { ...given.healthy.kept.scim, tokenStored: true, tokenEnteredAt: given.at + 1 };
    const rotated = { ...before, kept: { ...before.kept, scim } };
    assert.equal(still(rotated, 'provisioning.secrets'), 'manual');
    assert.equal(still(rotated, 'provisioning.mapping.externalId'), 'met');
    const anew = { ...before, journal: { ...before.journal, jobMadeAt: given.at + 1 } };
    assert.equal(still(anew, 'provisioning.secrets'), 'met');
    assert.equal(still(anew, 'provisioning.mapping.externalId'), 'manual');
    for (const one of [rotated, anew]) {
      const again = {
        ...one.kept,
        ticks: { ...one.kept.ticks, credentialsSaved: given.at + 2, mappingCorrected: given.at + 2 },
      };
      assert.equal(still({ ...one, kept: again }, 'provisioning.secrets'), 'met');
      assert.equal(still({ ...one, kept: again }, 'provisioning.mapping.externalId'), 'met');
    }
  });

  it('leaves the start to a person, and sees it once it runs', () => {
    const running = (snapshot: Snapshot) => findings(snapshot).find(({ id }) => id === 'people.jobRunning');
    const before = running(ticked(inChina(given.assigned)));
    assert.equal(before?.status, 'manual');
    assert.equal(before.action, undefined);
    assert.equal(running(ticked(inChina(given.healthy)))?.status, 'met');
  });

  it('lets the others be assigned once the first person is there and the job runs, and not before the ticks', () => {
    const choices = { ...given.choices, groups: [{ id: 'others', displayName: 'Others' }] };
    const plan = (snapshot: Snapshot) => makePlan(snapshot, 5, choices);
    const assigns = (snapshot: Snapshot) =>
      plan(snapshot).changes.some(({ id }) => id === 'people.assign.others');
    assert.ok(assigns(ticked(inChina(given.healthy))));
    assert.ok(!assigns(inChina(given.healthy)));
    assert.ok(plan(inChina(given.healthy)).blockedBy.length > 0);
  });

  it('advises a group of one person, where a group is chosen and before it is assigned', () => {
    const start = ticked(inChina(given.provisioned));
    const finding = findings(start).find(({ id }) => id === 'people.groupAssigned');
    assert.deepEqual([finding?.remedy, finding?.action?.kind], [oneFirst, 'chooseGroup']);
    const noticed = (snapshot: Snapshot, groups = given.choices.groups) =>
      preflight(makePlan(snapshot, 5, { ...given.choices, groups }), snapshot, nobody, given.tenantId)
        .map(({ id }) => id)
        .filter((id) => id === 'oneFirst');
    assert.deepEqual(noticed(start), ['oneFirst']);
    assert.deepEqual(noticed(given.provisioned), []);
    const others = [{ id: 'others', displayName: 'Others' }];
    assert.deepEqual(noticed(ticked(inChina(given.healthy)), others), []);
  });

  it('is all met in the end', () => {
    assert.deepEqual(
      findings(ticked(inChina(given.healthy))).filter(({ status }) => status !== 'met'),
      [],
    );
  });
});

describe('provisioning on demand', () => {
  const person: OnDemandTarget = { kind: 'person', person: given.ada };
  const group: OnDemandTarget = { kind: 'group', group: given.group };

  it('is said to be lacking where it is, before anything else', () => {
    assert.equal(onDemandBlocked(inChina(given.healthy), person), noOnDemand);
    assert.equal(onDemandBlocked(inChina(given.blank), group), noOnDemand);
  });

  it('needs step 4 for anyone, and one person read back before a whole group follows', () => {
    assert.ok(onDemandBlocked(given.configured, person));
    assert.equal(onDemandBlocked(given.assigned, person), undefined);
    assert.ok(onDemandBlocked(given.assigned, group));
    assert.equal(onDemandBlocked(given.healthy, group), undefined);
    const other: OnDemandTarget = { kind: 'group', group: { id: 'other', displayName: 'Other' } };
    assert.ok(onDemandBlocked(given.healthy, other));
  });
});
