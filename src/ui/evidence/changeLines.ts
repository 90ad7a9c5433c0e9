import type { JournalEntry } from '../../engine/session.ts';
import { changeRows } from '../exports/changeRecord.ts';
import type { Writing } from './writing.ts';

/**
 * The journal as a change record. Without names, what was sent is left out: it may hold names of people whom nothing else here
 * knows any more. The kinds of change, requests and their ids stay.
 */
export function changeLines(
  journal: readonly JournalEntry[],
  { value, code }: Writing,
  names: boolean,
): readonly string[] {
  const kinds = new Map(journal.map(({ id, changes }) => [id, changes.join(', ')]));
  const ids = [...kinds.keys()];
  return [
    '## What this tool changed',
    '',
    ...(ids.length === 0 ? ['Nothing.'] : []),
    ...changeRows(journal).flatMap((row, index) => [
      `- ${row.at} ${code(row.request)}: ${value(names ? row.what : (kinds.get(ids[index] ?? '') ?? ''))}`,
      `  - outcome: ${value(row.outcome)}`,
      ...(row.requestId === '' ? [] : [`  - request-id: ${code(row.requestId)}`]),
      ...(names
        ? [
            `  - who: ${value(row.who)}`,
            ...(row.before === '' ? [] : [`  - takes it back: ${code(row.before)}`]),
            ...(row.after === '' ? [] : [`  - sent: ${code(row.after)}`]),
          ]
        : []),
    ]),
    '',
  ];
}
