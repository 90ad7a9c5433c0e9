import assert from 'node:assert/strict';
import type { Health } from '../../../src/guide/health.ts';
import type { FindingStatus } from '../../../src/guide/requirement.ts';
import { text } from '../../../src/guide/text.ts';
import { DrawnRows } from '../../../src/ui/tree/drawnRows.ts';

function health(at: number, status: FindingStatus, ids: readonly string[] = ['a', 'b']): Health {
  const words = text('x');
  const findings = ids.map((id) => ({
    id,
    step: 4 as const,
    title: words,
    why: words,
    severity: 'required' as const,
    status: id === 'a' ? status : ('met' as const),
    label: words,
    evidence: words,
  }));
  return {
    at,
    overall: 'todo',
    headline: words,
    todo: 1,
    steps: [{ step: 4, title: words, status: 'unmet', label: words, findings }],
  };
}

describe('The rows of the tree', () => {
  it('are all drawn first, and none again while they show the same', () => {
    const rows = new DrawnRows();
    assert.equal(rows.take(health(1, 'unmet')), 'all');
    assert.deepEqual(rows.take(health(2, 'unmet')), []);
  });

  it('are drawn again one by one, so that a button pressed meanwhile still knows its row', () => {
    const rows = new DrawnRows();
    rows.take(health(1, 'unmet'));
    assert.deepEqual(rows.take(health(2, 'waiting')), [rows.node({ kind: 'finding', step: 4, id: 'a' })]);
    assert.deepEqual(rows.take(health(3, 'waiting', ['a', 'b', 'c'])), [
      rows.node({ kind: 'step', step: 4 }),
    ]);
    assert.equal(rows.take(undefined), 'all');
  });
});
