import type { Plan } from '../../guide/change.ts';
import { format } from '../../guide/text.ts';
import type { Journal } from '../journal.ts';
import { mergeRequests } from '../mergeRequests.ts';
import { endpointIn } from '../savedEndpoint.ts';
import type { JournalEntry } from '../session.ts';

/**
 * Journals the requests that a plan's script sent, on the word of whoever ran it: no API tells which token Entra holds,
 * nor that Kiro accepted it. Everything else is judged by the next look.
 */
export async function recordCarriedOut(
  plan: Plan,
  deps: {
    readonly journal: Journal;
    readonly now: number;
    readonly newId: () => string;
    readonly account: string;
  },
): Promise<void> {
  for (const { changes, request } of mergeRequests(plan.changes)) {
    const entry: JournalEntry = {
      id: deps.newId(),
      at: deps.now,
      account: deps.account,
      phase: 'done',
      changes: changes.map(({ id }) => id),
      titles: changes.map(({ title }) => format(title)),
      method: request.method,
      path: request.path,
      ...(request.body !== undefined && { body: request.body }),
      note: 'carried out by an exported script',
      // The script ends at the first refusal.
      ...(request.answer === 'validation' && {
        validated: { endpoint: endpointIn(request.body), ok: true },
      }),
    };
    await deps.journal.write(entry);
  }
}
