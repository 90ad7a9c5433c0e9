import assert from 'node:assert/strict';
import type { Choices, Json, Plan } from '../../../src/guide/change.ts';
import { findings } from '../../../src/guide/findings.ts';
import { makePlan } from '../../../src/guide/plan.ts';
import { known, valueOf, type Snapshot, type SynchronizationSchema } from '../../../src/guide/snapshot.ts';
import { leftOutId } from '../../../src/guide/steps/leftOut.ts';
import { asItWas, leaveOutId, leftOut } from '../../../src/guide/steps/leftOutMapping.ts';
import { mappingOf } from '../../../src/guide/steps/schemaMapping.ts';
import * as given from './snapshots.ts';

const { at, healthy, noChoices, ada } = given;
const only = [leftOutId];
const asked: Choices = { ...noChoices, leaveOut: ada };
const path = `/servicePrincipals/${given.principalId}/synchronization/jobs/${given.stoppedJob.id}/schema`;
const pushId = `people.push.leftOut.${ada.id}`;

/** Every source is another than the default, so that the default would be seen. */
const own = given.withUserMappings(
  { ...given.rightSchema, directories: [{ id: 'd' }] } as SynchronizationSchema,
  (mappings) =>
    mappings.map((one) =>
      one.targetAttributeName === 'displayName' ? { ...one, flowType: 'ObjectAddOnly' } : one,
    ),
);
const whole: Snapshot = { ...healthy, schema: known(own, at) };
const schemaIn = (plan: Plan): Json | undefined => {
  const request = plan.changes[0]?.request;
  return request?.kind === 'graph' ? request.body : undefined;
};
const reducedSchema = schemaIn(makePlan(whole, 4, asked, only)) as object as SynchronizationSchema;
const left = { at: at - 60_000, path, schema: own, pushed: [] };
const reduced: Snapshot = {
  ...whole,
  schema: known(reducedSchema, at),
  journal: { ...whole.journal, leftOut: left },
};
const pushed = (ok: boolean): Snapshot => ({
  ...reduced,
  journal: { ...reduced.journal, leftOut: { ...left, pushed: [{ objectId: ada.id, ok }] } },
});
const finding = (snapshot: Snapshot) => findings(snapshot).find(({ id }) => id === leftOutId);
const ids = ({ changes }: Plan) => changes.map(({ id, request }) => `${request.kind} ${id}`);

describe('attributes left out to find an error', () => {
  it('are all that Kiro does not need, and nothing else of the schema changes', () => {
    assert.deepEqual(
      mappingOf(reducedSchema, 'User')
        ?.attributeMappings.map((one) => one.targetAttributeName)
        .sort(),
      ['active', 'externalId', 'userName'],
    );
    assert.deepEqual(mappingOf(reducedSchema, 'Group'), mappingOf(own, 'Group'));
    assert.deepEqual(Reflect.get(reducedSchema, 'directories'), Reflect.get(own, 'directories'));
  });

  it('are not what people are matched by', () => {
    const byMail = given.withUserMappings(own, (mappings) =>
      mappings.map((one) => ({
        ...one,
        matchingPriority: one.targetAttributeName.startsWith('emails') ? 1 : 0,
      })),
    );
    const body = schemaIn(makePlan({ ...whole, schema: known(byMail, at) }, 4, asked, only));
    assert.equal(mappingOf(body as object as SynchronizationSchema, 'User')?.attributeMappings.length, 4);
  });

  it('are left out before the person is provisioned, once', () => {
    assert.deepEqual(ids(makePlan(whole, 4, asked, only)), [`graph ${leaveOutId}`, `later ${pushId}`]);
    assert.deepEqual(ids(makePlan(reduced, 4, asked, only)), [`graph ${pushId}`]);
    assert.deepEqual(makePlan(pushed(true), 4, asked, only).changes, []);
    assert.deepEqual(makePlan(pushed(false), 4, asked, only).changes, []);
  });

  it('are told of in whatever session, with what the person showed, and are no row otherwise', () => {
    assert.equal(finding(whole), undefined);
    const said = [reduced, pushed(true), pushed(false)].map((one) => finding(one));
    for (const one of said) assert.deepEqual([one?.status, one?.action?.kind], ['unmet', 'apply']);
    assert.equal(new Set(said.map((one) => one?.evidence.message)).size, 3);
  });

  it('go back exactly as they were, by their row and by the whole step', () => {
    for (const plan of [makePlan(reduced, 4, noChoices, only), makePlan(reduced, 4, noChoices)]) {
      assert.deepEqual(ids(plan), ['graph provisioning.mapping']);
      assert.deepEqual(schemaIn(plan), own);
    }
    assert.deepEqual(makePlan({ ...reduced, schema: known(own, at) }, 4, noChoices).changes, []);
  });

  it('are told of until each is back, also when somebody puts one back by hand', () => {
    const [one] = mappingOf(own, 'User')!.attributeMappings.filter(
      ({ targetAttributeName }) => targetAttributeName === 'displayName',
    );
    const partly = given.withUserMappings(reducedSchema, (mappings) => [...mappings, one!]);
    const snapshot: Snapshot = { ...reduced, schema: known(partly, at) };
    assert.equal(finding(snapshot)?.status, 'unmet');
    assert.ok(!leftOut(snapshot)?.targets.includes('displayName'));
    assert.equal(leftOut(reduced)!.targets.length - 1, leftOut(snapshot)!.targets.length);
  });

  it('go back also where Kiro can’t be read', () => {
    assert.deepEqual(ids(makePlan({ ...reduced, scim: given.blank.scim }, 4, noChoices, only)), [
      'graph provisioning.mapping',
    ]);
  });

  it('go back beside what changed meanwhile', () => {
    const meanwhile = given.withUserMappings(reducedSchema, (mappings) => [
      ...mappings.map((one) =>
        one.targetAttributeName === 'active' ? { ...one, flowType: 'Changed' } : one,
      ),
      { targetAttributeName: 'nickName', matchingPriority: 0, source: null },
    ]);
    const back = mappingOf(asItWas({ ...reduced, schema: known(meanwhile, at) }, meanwhile), 'User');
    const targets = back?.attributeMappings.map((one) => one.targetAttributeName) ?? [];
    assert.equal(targets.length, mappingOf(own, 'User')!.attributeMappings.length + 1);
    assert.equal(
      Reflect.get(
        back!.attributeMappings.find((one) => one.targetAttributeName === 'active')!,
        'flowType',
      ),
      'Changed',
    );
  });

  it('are forgotten once somebody put them back, and with another job', () => {
    assert.equal(leftOut({ ...reduced, schema: known(own, at) }), undefined);
    const job = valueOf(healthy.job)!;
    assert.equal(leftOut({ ...reduced, job: known({ ...job, id: 'another' }, at) }), undefined);
    assert.equal(leftOut(whole), undefined);
  });

  it('stay where the mapping has to be right first, or nobody can be provisioned on demand', () => {
    for (const snapshot of [
      { ...whole, schema: known(given.defaultSchema, at) },
      { ...whole, cloud: { ...whole.cloud, lacks: ['provisionOnDemand'] as const } },
    ]) {
      const plan = makePlan(snapshot, 4, asked, only);
      assert.deepEqual([plan.changes, plan.blockedBy.length], [[], 1]);
    }
  });
});
