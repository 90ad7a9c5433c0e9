import type { JournalEntry } from '../../engine/session.ts';
import { code, plain } from './markdown.ts';

/** One write as a change record names it. Times are ISO 8601, in UTC. */
export interface ChangeRow {
  readonly at: string;
  readonly who: string;
  readonly what: string;
  readonly request: string;
  /** What takes it back, as JSON: the values that were there before. */
  readonly before: string;
  /** What was sent, as JSON; secrets stand as their placeholder. */
  readonly after: string;
  readonly outcome: string;
  readonly requestId: string;
}

const columns = ['at', 'who', 'what', 'request', 'before', 'after', 'outcome', 'requestId'] as const;

/** One row for each request, oldest first, with its last outcome. */
export function changeRows(entries: readonly JournalEntry[]): readonly ChangeRow[] {
  const byId = new Map<string, { first: JournalEntry; last: JournalEntry }>();
  for (const entry of entries) {
    byId.set(entry.id, { first: byId.get(entry.id)?.first ?? entry, last: entry });
  }
  return [...byId.values()].map(({ first, last }) => ({
    at: new Date(first.at).toISOString(),
    who: first.account,
    what: first.titles.join('; '),
    request: `${first.method} ${first.path}`,
    before: first.inverse === undefined ? '' : JSON.stringify(first.inverse),
    after: first.body === undefined ? '' : JSON.stringify(first.body),
    outcome: [last.phase, last.status, last.note].filter((part) => part !== undefined).join(' '),
    requestId: last.requestId ?? '',
  }));
}

/** RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe first. */
export function changesCsv(rows: readonly ChangeRow[]): string {
  const cell = (value: string): string => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;
  return line(columns) + rows.map((row) => line(columns.map((column) => row[column]))).join('');
}

/** A Markdown document with one section for each request. `title` names the connection. */
export function changesMarkdown(rows: readonly ChangeRow[], title: string): string {
  return [
    `# ${plain(title)}`,
    '',
    ...rows.flatMap((row) => [
      `## ${row.at} ${plain(row.what)}`,
      '',
      `- who: ${plain(row.who)}`,
      `- request: ${code(row.request)}`,
      ...(row.before === '' ? [] : [`- before: ${code(row.before)}`]),
      ...(row.after === '' ? [] : [`- after: ${code(row.after)}`]),
      `- outcome: ${plain(row.outcome)}`,
      ...(row.requestId === '' ? [] : [`- request-id: ${code(row.requestId)}`]),
      '',
    ]),
  ].join('\n');
}
