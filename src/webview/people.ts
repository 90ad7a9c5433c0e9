import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { PersonRow, StatusModel } from './models.ts';
import { actionButton, actionButtons, icon, stateWords } from './parts.ts';

/** What the page itself knows about the list of people. */
export interface PeopleLook {
  readonly filter: string;
  readonly kind: string;
  readonly shown: number;
  readonly setFilter: (filter: string) => void;
  readonly setKind: (kind: string) => void;
  readonly showMore: () => void;
}

/** The rows that a filter leaves, in the model's order. */
export function matching(rows: readonly PersonRow[], filter: string, kind: string): readonly PersonRow[] {
  const wanted = filter.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (kind === 'all' || row.kind === kind) &&
      (wanted === '' || `${row.name} ${row.detail}`.toLowerCase().includes(wanted)),
  );
}

/** Who was expected in Kiro and who arrived. */
export function peopleList(people: StatusModel['people'], look: PeopleLook): TemplateResult {
  const rows = matching(people.rows, look.filter, look.kind);
  return html`<section class="block people" aria-labelledby="people-title">
    <header class="block-head">
      <h2 id="people-title">${people.title}</h2>
      <span class="quiet">${people.summary}</span>
    </header>
    ${
      people.actions.length === 0
        ? nothing
        : html`<div class="actions">${actionButtons(people.actions, 'link')}</div>`
    }
    ${
      people.rows.length === 0
        ? html`<p class="intro">${people.none}</p>`
        : html`${filterLine(people, look)}${
            rows.length === 0
              ? html`<p class="intro" role="status">${people.noMatch}</p>`
              : personTable(people, rows, look)
          }`
    }
  </section>`;
}

function filterLine(people: StatusModel['people'], look: PeopleLook): TemplateResult {
  const typed = (event: Event): void => {
    if (event.target instanceof HTMLInputElement) look.setFilter(event.target.value);
  };
  return html`<div class="filters">
    <span class="search"
      >${icon('search')}<input
        class="vscode-textfield"
        type="search"
        id="people-filter"
        placeholder=${people.filterLabel}
        aria-label=${people.filterLabel}
        .value=${look.filter}
        @input=${typed}
    /></span>
    <div class="chips" role="group" aria-label=${people.filterLabel}>
      ${people.filters.map(
        (filter) =>
          html`<button
            type="button"
            class="chip"
            aria-pressed=${look.kind === filter.kind ? 'true' : 'false'}
            @click=${() => look.setKind(filter.kind)}
          >
            ${filter.label} <span class="chip-count">${filter.count}</span>
          </button>`,
      )}
    </div>
  </div>`;
}

function personTable(
  people: StatusModel['people'],
  rows: readonly PersonRow[],
  look: PeopleLook,
): TemplateResult {
  const rest = rows.length - look.shown;
  return html`<table class="grid" role="table">
      <caption class="unseen">
        ${people.title}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader">${people.columns.name}</th>
          <th scope="col" role="columnheader">${people.columns.state}</th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          rows.slice(0, look.shown),
          (row) => row.id,
          (row) =>
            html`<tr role="row">
              <th scope="row" role="rowheader">
                <span class="person">${row.name}</span> <span class="quiet">${row.detail}</span>
              </th>
              <td role="cell">
                ${stateWords(row.state)}
                ${row.note === undefined ? nothing : html`<p class="quiet person-note">${row.note}</p>`}
                ${row.action ? actionButton(row.action, 'link') : nothing}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${
      rest > 0
        ? html`<button type="button" class="link" @click=${look.showMore}>${people.more} (${rest})</button>`
        : nothing
    }`;
}
