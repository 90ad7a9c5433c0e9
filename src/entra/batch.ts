import * as v from 'valibot';
import type { GraphClient } from './graphClient.ts';
import { isGraphError, type GraphError } from './graphError.ts';
import { take, type Answer, type Pending } from './pages.ts';
import { parsed } from './parse.ts';
import type { GraphRead, ReadResult } from './read.ts';
import { longestWait, pause, retryAfter } from './waiting.ts';

export type { GraphRead, ReadResult } from './read.ts';

/** What became of each read, in their order. */
export type ReadResults<Reads extends readonly GraphRead<unknown>[]> = {
  readonly [K in keyof Reads]: Reads[K] extends GraphRead<infer T> ? ReadResult<T> : never;
};

export interface ReadOptions {
  readonly signal?: AbortSignal;
  readonly interactive?: boolean;
  /** Not with a token from the cache, where another can be had without a person. */
  readonly fresh?: boolean;
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
      const result = take(client.baseUrl, one, answers.get(String(one.index)), at);
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
    const result = take(client.baseUrl, one, answer, 0);
    if (result === 'more') continue;
    if (!result.ok) throw result.error;
    // `take` parsed it with this read's own parser, or took its own `whenNotFound`.
    return result.value as T;
  }
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
  const answers = await askAllowed(client, open, options);
  const throttled = open.filter((one) => isThrottled(answers.get(String(one.index))));
  if (throttled.length === 0) return answers;
  const seconds = Math.max(...throttled.map((one) => waitOf(answers.get(String(one.index)))));
  if (seconds > longestWait) return answers;
  await pause(seconds, options.signal);
  return new Map([...answers, ...(await askOnce(client, throttled, options))]);
}

/** Where a person waits, what was refused is asked for once more with a token that names a role activated meanwhile. */
async function askAllowed(
  client: GraphClient,
  open: readonly Pending[],
  options: ReadOptions,
): Promise<Answers> {
  const answers = await askOnce(client, open, options);
  const refused = open.filter((one) => isRefused(one, answers.get(String(one.index))));
  if (options.interactive !== true || refused.length === 0) return answers;
  return new Map([...answers, ...(await askOnce(client, refused, { ...options, fresh: true }))]);
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

function sendOptions(headers: GraphRead<unknown>['headers'], { signal, interactive, fresh }: ReadOptions) {
  return {
    ...(headers && { headers }),
    ...(signal && { signal }),
    ...(interactive !== undefined && { interactive }),
    ...(fresh !== undefined && { fresh }),
  };
}

/** The synchronization API answers a missing role with 401 where others answer 403. */
function isRefused({ url }: Pending, answer: Answer | GraphError | undefined): boolean {
  if (answer === undefined || isGraphError(answer)) return false;
  return answer.status === 403 || (answer.status === 401 && url.includes('/synchronization/'));
}

function isThrottled(answer: Answer | GraphError | undefined): boolean {
  return answer !== undefined && !isGraphError(answer) && answer.status === 429;
}

function waitOf(answer: Answer | GraphError | undefined): number {
  if (answer === undefined || isGraphError(answer)) return 0;
  return retryAfter(new Headers(answer.headers)) ?? 1;
}
