import { setTimeout as pause } from 'node:timers/promises';
import { ScimError, scimErrorOf } from './scimError.ts';

/** Gets a path below the base URL and gives its JSON. Rejects with a {@link ScimError} or a signal's reason. */
export type ScimReader = (path: string, signal?: AbortSignal) => Promise<unknown>;

export interface ScimReaderOptions {
  readonly baseUrl: string;
  readonly token: string;
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
  /** Waits; rejects with the signal's reason as soon as it is aborted. */
  readonly wait?: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** How often an answer that asks for patience (429, 503) is asked for again. */
const mostTries = 4;
/** Longest Retry-After that is waited for, in seconds; beyond it the caller is told at once. */
const longestWait = 60;
/** Milliseconds until an answer counts as lost. */
const longestAnswer = 30_000;

/**
 * A reader that sends the token to one endpoint and follows nothing. Waits as `Retry-After` says (RFC 9110, section 10.2.3)
 * where the service asks for fewer requests or for time, and a second, two and four where it names no time.
 */
export function createScimReader(options: ScimReaderOptions): ScimReader {
  const { baseUrl, wait = defaultWait } = options;
  return async (path, signal) => {
    const stops = [options.signal, signal].filter((one) => one !== undefined);
    for (let tried = 1; ; tried += 1) {
      const { response, text } = await get(`${baseUrl}${path}`, options, stops);
      const seconds = patienceOf(response, tried);
      if (seconds === undefined) return bodyOf(response, text);
      await wait(seconds * 1000, either(options.signal, signal));
      for (const stop of stops) stop.throwIfAborted();
    }
  };
}

/**
 * Composed signals and timeouts of the platform live on until their time is over and hold what listens to them; a list of a
 * thousand pages would keep them all.
 */
async function get(
  url: string,
  { token, fetch: send = fetch }: ScimReaderOptions,
  stops: readonly AbortSignal[],
): Promise<{ response: Response; text: string }> {
  const end = new AbortController();
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    end.abort();
  }, longestAnswer);
  const stop = (): void => end.abort();
  for (const one of stops) one.addEventListener('abort', stop);
  try {
    for (const one of stops) one.throwIfAborted();
    const response = await send(url, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/scim+json, application/json' },
      redirect: 'manual',
      signal: end.signal,
    });
    const text = await response.text();
    // An error may repeat what it was given.
    return { response, text: response.ok ? text : text.replaceAll(token, '…') };
  } catch {
    for (const one of stops) one.throwIfAborted();
    // What fetch says is left out on purpose: for a token that no header can carry it quotes the token.
    throw new ScimError('network', 0, late ? 'There was no answer in time.' : "It can't be reached.");
  } finally {
    clearTimeout(limit);
    for (const one of stops) one.removeEventListener('abort', stop);
  }
}

function bodyOf(response: Response, text: string): unknown {
  const body = json(text);
  const { status } = response;
  if (status >= 300 && status < 400) {
    throw new ScimError('service', status, 'The endpoint points to another address.');
  }
  if (!response.ok) throw scimErrorOf(status, detailOf(body), retryAfter(response.headers));
  if (body === undefined) throw new ScimError('malformed', status, 'The answer is not JSON.');
  return body;
}

/** Seconds to wait before the same is asked again; `undefined` when the answer stands. */
function patienceOf({ status, headers }: Response, tried: number): number | undefined {
  if ((status !== 429 && status !== 503) || tried >= mostTries) return undefined;
  const seconds = retryAfter(headers) ?? 2 ** (tried - 1);
  return seconds > longestWait ? undefined : seconds;
}

function retryAfter(headers: Headers): number | undefined {
  const value = headers.get('retry-after');
  if (value === null) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds);
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, (at - Date.now()) / 1000);
}

function either(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one && other ? AbortSignal.any([one, other]) : (one ?? other);
}

async function defaultWait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await pause(milliseconds, undefined, signal ? { signal } : {}).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
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
