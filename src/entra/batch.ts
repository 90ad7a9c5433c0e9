import * as v from 'valibot';
import type { GraphClient } from './graphClient.ts';
import { GraphError, graphErrorFrom, isGraphError } from './graphError.ts';
import { parsed } from './parse.ts';
import { longestWait, pause, retryAfter } from './waiting.ts';

/** One read of Microsoft Graph: where, with which permissions, and what its body is. */
export interface GraphRead<T> {
  /** Relative to the version root; query values percent-encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Graph delegated permissions without prefix. */
  readonly scopes: readonly string[];
  /** Follow `@odata.nextLink` to the end; `parse` then gets all of `value` in one body. */
  readonly allPages?: boolean;
  /** Throws a {@link GraphError} of reason `malformed` for a body of another shape. */
  readonly parse: (body: unknown) => T;
  /** Stands for a 404; its key must be there, the value may be `undefined`. */
  readonly whenNotFound?: T | undefined;
}

/** What became of one read; `at` is in epoch milliseconds. */
export type ReadResult<T> =
  | { readonly ok: true; readonly value: T; readonly at: number }
  | { readonly ok: false; readonly error: GraphError };

export type ReadResults<Reads extends readonly GraphRead<unknown>[]> = {
  readonly [K in keyof Reads]: Reads[K] extends GraphRead<infer T> ? ReadResult<T> : never;
};

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly interactive?: boolean;
  /** Epoch milliseconds; the system's clock if absent. */
  readonly now?: () => number;
}

/**
 * Reads all of `reads`, twenty to a `$batch` (Microsoft Graph: "Combine multiple HTTP requests using JSON batching").
 * Reads that were throttled are asked for once more in a further batch, next pages of all reads share one.
 * A read that fails is an `ok: false` of its own; rejects only when no access token can be had or the signal is aborted.
 */
export async function readBatch<const Reads extends readonly GraphRead<unknown>[]>(
  client: GraphClient,
  reads: Reads,
  options: ReadOptions = {},
): Promise<ReadResults<Reads>> {
  const pending = reads.map((read, index): Pending => ({ read, index, url: read.path, items: [], pages: 1 }));
  const results = new Array<ReadResult<unknown>>(reads.length);
  let open: Pending[] = pending;
  while (open.length > 0) {
    const answers = await ask(client, open, options);
    const at = (options.now ?? Date.now)();
    open = open.filter((one) => {
      const result = take(client, one, answers.get(String(one.index)), at);
      if (result !== 'more') results[one.index] = result;
      return result === 'more';
    });
  }
  // The compiler can't follow a tuple through its indexes.
  return results as ReadResults<Reads>;
}

/** One read by itself, without a `$batch`. Rejects with a {@link GraphError} where `readBatch` gives an `ok: false`. */
export async function readOne<T>(
  client: GraphClient,
  read: GraphRead<T>,
  options: ReadOptions = {},
): Promise<T> {
  const one: Pending = { read, index: 0, url: read.path, items: [], pages: 1 };
  for (;;) {
    const answer = await client
      .send({ method: 'GET', path: one.url, scopes: read.scopes, ...sendOptions(read.headers, options) })
      .then(
        ({ status, body }): Answer => ({ status, body, headers: {} }),
        (error: unknown) => {
          if (isGraphError(error) && error.reason === 'not-found' && 'whenNotFound' in read) return error;
          throw error;
        },
      );
    const result = take(client, one, answer, 0);
    if (result === 'more') continue;
    if (!result.ok) throw result.error;
    // `take` parsed it with this read's own parser, or took its own `whenNotFound`.
    return result.value as T;
  }
}

