import assert from 'node:assert/strict';
import { PeopleJoin } from '../../../src/scim/peopleJoin.ts';
import type { DirectoryMember, ScimUser } from '../../../src/guide/snapshot.ts';

const member = (id: string, rest: Partial<DirectoryMember> = {}): DirectoryMember => ({
  id,
  type: 'user',
  displayName: `Person ${id}`,
  userPrincipalName: `${id}@contoso.com`,
  accountEnabled: true,
  ...rest,
});
const record = (id: string, rest: Partial<ScimUser> = {}): ScimUser => ({
  id: `record-${id}`,
  userName: `${id}@contoso.com`,
  externalId: id,
  displayName: `Person ${id}`,
  active: true,
  ...rest,
});
const options = { groups: 2, direct: new Set<string>(['zoe']), caseExact: false, mostNamed: 1_000 };

type Step = (join: PeopleJoin) => void;

/** Everyone of the scene, in the order that is given. */
function joined(steps: readonly Step[], given = options) {
  const join = new PeopleJoin(given);
  for (const step of steps) step(join);
  const result = join.finish();
  return {
    ...result,
    differences: join.differences.named
      .map(({ kind, name, recordId }) => `${kind} ${name}${recordId ? ` ${recordId}` : ''}`)
      .sort(),
  };
}

const withoutId: ScimUser = {
  id: 'record-eve',
  userName: 'eve@contoso.com',
  active: true,
  displayName: 'Person eve',
};
const scene: readonly Step[] = [
  (join) => join.expect(member('ada'), 0),
  (join) => join.expect(member('ada'), 1),
  (join) => join.expect(member('bob'), 0),
  (join) => join.expect(member('cleo'), 0),
  (join) => join.expect(member('dan', { accountEnabled: false }), 0),
  (join) => join.expect(member('eve'), 0),
  (join) => join.expect(member('finn'), 0),
  (join) => join.expect(member('nested', { type: 'group' }), 0),
  (join) => join.found(record('ada', { userName: 'ADA@contoso.com', externalId: 'ADA' })),
  (join) => join.found(record('bob', { active: false })),
  (join) => join.found(record('dan')),
  (join) => join.found(withoutId),
  (join) => join.found(record('old', { userName: 'finn@contoso.com', externalId: 'finn.nickname' })),
  (join) => join.found(record('gone')),
  (join) => join.found(record('left', { active: false })),
  (join) => join.found(record('zoe')),
];
const expected = [
  'direct Person zoe record-zoe',
  'disabled Person dan record-dan',
  'inactive Person bob record-bob',
  'missing Person cleo',
  'orphan Person gone record-gone',
  'wrongId Person eve record-eve',
  'wrongId Person finn record-old',
];

/** Fisher and Yates, by a generator that repeats itself for a seed (Park and Miller). */
function shuffled<T>(list: readonly T[], seed: number): readonly T[] {
  const left = [...list];
  const out: T[] = [];
  for (let state = seed; left.length > 0;) {
    state = (state * 48_271) % 2_147_483_647;
    out.push(...left.splice(state % left.length, 1));
  }
  return out;
}

describe('peopleJoin', () => {
  it('names everyone who differs, and counts the rest', () => {
    const result = joined(scene);
    assert.deepEqual(result.differences, expected);
    assert.deepEqual([result.people, result.arrived, result.records, result.left], [5, 1, 8, 1]);
  });

  it('comes to the same whatever arrives first', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      assert.deepEqual(joined(shuffled(scene, seed)), joined(scene), `seed ${seed}`);
    }
  });

  it('counts a record once that a shifting list gives twice, and calls a second one a duplicate', () => {
    for (const order of [0, 1]) {
      const people: Step = (join) => join.expect(member('ada'), 0);
      const records: Step[] = [
        (join) => join.found(record('ada')),
        (join) => join.found(record('ada')),
        (join) => join.found(record('ada', { id: 'second' })),
      ];
      const result = joined(order === 0 ? [people, ...records] : [...records, people]);
      assert.deepEqual(result.differences, ['duplicate Person ada second']);
      assert.equal(result.records, 2);
    }
  });

  it('tells a person whose user name another record has taken', () => {
    const result = joined([
      (join) => join.expect(member('ada'), 0),
      (join) => join.expect(member('bob'), 0),
      (join) => join.found(record('bob', { userName: 'ada@contoso.com' })),
    ]);
    assert.deepEqual(result.differences, ['wrongId Person ada record-bob']);
  });

  it('notices names that are none', () => {
    const result = joined([
      (join) => join.expect(member('a'), 0),
      (join) => join.expect(member('b'), 0),
      (join) => join.found(record('a', { displayName: '4f1c2a90-0000-4000-8000-0123456789ab' })),
      (join) => join.found(record('b', { displayName: ' ' })),
    ]);
    assert.equal(result.differences.filter((one) => one.startsWith('guidName')).length, 1);
    assert.equal(result.differences.filter((one) => one.startsWith('noName')).length, 1);
  });

  it('holds memberships against the groups, and names at most as many as it may', () => {
    const join = new PeopleJoin({ ...options, mostNamed: 1 });
    for (const id of ['ada', 'bob', 'cleo']) {
      join.expect(member(id), 0);
      join.found(record(id));
    }
    join.expect(member('ada'), 1);
    join.finish();
    assert.equal(join.inGroup(0, record('ada'), 'Staff'), 'member');
    assert.equal(join.inGroup(1, record('bob'), 'Pilot'), 'stray');
    const counts = join.finishGroups(
      new Map([
        [0, 'Staff'],
        [1, 'Pilot'],
      ]),
    );
    assert.deepEqual(counts.get(0), { members: 3, lacking: 2 });
    assert.deepEqual(counts.get(1), { members: 1, lacking: 1 });
    assert.equal(join.differences.count('notMember'), 3);
    assert.equal(join.differences.named.filter(({ kind }) => kind === 'notMember').length, 1);
    assert.equal(join.differences.count('strayMember'), 1);
  });
});
