import type { Plan } from '../../guide/change.ts';
import { text, type Text } from '../../guide/text.ts';
import type { ApplyOptions, ApplyOutcome } from '../session.ts';
import type { RequestGroup } from '../mergeRequests.ts';

/**
 * Sends what takes changes back, one request after another, and stops at the first that is refused. What was taken back
 * is journalled as such, so that the next undo begins with what is left.
 */
export async function takeBack(
  plan: Plan,
  send: (group: RequestGroup) => Promise<Text | undefined>,
  options: ApplyOptions,
): Promise<ApplyOutcome> {
  const made: string[] = [];
  for (const change of plan.changes) {
    if (options.signal?.aborted)
      return {
        result: 'cancelled',
        made,
        summary: text('Cancelled after {0} changes. What is left can be taken back later.', made.length),
      };
    const { request } = change;
    if (request.kind !== 'graph') continue;
    options.onProgress?.({ title: change.title, done: made.length, total: plan.changes.length });
    const refusal = await send({ changes: [change], request });
    if (refusal) return { result: 'failed', made, summary: refusal };
    made.push(change.id);
  }
  return { result: 'done', made, summary: text('Taken back: {0}. The next check shows it.', made.length) };
}
