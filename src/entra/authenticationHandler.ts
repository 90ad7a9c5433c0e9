import type { Context } from '@microsoft/microsoft-graph-client';
import { addressOf, discard, exchangeOf, Handler, onlyReads, type Exchange } from './exchange.ts';
import { GraphError } from './graphError.ts';

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

/**
 * Puts the access token on, for one origin only, and answers a claims challenge once ("Claims challenges"). A write that is
 * refused for want of a role is sent once more with a fresh token: tokens name the roles that were active when they were
 * issued, and those that understand challenges live for a day. Where that helps, the tokens of reads are renewed as well.
 */
export class AuthenticationHandler extends Handler {
  readonly #origin: string;
  readonly #accessToken: AccessToken;
  /** Since a role was found to have become active: the scopes whose tokens were renewed. */
  #renewed: Set<string> | undefined;

  constructor(origin: string, accessToken: AccessToken) {
    super();
    this.#origin = origin;
    this.#accessToken = accessToken;
  }

  async execute(context: Context): Promise<void> {
    const exchange = exchangeOf(context);
    const fresh = exchange.fresh || this.#isOlderThanRole(exchange);
    const renewed = fresh ? await this.#renew(context, exchange) : undefined;
    const token = renewed ?? (await this.#authorize(context, exchange));
    const response = await this.proceed(context);
    const claims = claimsChallenge(response);
    if (claims !== undefined) {
      await discard(response, exchange);
      await this.#authorize(context, exchange, { claims });
      await this.proceed(context);
    } else if (!fresh && lacksRole(context, response))
      await this.#sendAfresh(context, exchange, { token, response });
  }

  async #sendAfresh(
    context: Context,
    exchange: Exchange,
    refused: { readonly token: string; readonly response: Response },
  ): Promise<void> {
    const token = await this.#renew(context, exchange);
    if (token === undefined || token === refused.token) return;
    await discard(refused.response, exchange);
    const response = await this.proceed(context);
    if (response.ok) this.#renewed = new Set([keyOf(exchange)]);
  }

  #isOlderThanRole(exchange: Exchange): boolean {
    return this.#renewed !== undefined && !this.#renewed.has(keyOf(exchange));
  }

  /** Nobody is asked for it: `undefined` where there is no token but the cached one. */
  async #renew(context: Context, exchange: Exchange): Promise<string | undefined> {
    const { options } = context;
    try {
      const token = await this.#authorize(context, exchange, { fresh: true });
      this.#renewed?.add(keyOf(exchange));
      return token;
    } catch (error) {
      exchange.signal?.throwIfAborted();
      if (error instanceof GraphError) throw error;
      if (options) context.options = options;
      return undefined;
    }
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

function keyOf({ scopes }: Exchange): string {
  return [...scopes].sort().join(' ');
}
