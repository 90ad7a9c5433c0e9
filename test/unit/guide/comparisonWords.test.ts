import assert from 'node:assert/strict';
import { differenceKinds, type Comparison, type DifferenceKind } from '../../../src/guide/comparison.ts';
import { comparisonHeadline, differingKinds } from '../../../src/guide/comparisonWords.ts';
import { format } from '../../../src/guide/text.ts';
import { comparisonText } from '../../../src/ui/compare/comparisonText.ts';

const none = Object.fromEntries(differenceKinds.map((kind) => [kind, 0])) as Record<DifferenceKind, number>;
const same: Comparison = {
  at: 1_750_000_000_000,
  people: 3,
  arrived: 3,
  records: 4,
  left: 1,
  counts: none,
  differences: [],
  groups: [{ name: 'Staff', state: 'same', members: 3, lacking: 0, strays: 0 }],
  service: { filter: true, patch: true, userAttributes: [] },
};
const differing: Comparison = {
  ...same,
  arrived: 1,
  counts: { ...none, missing: 1_200, wrongId: 1 },
  differences: [
    { kind: 'missing', name: 'Ada', userName: 'ada@contoso.com', objectId: 'a' },
    { kind: 'wrongId', name: 'Grace', userName: 'grace@contoso.com', found: 'grace.nick' },
  ],
};

describe('a comparison in words', () => {
  it('says what weighs most, by number', () => {
    assert.deepEqual(differingKinds(differing), ['wrongId', 'missing']);
    assert.notEqual(format(comparisonHeadline(same)), format(comparisonHeadline(differing)));
    const groups = comparisonHeadline({ ...same, groups: [{ ...same.groups[0]!, state: 'missing' }] });
    assert.notEqual(format(groups), format(comparisonHeadline(same)));
  });

  it('names people with what Kiro has of them, and counts those whom it does not name', () => {
    const written = comparisonText(differing, format);
    for (const part of ['Ada', 'grace@contoso.com', 'grace.nick', '1199']) {
      assert.ok(written.includes(part), part);
    }
    assert.ok(!comparisonText(same, format).includes('•'));
  });
});
