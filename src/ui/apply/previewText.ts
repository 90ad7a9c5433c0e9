import type { Change, Plan } from '../../guide/change.ts';
import type { Text } from '../../guide/text.ts';
import { outline } from './outline.ts';

/** What the preview says besides the changes themselves. All of it is put into words by `write`. */
export interface PreviewWords {
  readonly write: (text: Text) => string;
  readonly count: string;
  readonly nothingSent: string;
  readonly why: string;
  readonly undo: string;
  readonly canBeUndone: string;
  readonly cannotBeUndone: string;
  readonly request: string;
  readonly toFollow: string;
  readonly before: string;
  readonly after: string;
}

export interface PreviewText {
  readonly before: string;
  readonly after: string;
}

const width = 48;

/**
 * The two sides of the diff: on each the same summary (every change with why, undo and request), below it what is and
 * what will be. Their first lines differ, so that the diff editor begins at the top.
 */
export function previewText(plan: Plan, words: PreviewWords): PreviewText {
  const summary = [
    '#',
    ...wrapped(`${words.count} ${words.nothingSent}`, '# ', '# '),
    ...plan.changes.flatMap((change, index) => ['#', ...summaryOf(change, index + 1, words)]),
    ...plan.blockedBy.flatMap(({ reason }) => [
      '#',
      ...wrapped(`${words.toFollow} ${words.write(reason)}`, '# ', '# '),
    ]),
    '',
  ];
  const side = (title: string, valueOf: (change: Change) => readonly string[]): string =>
    [
      `# ${title}`,
      ...summary,
      ...plan.changes.flatMap((change) => [...section(change, words, valueOf), '']),
    ].join('\n');
  return {
    before: plainQuotes(side(words.before, (change) => outline(change.before, 2))),
    after: plainQuotes(side(words.after, (change) => outline(change.after, 2))),
  };
}

/** VS Code puts a warning frame around typographic quotation marks in anything but prose. */
function plainQuotes(text: string): string {
  return text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"');
}

function section(
  change: Change,
  words: PreviewWords,
  valueOf: (change: Change) => readonly string[],
): readonly string[] {
  return [`${words.write(change.title)}:`, ...valueOf(change)];
}

function summaryOf(change: Change, number: number, words: PreviewWords): readonly string[] {
  const undo = change.inverse
    ? words.canBeUndone
    : `${words.cannotBeUndone}${change.notUndoable ? ` ${words.write(change.notUndoable)}` : ''}`;
  return [
    ...wrapped(words.write(change.title), `# ${number}. `, '#    '),
    ...wrapped(`${words.why}: ${words.write(change.why)}`, '#    ', '#      '),
    ...wrapped(`${words.undo}: ${undo}`, '#    ', '#      '),
    `#    ${words.request}:`,
    `#      ${requestLine(change)}`,
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
