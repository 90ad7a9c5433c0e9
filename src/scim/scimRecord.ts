import type { Json } from '../guide/change.ts';
import { ScimError, isScimError, scimErrorOf } from './scimError.ts';
import { createScimReader, type ScimReaderOptions } from './scimReader.ts';

/** Milliseconds until an answer counts as lost. */
const longestAnswer = 30_000;

/** One user of a SCIM endpoint as it stands there, every attribute; `undefined` where there is none of this id. */
export async function readRecord(options: ScimReaderOptions, id: string): Promise<Json | undefined> {
  try {
    return (await createScimReader(options)(`/Users/${encodeURIComponent(id)}`)) as Json;
  } catch (error) {
    if (isScimError(error) && error.reason === 'not-found') return undefined;
    throw error;
  }
}

/**
 * Deletes one user (RFC 7644, section 3.6). Resolves too where it is gone already. Sent once: whether a request whose answer
 * is lost took effect, only a look tells. Rejects with a `ScimError`; follows no redirect.
 */
export async function deleteRecord(
  { baseUrl, token, fetch: send = fetch }: ScimReaderOptions,
  id: string,
): Promise<void> {
  let response: Response;
  try {
    response = await send(`${baseUrl}/Users/${encodeURIComponent(id)}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(longestAnswer),
    });
    await response.arrayBuffer();
  } catch {
    // What fetch says is left out on purpose, as in `scimReader.ts`.
    throw new ScimError('network', 0, "It can't be reached.");
  }
  if (response.ok || response.status === 404) return;
  throw scimErrorOf(response.status, '');
}