interface Pending {
  readonly read: GraphRead<unknown>;
  readonly index: number;
  url: string;
  readonly items: unknown[];
  pages: number;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

const batchAnswer = v.looseObject({
  responses: v.array(
    v.looseObject({
      id: v.string(),
      status: v.number(),
      headers: v.optional(v.record(v.string(), v.string())),
      body: v.optional(v.unknown()),
    }),
  ),
});

type Answers = Map<string, Answer | GraphError>;

async function ask(client: GraphClient, open: readonly Pending[], options: ReadOptions): Promise<Answers> {
  const answers = await askOnce(client, open, options);
  const throttled = open.filter((one) => isThrottled(answers.get(String(one.index))));
  if (throttled.length === 0) return answers;
  const seconds = Math.max(...throttled.map((one) => waitOf(answers.get(String(one.index)))));
  if (seconds > longestWait) return answers;
  await pause(seconds, options.signal);
  return new Map([...answers, ...(await askOnce(client, throttled, options))]);
}

async function askOnce(
  client: GraphClient,
  open: readonly Pending[],
  options: ReadOptions,
): Promise<Answers> {
  const batches = Array.from({ length: Math.ceil(open.length / 20) }, (_, i) =>
    open.slice(20 * i, 20 * i + 20),
  );
  const answers = await Promise.all(batches.map((batch) => post(client, batch, options)));
  return new Map(answers.flatMap((some) => [...some]));
}

async function post(client: GraphClient, batch: readonly Pending[], options: ReadOptions): Promise<Answers> {
  try {
    const answer = await client.send({
      method: 'POST',
      path: '/$batch',
      scopes: [...new Set(batch.flatMap(({ read }) => read.scopes))],
      body: {
        requests: batch.map(({ read, index, url }) => ({
          id: String(index),
          method: 'GET',
          url,
          ...(read.headers && { headers: read.headers }),
        })),
      },
      ...sendOptions(undefined, options),
    });
    return new Map(parsed(batchAnswer)(answer.body).responses.map((one) => [one.id, one]));
  } catch (error) {
    if (!isGraphError(error)) throw error;
    return new Map(batch.map(({ index }) => [String(index), error]));
  }
}

function sendOptions(headers: GraphRead<unknown>['headers'], { signal, interactive }: ReadOptions) {
  return {
    ...(headers && { headers }),
    ...(signal && { signal }),
    ...(interactive !== undefined && { interactive }),
  };
}

function isThrottled(answer: Answer | GraphError | undefined): boolean {
  return answer !== undefined && !isGraphError(answer) && answer.status === 429;
}

function waitOf(answer: Answer | GraphError | undefined): number {
  if (answer === undefined || isGraphError(answer)) return 0;
  return retryAfter(new Headers(answer.headers)) ?? 1;
}

/** Takes one answer in; `more` when a next page has to be asked for, which `one.url` then names. */
function take(
  client: GraphClient,
  one: Pending,
  answer: Answer | GraphError | undefined,
  at: number,
): ReadResult<unknown> | 'more' {
  try {
    const body = bodyOf(one, answer);
    if (body === absent) return { ok: true, value: one.read.whenNotFound, at };
    if (!one.read.allPages) return { ok: true, value: one.read.parse(body), at };
    const page = parsed(pageShape)(body);
    one.items.push(...page.value);
    const next = page['@odata.nextLink'];
    if (next === undefined) return { ok: true, value: one.read.parse({ ...page, value: one.items }), at };
    one.url = relative(client, next);
    one.pages += 1;
    if (one.pages <= mostPages) return 'more';
    throw new GraphError({ reason: 'malformed', message: 'Microsoft Graph never came to the last page.' });
  } catch (error) {
    if (isGraphError(error)) return { ok: false, error };
    throw error;
  }
}

const absent = Symbol('absent');
/** 999 to a page: far more than a group that a seat is paid for each member of. */
const mostPages = 200;

const pageShape = v.looseObject({ value: v.array(v.unknown()), '@odata.nextLink': v.optional(v.string()) });

function bodyOf({ read, url }: Pending, answer: Answer | GraphError | undefined): unknown {
  if (answer === undefined) {
    throw new GraphError({
      reason: 'malformed',
      message: 'Microsoft Graph left a request of a batch unanswered.',
    });
  }
  const error = isGraphError(answer) ? answer : failure(url, answer);
  if (error === undefined) return isGraphError(answer) ? undefined : answer.body;
  if (error.reason === 'not-found' && error.status === 404 && 'whenNotFound' in read) return absent;
  throw error;
}

function failure(path: string, { status, body, headers }: Answer): GraphError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const found = new Headers(headers);
  return graphErrorFrom({
    status,
    body,
    path,
    requestId: found.get('request-id') ?? undefined,
    retryAfter: retryAfter(found),
  });
}

/** A next link as a path of this client; one that leads elsewhere is refused, so that no token follows it. */
function relative(client: GraphClient, link: string): string {
  const base = `${client.baseUrl}/`;
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.href.startsWith(base)) return url.href.slice(base.length - 1);
  throw new GraphError({
    reason: 'malformed',
    message: 'Microsoft Graph pointed to a next page on another server, which was not followed.',
  });
}
