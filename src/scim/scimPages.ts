import { setImmediate as turn } from 'node:timers/promises';
import { parsePage, type Page } from './resources.ts';
import { ScimError, isScimError } from './scimError.ts';
import type { ScimReader } from './scimReader.ts';

/** A list of the endpoint, whole or narrowed by a filter. */
export interface ListQuery {
  readonly path: '/Users' | '/Groups';
  /** Not encoded, for example `groups.value eq "…"`. */
  readonly filter?: string;
  /** Entries a page; what the service takes at most, where it said so. */
  readonly count?: number;
  /** What the service says that it can; absent: tried. */
  readonly paging?: 'cursor' | 'index';
}

/** Pages of a hundred for half a million people: what goes on longer has no end. */
const mostPages = 5_000;
/** AWS's endpoint gives a hundred at most, its older copies fifty (AWS: ListUsers). */
const defaultCount = 100;
const oldCount = 50;

/**
 * The pages of a list as they arrive, each requested before the one ahead of it is handed out. By cursor (AWS IAM Identity
 * Center: ListUsers; RFC 9865), by `startIndex` where the service gives no cursor. Throws a {@link ScimError} of reason
 * `malformed` for a list that turns in a circle or breaks off. A list that changes meanwhile may give an entry twice.
 */
export async function* readPages<T extends { readonly id: string }>(
  read: ScimReader,
  query: ListQuery,
  parse: (resource: unknown) => T,
): AsyncGenerator<readonly T[], void, undefined> {
  const stop = new AbortController();
  const ask = async (rest: string): Promise<Page> =>
    parsePage(await read(`${query.path}?${filterOf(query)}${rest}`, stop.signal));
  const route = new Route(query.count ?? defaultCount);
  try {
    let coming: Promise<Page> | undefined = first(ask, query);
    while (coming) {
      const page: Page = await coming;
      const next = route.after(page);
      coming = next === undefined ? undefined : ask(next);
      // Whoever stops reading leaves a request behind whose end nobody waits for.
      coming?.catch(() => undefined);
      // Until the event loop turns, the request is not on its way: the service would wait for us, and then we for it.
      if (coming) await turn();
      yield page.resources.map(parse);
    }
  } finally {
    stop.abort();
  }
}

function filterOf({ filter }: ListQuery): string {
  return filter === undefined ? '' : `filter=${encodeURIComponent(filter)}&`;
}

/** Older services refuse an empty cursor. */
async function first(ask: (rest: string) => Promise<Page>, { paging, count }: ListQuery): Promise<Page> {
  const size = count ?? defaultCount;
  if (paging === 'index') return ask(`startIndex=1&count=${size}`);
  try {
    return await ask(`cursor=&count=${size}`);
  } catch (error) {
    if (isScimError(error) && error.status === 400) return ask(`count=${Math.min(size, oldCount)}`);
    throw error;
  }
}

/** Which page comes after which, and the proof that it is another one. */
class Route {
  readonly #count: number;
  readonly #followed = new Set<string>();
  #pages = 0;
  #read = 0;
  #firstId: string | undefined;
  #lastFirstId: string | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  /** The query of the next page, `undefined` after the last one. */
  after({ nextCursor, resources, totalResults }: Page): string | undefined {
    this.#pages += 1;
    this.#read += resources.length;
    const [head] = resources;
    const id: unknown = typeof head === 'object' && head !== null ? Reflect.get(head, 'id') : undefined;
    if (typeof id === 'string') {
      if (id === this.#firstId || id === this.#lastFirstId) throw endless('The same page came twice.');
      this.#firstId ??= id;
      this.#lastFirstId = id;
    }
    if (nextCursor !== undefined) {
      if (this.#followed.has(nextCursor) || this.#pages >= mostPages) throw endless('The list has no end.');
      this.#followed.add(nextCursor);
      return `cursor=${encodeURIComponent(nextCursor)}&count=${this.#count}`;
    }
    if (this.#followed.size > 0 || this.#read >= (totalResults ?? 0)) return undefined;
    if (resources.length === 0) throw endless('The list is shorter than the service says.');
    if (this.#pages >= mostPages) throw endless('The list has no end.');
    return `startIndex=${this.#read + 1}&count=${Math.min(this.#count, oldCount)}`;
  }
}

function endless(detail: string): ScimError {
  return new ScimError('malformed', 200, detail);
}
