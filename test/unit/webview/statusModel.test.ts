import assert from 'node:assert/strict';
import { differenceKinds, type Comparison } from '../../../src/guide/comparison.ts';
import { explainProvisioningCode } from '../../../src/guide/diagnosis/provisioningCodes.ts';
import { known } from '../../../src/guide/snapshot.ts';
import type { PanelView } from '../../../src/ui/panels/view.ts';
import { comparePeople } from '../../../src/ui/panels/peopleModel.ts';
import { statusModel } from '../../../src/ui/panels/statusModel.ts';
import { parseModel } from '../../../src/webview/messages.ts';
import type { StatusModel } from '../../../src/webview/models.ts';
import type { SampleName } from '../../webview-preview/samples.ts';
import { log, now, samples } from '../../webview-preview/samples.ts';

const minute = 60_000;

function model(view: PanelView, failing = false): StatusModel {
  return statusModel(view, log(failing));
}

function stages(view: PanelView): Record<string, string> {
  return Object.fromEntries(model(view).stages.map(({ id, state }) => [id, state.status]));
}

describe('model of the status panel', () => {
  it('is what the page accepts, in every state', () => {
    for (const name of Object.keys(samples) as SampleName[]) {
      const made = model(samples[name]);
      assert.deepEqual(parseModel(JSON.parse(JSON.stringify(made))), made, name);
    }
  });

  it('shows the clock that runs: the next Entra cycle and Kiro’s six hours', () => {
    const clocks = model(samples.busy).stages.flatMap(({ id, clock }) =>
      clock ? [[id, clock.until - now]] : [],
    );
    assert.deepEqual(clocks, [
      ['entraCycle', 18 * minute],
      ['kiroCycle', 339 * minute],
    ]);
  });

  it('says where a change stands', () => {
    assert.deepEqual(stages(samples.busy), {
      change: 'met',
      entraCycle: 'waiting',
      endpoint: 'waiting',
      kiroCycle: 'waiting',
      seat: 'manual',
    });
    assert.equal(stages(samples.broken)['entraCycle'], 'failing');
    assert.equal(stages(samples.broken)['endpoint'], 'failing');
    assert.ok(Object.values(stages(samples.healthy)).every((status) => status === 'met'));
    assert.ok(Object.values(stages(samples.fresh)).every((status) => status === 'later'));
  });

  it('holds who is in Kiro against who is assigned', () => {
    const kinds = (view: PanelView): Record<string, string> =>
      Object.fromEntries(comparePeople(view.observation!.snapshot).map(({ name, kind }) => [name, kind]));
    assert.deepEqual(kinds(samples.broken), {
      'Alan Turing': 'wrong',
      'Katherine Johnson': 'missing',
      'Mary Jackson': 'missing',
      'Linus Pauling': 'inactive',
      'Ada Lovelace': 'arrived',
      'Grace Hopper': 'arrived',
    });
  });

  it('finds people in Kiro whom nobody assigned', () => {
    const { snapshot, health } = samples.healthy.observation!;
    const stranger = { id: 'k', userName: 'eve@contoso.com', externalId: 'ffff', active: true };
    const users = snapshot.scim.known ? [...snapshot.scim.value.users, stranger] : [];
    const view = {
      ...samples.healthy,
      observation: { health, snapshot: { ...snapshot, scim: known({ users, groups: [] }, now) } },
    };
    const { people } = model(view);
    assert.equal(people.rows[0]?.kind, 'unexpected');
    assert.equal(people.filters.find(({ kind }) => kind === 'unexpected')?.count, 1);
  });

  it('calls nobody missing while Kiro can’t be read', () => {
    const { snapshot, health } = samples.busy.observation!;
    const scim = { known: false, reason: 'network', detail: { message: 'No way there.', args: [] } } as const;
    const view = { ...samples.busy, observation: { health, snapshot: { ...snapshot, scim } } };
    assert.deepEqual(new Set(model(view).people.rows.map(({ kind }) => kind)), new Set(['unknown']));
    assert.equal(stages(view)['endpoint'], 'unknown');
  });

  it('counts by the comparison of everybody where a look read only a part of Kiro', () => {
    const { snapshot, health } = samples.healthy.observation!;
    const users = (snapshot.scim.known ? snapshot.scim.value.users : []).slice(0, 1);
    const scim = known({ users, groups: [], partial: { total: 5_000, asked: [] } }, now);
    const partial = { ...samples.healthy, observation: { health, snapshot: { ...snapshot, scim } } };
    const unknown = model(partial).people.rows.filter(({ kind }) => kind === 'unknown');
    assert.ok(unknown.length > 0);
    const [gone] = unknown;
    assert.ok(gone);
    const none = Object.fromEntries(differenceKinds.map((kind) => [kind, 0]));
    const comparison: Comparison = {
      at: now - minute,
      people: 5_000,
      arrived: 4_990,
      records: 5_001,
      left: 0,
      counts: { ...(none as Comparison['counts']), missing: 7, wrongId: 3, orphan: 1 },
      differences: [
        { kind: 'missing', name: gone.name, userName: gone.detail, objectId: gone.id },
        { kind: 'orphan', name: 'Eve', userName: 'eve@contoso.com', recordId: 'k' },
      ],
      groups: [],
      service: { filter: true, patch: true, userAttributes: [] },
    };
    const compared = { ...partial, comparison };
    const { people } = model(compared);
    assert.match(people.summary, /5000.*4990/);
    assert.equal(people.rows.find(({ id }) => id === gone.id)?.kind, 'missing');
    assert.equal(people.rows.find(({ id }) => id === 'k')?.kind, 'unexpected');
    assert.ok(people.rows.every(({ kind }) => kind !== 'unknown'));
    assert.equal(stages(compared)['endpoint'], 'failing');
    // A look that read all is newer.
    assert.deepEqual(model({ ...samples.healthy, comparison }).people, model(samples.healthy).people);
  });

  it('says of everybody who is missing when they can be expected, never at a time that is past', () => {
    const missing = (view: PanelView) => model(view).people.rows.filter(({ kind }) => kind === 'missing');
    const [one] = missing(samples.busy);
    assert.ok(one?.note);
    const later = { ...samples.busy, now: now + 3 * 60 * minute };
    assert.notEqual(missing(later)[0]?.note, one.note);
    assert.equal(stages(later)['entraCycle'], 'unmet');
    assert.deepEqual(
      model(later).stages.filter(({ id, clock }) => id === 'entraCycle' && clock),
      [],
    );
  });

  it('makes out the runs in the log, oldest first', () => {
    const { runs } = model(samples.broken, true).provisioning;
    assert.deepEqual(
      runs.map(({ ok, failed, skipped }) => [ok, failed, skipped]),
      [
        [5, 0, 1],
        [3, 0, 1],
        [2, 0, 0],
        [5, 0, 1],
        [2, 0, 0],
        [0, 1, 0],
        [0, 3, 0],
      ],
    );
  });

  it('gives failed events their cause and cure', () => {
    const { events } = model(samples.broken, true).provisioning;
    const known = explainProvisioningCode('Unauthorized')!;
    assert.equal(events[0]?.cause, known.cause.message);
    assert.equal(events[0]?.cure, known.cure.message);
    assert.equal(events.find(({ state }) => state.status === 'met')?.cure, undefined);
  });

  it('has a cell for each server and name that was asked', () => {
    const [contoso] = model(samples.busy).domains;
    assert.deepEqual(
      contoso?.asked,
      ['kiro-app-1.contoso.com', 'contoso.com'],
      'where it stands comes first',
    );
    assert.deepEqual(
      contoso.servers.map(({ answers }) => answers.map(({ status }) => status)),
      [
        ['met', 'later'],
        ['met', 'later'],
        ['met', 'later'],
        ['later', 'later'],
        ['later', 'later'],
      ],
    );
  });
});
