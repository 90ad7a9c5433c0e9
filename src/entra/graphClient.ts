import { Client, ResponseType, type GraphRequest } from '@microsoft/microsoft-graph-client';
import { AuthenticationHandler, isChallenge, type AccessToken } from './authenticationHandler.ts';
import { Exchange } from './exchange.ts';
import { GraphError, graphErrorFrom } from './graphError.ts';
import { withoutSecrets } from './sentSecrets.ts';
import { FailureKeeper, HttpHandler, RetryHandler, networkError } from './graphMiddleware.ts';
import type { Meter } from './meter.ts';
import { retryAfter } from './waiting.ts';

/** Microsoft Graph for one connection. */
export interface GraphClient {
  /** `https://graph.microsoft.com/v1.0` or a sandbox's; the access token goes to its origin and nowhere else. */
  readonly baseUrl: string;
  /**
   * Sends one request and answers with any 2xx. Rejects with a {@link GraphError} for every other answer, with what
   * the token source rejected with, or with the signal's reason.
   */
  send(request: GraphSend): Promise<GraphAnswer>;
}

export interface GraphSend {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Relative to the version root, for example `/applications/{id}`; query values percent-encoded. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Graph delegated permissions without prefix. */
  readonly scopes: readonly string[];
  /** Whether a browser may be opened for the token. */
  readonly interactive?: boolean;
  /** Not with a token from the cache, where another can be had without a person. */
  readonly fresh?: boolean;
  readonly signal?: AbortSignal;
}

export interface GraphAnswer {
  readonly status: number;
  /** Parsed JSON, a string for plain text, `undefined` when there is no content. */
  readonly body: unknown;
  readonly requestId: string | undefined;
}

export interface GraphClientOptions {
  /** Ends in `/v1.0`. */
  readonly baseUrl: string;
  readonly accessToken: AccessToken;
  readonly meter?: Meter;
  readonly log?: { debug(message: string): void };
  readonly fetch?: typeof fetch;
}

/** A client on Microsoft's Graph library with a chain of middleware of our own. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const root = new URL(options.baseUrl);
  const client = Client.initWithMiddleware({
    baseUrl: root.origin,
    defaultVersion: root.pathname.replaceAll('/', ''),
    middleware: [
      new FailureKeeper(),
      new AuthenticationHandler(root.origin, options.accessToken),
      new RetryHandler(),
      new HttpHandler(options.fetch ?? fetch, options.meter),
    ],
  });
  return {
    baseUrl: options.baseUrl,
    async send(request) {
      const { answer, response } = await exchange(client, request);
      options.log?.debug(`${request.method} ${request.path} ${answer.status} ${answer.requestId ?? ''}`);
      if (response.ok) return answer;
      throw graphErrorFrom({
        ...answer,
        body: withoutSecrets(answer.body, request.body),
        path: request.path,
        retryAfter: retryAfter(response.headers),
        challenged: isChallenge(response),
      });
    },
  };
}

async function exchange(
  client: Client,
  { method, path, body, headers, ...carrying }: GraphSend,
): Promise<{ answer: GraphAnswer; response: Response }> {
  // The library would take a host out of the path.
  if (!path.startsWith('/') || path.includes('://')) {
    throw new GraphError({ reason: 'bad-request', message: `Not a path of Microsoft Graph: ${path}` });
  }
  carrying.signal?.throwIfAborted();
  const carried = new Exchange(carrying);
  const request = client
    .api(path)
    .headers({ Accept: 'application/json', ...headers })
    .responseType(ResponseType.RAW)
    .middlewareOptions([carried]);
  try {
    const response = await perform(request, method, body);
    return { answer: await read(response, carried), response };
  } catch (error) {
    throw carried.failure ?? error;
  } finally {
    carried.finish();
  }
}

async function perform(request: GraphRequest, method: GraphSend['method'], body: unknown): Promise<Response> {
  const answer: unknown = await {
    GET: () => request.get(),
    // The library sends `undefined` as no body at all.
    POST: () => request.post(body),
    PATCH: () => request.patch(body),
    PUT: () => request.put(body),
    DELETE: () => request.delete(),
  }[method]();
  if (answer instanceof Response) return answer;
  throw new GraphError({ reason: 'malformed', message: 'Microsoft Graph gave no answer.' });
}

async function read(response: Response, { signal }: Exchange): Promise<GraphAnswer> {
  const requestId = response.headers.get('request-id') ?? undefined;
  const { status } = response;
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    throw networkError(error, signal);
  }
  if (text === '') return { status, body: undefined, requestId };
  if (response.headers.get('content-type')?.startsWith('text/plain'))
    return { status, body: text, requestId };
  try {
    const body: unknown = JSON.parse(text);
    return { status, body, requestId };
  } catch {
    // A gateway's page with an error status still has its status to tell.
    if (!response.ok) return { status, body: undefined, requestId };
    throw new GraphError({
      reason: 'malformed',
      message: 'Microsoft Graph answered with something that is not JSON.',
      status,
      ...(requestId !== undefined && { requestId }),
    });
  }
}
