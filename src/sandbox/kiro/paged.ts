import { html } from 'hono/html';
import type { Html } from './layout.ts';

/** What a page was asked for: which hundred, of those in which a text occurs. */
export interface Asked {
  /** From 1 on. */
  readonly page: number;
  readonly search: string;
}

const ROWS = 100;

/** Reads what was asked from the address; anything strange means the first page of all. */
export function askedIn(query: (name: string) => string | undefined): Asked {
  const page = Number(query('page') ?? '1');
  return { page: Number.isInteger(page) && page > 0 ? page : 1, search: query('search')?.trim() ?? '' };
}

/** One page of a list, and how many there are. */
export function onePage<T>(
  all: readonly T[],
  { page, search }: Asked,
  textOf: (one: T) => string,
): { readonly rows: readonly T[]; readonly pages: number } {
  const wanted = search.toLowerCase();
  const found = wanted === '' ? all : all.filter((one) => textOf(one).toLowerCase().includes(wanted));
  const pages = Math.max(1, Math.ceil(found.length / ROWS));
  const at = Math.min(page, pages);
  return { rows: found.slice((at - 1) * ROWS, at * ROWS), pages };
}

/** Looks for a text in a list. */
export function searchForm(action: string, { search }: Asked): Html {
  return html`<form class="line" method="get" action="${action}" role="search">
    <input name="search" value="${search}" aria-label="Search" placeholder="Search" data-testid="search" />
    <button class="small">Search</button>
  </form>`;
}

/** Links to the pages before and after, where there are more than one. */
export function pageBar(address: string, { page, search }: Asked, pages: number): Html {
  if (pages === 1) return html``;
  const at = Math.min(page, pages);
  const to = (other: number, label: string): Html =>
    other < 1 || other > pages
      ? html`<span class="soft">${label}</span>`
      : html`<a href="${address}?${new URLSearchParams({ page: String(other), search }).toString()}"
          >${label}</a
        >`;
  return html`<nav class="body line" aria-label="Pages" data-testid="pages">
    ${to(at - 1, 'Previous')} <span>Page ${at} of ${pages}</span> ${to(at + 1, 'Next')}
  </nav>`;
}
