import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { JournalEntry } from '../../../src/engine/session.ts';
import { changeRows, changesCsv, changesMarkdown } from '../../../src/ui/exports/changeRecord.ts';

const intended: JournalEntry = {
  id: '1',
  at: Date.UTC(2026, 10, 24, 9, 30),
  account: 'ada@contoso.com',
  phase: 'intended',
  changes: ['people.assign.1'],
  titles: ['Assign =cmd|"Sales", EMEA\n# [click](https://evil.example) <img src=x>'],
  method: 'PATCH',
  path: '/applications/1',
  body: { displayName: 'Kiro `new`' },
  inverse: [{ method: 'PATCH', body: { displayName: 'Kiro' } }],
};
const done: JournalEntry = { ...intended, at: intended.at + 5, phase: 'done', status: 204, requestId: 'r-1' };

describe('the change record', () => {
  it('has one row for an intention and its outcome', () => {
    const [row, ...others] = changeRows([intended, done]);
    assert.equal(others.length, 0);
    assert.equal(row?.at, '2026-11-24T09:30:00.000Z');
    assert.equal(row.who, 'ada@contoso.com');
    assert.match(row.before, /"Kiro"/);
    assert.match(row.after, /new/);
    assert.match(row.outcome, /done 204/);
    assert.equal(row.requestId, 'r-1');
  });

  it('as CSV quotes what separates cells, and disarms formulas', () => {
    const csv = changesCsv(changeRows([{ ...intended, titles: ['=HYPERLINK("x"), y'] }]));
    assert.ok(csv.includes(`"'=HYPERLINK(""x""), y"`));
    assert.equal(csv.split('\r\n').length, 3);
  });

  it('as Markdown lets no name become a heading, a link or HTML', () => {
    const markdown = changesMarkdown(changeRows([intended, done]), 'Contoso');
    const headings = markdown.split('\n').filter((line) => line.startsWith('#'));
    assert.equal(headings.length, 2);
    assert.doesNotMatch(headings[1] ?? '', /(?<!\\)[<[]/);
    assert.ok(markdown.includes('``{"displayName":"Kiro `new`"}``'));
  });
});
