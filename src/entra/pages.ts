import * as v from 'valibot';
import type { GraphRead, ReadResult } from './read.ts';
import { GraphError, graphErrorFrom, isGraphError } from './graphError.ts';
import { parsed } from './parse.ts';
import { retryAfter } from './waiting.ts';

/** A read under way, page by page. */
export interface Pending {
  readonly read: GraphRead<unknown>;
  readonly index: number;
  url: string;
  readonly items: unknown[];
  pages: number;
}

/** One answer, outer or inside a batch. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Takes one answer in; `more` when a next page has to be asked for, which `one.url` then names. */
export function take(
  baseUrl: string,
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
    one.url = nextPath(baseUrl, next);
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
export function nextPath(baseUrl: string, link: string): string {
  const base = `${baseUrl}/`;
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.href.startsWith(base)) return url.href.slice(base.length - 1);
  throw new GraphError({
    reason: 'malformed',
    message: 'Microsoft Graph pointed to a next page on another server, which was not followed.',
  });
}
