import type { Context } from '@microsoft/microsoft-graph-client';
import { addressOf, discard, exchangeOf, Handler, onlyReads } from './exchange.ts';
import { GraphError } from './graphError.ts';
import type { Meter } from './meter.ts';
import { longestWait, pause, retryAfter } from './waiting.ts';

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
