import type { JournalEntry } from './session.ts';

/** A run that is older than this, in milliseconds, is over: who was pushed then may have changed since. */
const goesOnFor = 24 * 60 * 60_000;

/** The last run of a group, and whom it pushed; `undefined` if there was none within a day. */
export function openRun(
  entries: readonly JournalEntry[],
  group: string,
  now: number,
): { readonly id: string; readonly pushed: ReadonlySet<string> } | undefined {
  const own = entries.filter(({ run }) => run?.group === group);
  const last = own.at(-1);
  if (!last?.run || now - last.at > goesOnFor) return undefined;
  const { id } = last.run;
  const pushed = new Set<string>();
  for (const { run, pushed: some } of own) {
    if (run?.id !== id) continue;
    for (const { objectId, ok } of some ?? []) {
      if (ok) pushed.add(objectId);
      else pushed.delete(objectId);
    }
  }
  return { id, pushed };
}
