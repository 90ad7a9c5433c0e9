import { ScimError, scimErrorOf } from './scimError.ts';

/** Gets a path below the base URL and gives its JSON. */
export type ScimReader = (path: string) => Promise<unknown>;

/** A reader that sends the token to one endpoint and follows nothing. */
export function createScimReader({
  baseUrl,
  token,
  fetch: send = fetch,
  signal,
}: {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
}): ScimReader {
  return async (path) => {
    const { response, text } = await get(`${baseUrl}${path}`);
    const body = json(text);
    if (response.status >= 300 && response.status < 400) {
      throw new ScimError('service', response.status, 'The endpoint points to another address.');
    }
    if (!response.ok) throw scimErrorOf(response.status, detailOf(body));
    if (body === undefined) throw new ScimError('malformed', response.status, 'The answer is not JSON.');
    return body;
  };

  async function get(url: string): Promise<{ response: Response; text: string }> {
    const limit = AbortSignal.timeout(30_000);
    try {
      const response = await send(url, {
        headers: { Authorization: `Bearer ${token}`, Accept: 'application/scim+json, application/json' },
        redirect: 'manual',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      });
      return { response, text: await response.text() };
    } catch {
      signal?.throwIfAborted();
      // What fetch says is left out on purpose: for a token that no header can carry it quotes the token.
      throw new ScimError(
        'network',
        0,
        limit.aborted ? 'There was no answer in time.' : "It can't be reached.",
      );
    }
  }
}

function json(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

function detailOf(body: unknown): string {
  const detail: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'detail') : undefined;
  return typeof detail === 'string' ? detail.slice(0, 500) : '';
}
