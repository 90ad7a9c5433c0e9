import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');

interface Row {
  readonly id: string;
  readonly fact: string;
  readonly source: string;
  readonly file: string;
  /** What the test is called; nothing where the whole file is meant. */
  readonly test: string;
}

/** Rows of the tables of facts: `| G1 | fact | source | file: test |`. */
const rows: readonly Row[] = readme.split('\n').flatMap((line) => {
  const [, id = '', fact = '', source = '', where = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
  if (!/^[A-Z]+\d+$/.test(id)) return [];
  const [, file = '', test = ''] = /^`([^`]+)`(?::\s*(.+))?$/.exec(where) ?? [];
  return [{ id, fact, source, file, test }];
});

describe('the table of facts', () => {
  it('has each of the 25 facts that are most often got wrong, and each id once', () => {
    const ids = rows.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)]);
    for (let n = 1; n <= 25; n++) assert.ok(ids.includes(`W${n}`), `W${n}`);
  });

  for (const { id, fact, source, file, test } of rows)
    it(`${id} has its source and its test`, () => {
      assert.ok(fact.length > 10 && source.length > 3, `${id} lacks a fact or a source`);
      assert.ok(existsSync(join(root, file)), `${id}: there is no ${file}`);
      const written = readFileSync(join(root, file), 'utf8').replaceAll("\\'", "'");
      assert.ok(written.includes(test), `${id}: ${file} has no test “${test}”`);
    });
});
