import type { Context, Middleware, MiddlewareOptions } from '@microsoft/microsoft-graph-client';

/** What a request says of its token. */
export interface Carried {
  readonly scopes: readonly string[];
  readonly interactive?: boolean;
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}

/** What one request carries through the chain besides the library's own context. */
export class Exchange implements MiddlewareOptions {
  readonly scopes: readonly string[];
  readonly interactive: boolean;
  /** Not with a token from the cache. */
  readonly fresh: boolean;
  readonly signal: AbortSignal | undefined;
  /** What really went wrong; the library wraps errors and loses theirs. */
  failure: unknown;
  /** Closes the meter's interval of the last request; called when its body has been read. */
  finish: () => void = () => undefined;

  constructor({ scopes, interactive, fresh, signal }: Carried) {
    this.scopes = scopes;
    this.interactive = interactive ?? false;
    this.fresh = fresh ?? false;
    this.signal = signal;
  }
}

/** A part of the chain that every request runs through. */
export abstract class Handler implements Middleware {
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

/** Gives an answer up that nobody reads. */
export async function discard(response: Response, exchange: Exchange): Promise<void> {
  await response.body?.cancel();
  exchange.finish();
}

/** This extension puts nothing but reads into a `$batch`. */
export function onlyReads(context: Context): boolean {
  return context.options?.method === 'GET' || addressOf(context).endsWith('/$batch');
}

export function addressOf(context: Context): string {
  const address: unknown = context.request;
  if (typeof address === 'string') return address;
  throw new Error('The request has no address.');
}

export function exchangeOf(context: Context): Exchange {
  const options = context.middlewareControl?.getMiddlewareOptions(Exchange);
  if (options instanceof Exchange) return options;
  throw new Error('The request carries no exchange.');
}
