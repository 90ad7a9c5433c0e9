import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';

/** Milliseconds that an answer of the sign-in is waited for. */
const longestAnswer = 30_000;

/** How MSAL reaches the sign-in: by `fetch`, which VS Code routes by its proxy settings, following no redirect. */
export function fetchNetwork(addressOf: (url: string) => string = (url) => url): INetworkModule {
  async function send<T>(
    method: string,
    url: string,
    { headers, body }: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const response = await fetch(addressOf(url), {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(longestAnswer),
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      // MSAL states the shape and checks what it needs of it.
      body: told(body, await response.json()) as T,
    };
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
}

/**
 * MSAL's error for a device code that was refused says nothing but `error`: Microsoft's own sentence, with its number, is put
 * into it. (Device authorization grant: expected errors.)
 */
function told(asked: string | undefined, answer: unknown): unknown {
  if (asked === undefined || !asked.includes('device_code=') || typeof answer !== 'object' || answer === null)
    return answer;
  const error: unknown = Reflect.get(answer, 'error');
  const description: unknown = Reflect.get(answer, 'error_description');
  if (typeof error !== 'string' || typeof description !== 'string' || error === 'authorization_pending')
    return answer;
  return { ...answer, error: `${error}: ${description}` };
}
