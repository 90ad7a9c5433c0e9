import type { Change, Plan } from '../../guide/change.ts';
import type { Text } from '../../guide/text.ts';
import { onlyChanges } from './onlyChanges.ts';
import type { Unchanged } from './onlyChanges.ts';
import { outline } from './outline.ts';
import { inPortalTerms } from './portalTerms.ts';

/** What the preview says besides the changes themselves. All of it is put into words by `write`. */
export interface PreviewWords {
  readonly write: (text: Text) => string;
  readonly count: string;
  readonly nothingSent: string;
  readonly why: string;
  readonly undo: string;
  readonly canBeUndone: string;
  readonly cannotBeUndone: string;
  readonly toFollow: string;
  readonly unchanged: Unchanged;
  readonly before: string;
  readonly after: string;
}

export interface PreviewText {
  readonly before: string;
  readonly after: string;
}

const width = 50;
/** Further in than any other line, so that colours can tell values from sentences. */
const valueIndent = 6;

/**
 * The two sides of the diff. On both: how many changes and which; then each with what is or will be, why, whether it can be
 * undone, and the request. Their first lines differ, so that the diff editor begins at the top.
 */
export function previewText(plan: Plan, words: PreviewWords): PreviewText {
  const titles = plan.changes.map((change, index) =>
    wrapped(words.write(change.title), `  ${index + 1}. `, '     '),
  );
  const top = [
    '',
    ...wrapped(`${words.count} ${words.nothingSent}`, '', ''),
    ...(titles.length > 1 ? titles.flat() : []),
    '',
  ];
  const end = plan.blockedBy.flatMap(({ reason }) => [
    ...wrapped(`${words.toFollow} ${words.write(reason)}`, '', ''),
    '',
  ]);
  const side = (title: string, which: 0 | 1): string =>
    [
      title,
      ...top,
      ...plan.changes.flatMap((change, index) => section(change, index + 1, which, words)),
      ...end,
    ].join('\n');
  return { before: plainQuotes(side(words.before, 0)), after: plainQuotes(side(words.after, 1)) };
}

/** VS Code puts a warning frame around typographic quotation marks in anything but prose. */
export function plainQuotes(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}

function section(change: Change, number: number, which: 0 | 1, words: PreviewWords): readonly string[] {
  const { write } = words;
  const undo = change.inverse
    ? words.canBeUndone
    : `${words.cannotBeUndone}${change.notUndoable ? ` ${write(change.notUndoable)}` : ''}`;
  const sides = onlyChanges(
    inPortalTerms(change.before, write),
    inPortalTerms(change.after, write),
    words.unchanged,
  );
  return [
    ...wrapped(write(change.title), `${number}. `, '   '),
    '',
    ...outline(sides[which], valueIndent),
    '',
    ...wrapped(`${words.why}: ${write(change.why)}`, '   ', '     '),
    ...wrapped(`${words.undo}: ${undo}`, '   ', '     '),
    `   ${requestLine(change)}`,
    '',
  ];
}

/** The Graph request in one line. */
export function requestLine({ request }: Change): string {
  return `${request.method} ${request.kind === 'graph' ? request.path : request.outline}`;
}

function wrapped(sentence: string, first: string, next: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of sentence.split(/\s+/)) {
    if (!empty && line.length + word.length + 1 > width) {
      lines.push(line);
      line = next + word;
    } else {
      line += (empty ? '' : ' ') + word;
    }
    empty = false;
  }
  return [...lines, line];
}
