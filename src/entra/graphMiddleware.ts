import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client';
import { GraphError } from './graphError.ts';
import type { Meter } from './meter.ts';
import { longestWait, pause, retryAfter } from './waiting.ts';

/** What one request carries through the chain besides the library's own context. */
export class Exchange implements MiddlewareOptions {
  readonly scopes: readonly string[];
  readonly interactive: boolean;
  readonly signal: AbortSignal | undefined;
  /** What really went wrong; the library wraps errors and loses theirs. */
  failure: unknown;
  /** Closes the meter's interval of the last request; called when its body has been read. */
  finish: () => void = () => undefined;

  constructor(scopes: readonly string[], interactive: boolean, signal: AbortSignal | undefined) {
    this.scopes = scopes;
    this.interactive = interactive;
    this.signal = signal;
  }
}

/** Where access tokens for Microsoft Graph come from; rejects when one can't be had. */
export type AccessToken = (
  scopes: readonly string[],
  options: {
    readonly interactive: boolean;
    readonly claims?: string;
    /** Not from the cache. */
    readonly fresh?: boolean;
    readonly signal?: AbortSignal;
  },
) => Promise<string>;

abstract class Handler implements Middleware {
  #next: Middleware | undefined;

  setNext(next: Middleware): void {
    this.#next = next;
  }

  abstract execute(context: Context): Promise<void>;

  protected async proceed(context: Context): Promise<Response> {
    await this.#next?.execute(context);
    if (!context.response) throw new Error('The request was not sent.');
    return context.response;
  }
}

/** First of the chain: keeps the error as it was, because the library throws one of its own instead. */
export class FailureKeeper extends Handler {
  async execute(context: Context): Promise<void> {
    try {
      await this.proceed(context);
    } catch (error) {
      exchangeOf(context).failure = error;
      throw error;
    }
  }
}

/**
 * Puts the access token on, for one origin only, and answers a claims challenge once ("Claims challenges"). A write that is
 * refused for want of a role is sent once more with a fresh token: tokens name the roles that were active when they were
 * issued, and those that understand challenges live for a day.
 */
export class AuthenticationHandler extends Handler {
  readonly #origin: string;
  readonly #accessToken: AccessToken;
  /** The last that was not from the cache: refused too, it is not tried again. */
  #fresh: string | undefined;

  constructor(origin: string, accessToken: AccessToken) {
    super();
    this.#origin = origin;
    this.#accessToken = accessToken;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const token = await this.#authorize(context, exchange);
    const response = await this.proceed(context);
    const claims = claimsChallenge(response);
    if (claims === undefined) {
      if (lacksRole(context, response)) await this.#sendAfresh(context, exchange, token);
      return;
    }
    await discard(response, exchange);
    await this.#authorize(context, exchange, { claims });
    await this.proceed(context);
  }

  async #sendAfresh(context: Context, exchange: Exchange, refused: string): Promise<void> {
    if (refused === this.#fresh) return;
    const { response, options } = context;
    try {
      // Nobody is asked for it: whoever has no token but this one hears of the refusal.
      this.#fresh = await this.#authorize(context, exchange, { fresh: true });
    } catch (error) {
      exchange.signal?.throwIfAborted();
      if (error instanceof GraphError) throw error;
      if (options) context.options = options;
      return;
    }
    if (this.#fresh === refused) return;
    if (response) await discard(response, exchange);
    await this.proceed(context);
  }

  async #authorize(
    context: Context,
    exchange: Exchange,
    how: { readonly claims?: string; readonly fresh?: true } = {},
  ): Promise<string> {
    if (new URL(addressOf(context)).origin !== this.#origin) {
      throw new GraphError({
        reason: 'malformed',
        message: 'A request to another server than Microsoft Graph was refused.',
      });
    }
    const token = await this.#accessToken(exchange.scopes, {
      interactive: exchange.interactive && how.fresh === undefined,
      ...how,
      ...(exchange.signal && { signal: exchange.signal }),
    });
    const headers = new Headers(context.options?.headers);
    try {
      headers.set('Authorization', `Bearer ${token}`);
    } catch {
      // The error that is thrown here quotes the token.
      throw new GraphError({
        reason: 'unauthorized',
        message: 'The access token holds characters that it may not.',
      });
    }
    context.options = { ...context.options, headers };
    return token;
  }
}

/** Waits as Graph's Retry-After says and sends again, where the answer proves that nothing was done. */
export class RetryHandler extends Handler {
  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const repeatable = onlyReads(context) ? new Set([429, 503, 504]) : new Set([429, 503]);
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.proceed(context);
      if (!repeatable.has(response.status) || attempt > 3) return;
      const seconds = retryAfter(response.headers) ?? 2 ** (attempt - 1);
      if (seconds > longestWait) return;
      await discard(response, exchange);
      await pause(seconds, exchange.signal);
    }
  }
}

/** Sends with `fetch`, follows no redirect, and keeps the meter. */
export class HttpHandler extends Handler {
  readonly #fetch: typeof fetch;
  readonly #meter: Meter | undefined;

  constructor(send: typeof fetch, meter: Meter | undefined) {
    super();
    this.#fetch = send;
    this.#meter = meter;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const ended = this.#meter?.started();
    exchange.finish = () => {
      ended?.();
      exchange.finish = () => undefined;
    };
    // Provisioning on demand may take a minute; a read that takes half of one is lost.
    const limit = AbortSignal.timeout(onlyReads(context) ? 30_000 : 100_000);
    const signal = exchange.signal ? AbortSignal.any([exchange.signal, limit]) : limit;
    try {
      context.response = await this.#fetch(addressOf(context), {
        ...context.options,
        redirect: 'manual',
        signal,
      });
    } catch (error) {
      throw networkError(error, exchange.signal);
    }
  }
}

/** What a failed `fetch` or a broken-off body means: the caller's own abort, or the network. */
export function networkError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new GraphError({
    reason: 'network',
    message: timedOut
      ? 'Microsoft Graph did not answer in time.'
      : `Microsoft Graph can't be reached${code}.`,
    cause: error,
  });
}

/** Whether the answer asks for a token with further claims ("Claims challenges, claims requests and client capabilities"). */
export function isChallenge(response: Response): boolean {
  const header = response.headers.get('www-authenticate') ?? '';
  return response.status === 401 && /error="?insufficient_claims"?/i.test(header);
}

function claimsChallenge(response: Response): string | undefined {
  if (!isChallenge(response)) return undefined;
  const encoded = /claims="([^"]+)"/i.exec(response.headers.get('www-authenticate') ?? '')?.[1];
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8');
}

/** The synchronization API answers a missing role with 401 where others answer 403. */
function lacksRole(context: Context, { status }: Response): boolean {
  const synchronization = new URL(addressOf(context)).pathname.includes('/synchronization/');
  return !onlyReads(context) && (status === 403 || (status === 401 && synchronization));
}

async function discard(response: Response, exchange: Exchange): Promise<void> {
  await response.body?.cancel();
  exchange.finish();
}

/** This extension puts nothing but reads into a `$batch`. */
function onlyReads(context: Context): boolean {
  return context.options?.method === 'GET' || addressOf(context).endsWith('/$batch');
}

function addressOf(context: Context): string {
  const address: unknown = context.request;
  if (typeof address === 'string') return address;
  throw new Error('The request has no address.');
}

function exchangeOf(context: Context): Exchange {
  const options = context.middlewareControl?.getMiddlewareOptions(Exchange);
  if (options instanceof Exchange) return options;
  throw new Error('The request carries no exchange.');
}
