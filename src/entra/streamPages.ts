import { setImmediate as turn } from 'node:timers/promises';
import * as v from 'valibot';
import type { ReadOptions } from './batch.ts';
import type { GraphClient } from './graphClient.ts';
import { GraphError } from './graphError.ts';
import { nextPath } from './pages.ts';
import { parsed } from './parse.ts';
import type { GraphRead } from './read.ts';

const pageShape = v.looseObject({ value: v.array(v.unknown()), '@odata.nextLink': v.optional(v.string()) });
const parsePage = parsed(pageShape);
/** 999 to a page: a million entries. */
const mostPages = 1_001;

/**
 * The pages of a list as they arrive (Microsoft Graph: Paging), each requested before the one ahead of it is handed out.
 * Throws a {@link GraphError}, of reason `malformed` for a list that has no end.
 */
export async function* streamPages<T>(
  client: GraphClient,
  read: GraphRead<readonly T[]>,
  { signal, interactive }: ReadOptions = {},
): AsyncGenerator<readonly T[], void, undefined> {
  const stop = new AbortController();
  const ask = async (path: string): Promise<unknown> => {
    const answer = await client.send({
      method: 'GET',
      path,
      scopes: read.scopes,
      signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
      ...(read.headers && { headers: read.headers }),
      ...(interactive !== undefined && { interactive }),
    });
    return answer.body;
  };
  const followed = new Set([read.path]);
  try {
    let coming: Promise<unknown> | undefined = ask(read.path);
    while (coming) {
      const body: unknown = await coming;
      const link = parsePage(body)['@odata.nextLink'];
      const next = link === undefined ? undefined : nextPath(client.baseUrl, link);
      if (next !== undefined && (followed.has(next) || followed.size >= mostPages)) {
        throw new GraphError({
          reason: 'malformed',
          message: 'Microsoft Graph never came to the last page.',
        });
      }
      if (next !== undefined) followed.add(next);
      coming = next === undefined ? undefined : ask(next);
      // Whoever stops reading leaves a request behind whose end nobody waits for.
      coming?.catch(() => undefined);
      // Until the event loop turns, the request is not on its way: the service would wait for us, and then we for it.
      if (coming) await turn();
      yield read.parse(body);
    }
  } finally {
    stop.abort();
  }
}
