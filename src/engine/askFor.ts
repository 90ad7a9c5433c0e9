import { readBatch, type GraphRead, type ReadOptions } from '../entra/batch.ts';
import type { GraphClient } from '../entra/graphClient.ts';
import { unknown, type Observed } from '../guide/snapshot.ts';
import { text } from '../guide/text.ts';
import { observed, unreadable } from './observed.ts';

/**
 * A read that needs a permission which signing in does not ask for. Without `interactive` a permission that was not granted
 * yet makes it unknown with the reason `permission`; with it, the browser asks. Never rejects but for an abort.
 */
export async function askFor<T>(
  graph: GraphClient,
  read: GraphRead<T>,
  options: ReadOptions,
): Promise<Observed<T>> {
  try {
    const [result] = await readBatch(graph, [read], options);
    return observed(result);
  } catch (error) {
    options.signal?.throwIfAborted();
    return isMissing(error)
      ? unknown(
          'permission',
          text('It needs the permission {0}, which was not asked for so far.', read.scopes.join(', ')),
        )
      : unreadable(error);
  }
}

/** The token can't be had without a person, or without consent: the account itself is signed in. */
function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'SignInError' || !('reason' in error)) return false;
  return error.reason === 'interaction-required' || error.reason === 'consent';
}
