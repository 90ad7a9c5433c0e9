import type { JournalEntry } from '../../engine/session.ts';
import type { StepNumber } from '../../guide/requirement.ts';
import { code, plain } from '../exports/markdown.ts';

const stepOf: Readonly<Record<string, StepNumber>> = {
  application: 1,
  configuration: 2,
  profile: 3,
  provisioning: 4,
  people: 5,
};

/** Changes about one person, and what is done to find an error: how a set-up is made does not need them, and they name people. */
const aboutOne =
  /^(?:people\.(?:provisionNow|push|leave|join|former|assign\.person|rescue|firstArrived)|provisioning\.mapping\.leaveOut|undo)/;

/** Requests of the journal that made this step what it is, each once, as it was sent last. */
export function sentRequests(journal: readonly JournalEntry[], step: StepNumber): readonly string[] {
  const done = new Set(journal.filter(({ phase }) => phase === 'done').map(({ id }) => id));
  const taken = new Set(
    journal.flatMap(({ phase, undoes }) => (phase === 'done' && undoes !== undefined ? [undoes] : [])),
  );
  const found = new Map<string, string>();
  for (const entry of journal) {
    const { id, phase, changes, method, path, pushed } = entry;
    if (phase !== 'done' || !done.has(id) || taken.has(id) || pushed) continue;
    const [first = ''] = changes;
    if (aboutOne.test(first) || stepOf[first.split('.')[0] ?? ''] !== step) continue;
    const begun = journal.find((one) => one.id === id && one.body !== undefined);
    const key = `${method} ${path} ${changes.join()}`;
    found.delete(key);
    found.set(
      key,
      requestLines({
        title: entry.titles.join(', '),
        request: `${method} ${path}`,
        body: begun?.body === undefined ? undefined : JSON.stringify(begun.body),
      }).join('\n'),
    );
  }
  return [...found.values()];
}

/** One request: what it is for, its line, its body. */
export function requestLines(one: {
  readonly title: string;
  readonly request: string;
  readonly body: string | undefined;
}): readonly string[] {
  return [
    `- ${plain(one.title)}`,
    `  - ${code(one.request)}`,
    ...(one.body === undefined ? [] : [`  - ${code(one.body)}`]),
  ];
}
