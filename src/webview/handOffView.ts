import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { clockBar } from './clocks.ts';
import type { EntryProgress } from './entryField.ts';
import { entryField, entryKey, untouched } from './entryField.ts';
import type { DomainCard, Entry, HandOffModel, Paper, ValueRow } from './models.ts';
import { actionButton, copyButton, emptyPage, fold, headLine, icon, stateWords } from './parts.ts';

/** What the page itself knows beside the model. */
export interface HandOffLook {
  readonly now: number;
  /** The value that was copied last, as long as its tick shows. */
  readonly copied: string | undefined;
  readonly entries: ReadonlyMap<string, EntryProgress>;
  readonly open: ReadonlySet<string>;
  readonly setEntry: (key: string, progress: EntryProgress) => void;
  readonly setOpen: (id: string, open: boolean) => void;
}

export function handOffView(model: HandOffModel, look: HandOffLook): TemplateResult {
  if (model.empty) return emptyPage(model.empty);
  return html`${model.head ? headLine(model.head) : nothing}
    <p class="intro">${model.intro}</p>
    ${valueTable(model, look)}
    <section class="block">
      <h2>${model.domains.title}</h2>
      <p class="intro">${model.domains.note}</p>
      <div class="cards">
        ${repeat(
          model.domains.cards,
          (card) => card.name,
          (card) => domainCard(card, look),
        )}
      </div>
      ${model.domains.add ? field(model.domains.add, look) : nothing}
    </section>
    <section class="block">
      <h2>${model.papersTitle}</h2>
      ${repeat(
        model.papers,
        (paper) => paper.id,
        (paper) => paperFold(paper, look),
      )}
    </section>`;
}

function field(entry: Entry, look: HandOffLook, labelled = true): TemplateResult {
  const key = entryKey({
    field: entry.field,
    ...(entry.domain === undefined ? {} : { domain: entry.domain }),
  });
  return entryField(
    entry,
    look.entries.get(key) ?? untouched,
    (progress) => look.setEntry(key, progress),
    labelled,
  );
}

function isOpen(entry: Entry, look: HandOffLook): boolean {
  const key = entryKey({
    field: entry.field,
    ...(entry.domain === undefined ? {} : { domain: entry.domain }),
  });
  return entry.reveal === undefined || look.entries.get(key)?.open === true;
}

// Roles are written out because the narrow layout turns rows into blocks, which takes the table's meaning away.
function valueTable(model: HandOffModel, look: HandOffLook): TemplateResult {
  const { columns } = model;
  return html`<table class="values" role="table">
    <caption class="unseen">
      ${model.caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">${columns.value}</th>
        <th scope="col" role="columnheader">${columns.way}</th>
        <th scope="col" role="columnheader">${columns.state}</th>
        <th scope="col" role="columnheader"><span class="unseen">${columns.actions}</span></th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        model.values,
        (row) => row.id,
        (row) => valueRow(row, look),
      )}
    </tbody>
  </table>`;
}

function valueRow(row: ValueRow, look: HandOffLook): TemplateResult {
  const opened = row.entry !== undefined && isOpen(row.entry, look);
  return html`<tr role="row" id="value-${row.id}">
    <th scope="row" role="rowheader">${row.title}</th>
    <td role="cell">
      <div class="way"><span>${row.from}</span>${icon('arrow-right')}<span>${row.to}</span></div>
      <div class="links">${row.links.map((link) => actionButton(link, 'link'))}</div>
    </td>
    <td role="cell">
      ${row.value === undefined ? nothing : html`<code class="value">${row.value}</code>`}
      ${stateWords(row.state)} ${row.entry && opened ? field(row.entry, look, false) : nothing}
    </td>
    <td role="cell" class="row-actions">
      <div>
        ${row.copy ? copyButton(row.copy, look.copied === row.copy.what, 'button') : nothing}
        ${row.entry && !opened ? field(row.entry, look, false) : nothing}
      </div>
    </td>
  </tr>`;
}

function domainCard(card: DomainCard, look: HandOffLook): TemplateResult {
  const opened = card.entry !== undefined && isOpen(card.entry, look);
  return html`<article class="card" aria-label=${card.name}>
    <header class="card-head">
      <h3>${card.name}</h3>
      ${stateWords(card.state)}
    </header>
    ${card.remedy === undefined ? nothing : html`<p class="remedy">${card.remedy}</p>`}
    ${card.clock ? clockBar(card.clock, look.now) : nothing}
    ${
      card.parts.length === 0
        ? nothing
        : html`<dl class="record">
            ${card.parts.map(
              (part) =>
                html`<dt>${part.title}</dt>
                  <dd>
                    <code class="value">${part.value}</code
                    >${copyButton(part.copy, look.copied === part.copy.what)}
                  </dd>`,
            )}
          </dl>`
    }
    ${card.entry && opened ? field(card.entry, look) : nothing}
    <div class="actions">
      ${card.actions.filter((action) => action.quiet !== true).map((action) => actionButton(action))}
      ${card.entry && !opened ? field(card.entry, look) : nothing}
      ${card.actions.filter((action) => action.quiet === true).map((action) => actionButton(action))}
    </div>
  </article>`;
}

function paperFold(paper: Paper, look: HandOffLook): TemplateResult {
  return fold(
    paper.id,
    look.open.has(paper.id),
    look.setOpen,
    html`<h3>${paper.title}</h3>
      <span class="fold-summary">${paper.summary}</span>`,
    html`${paper.parts.map(
      (part) =>
        html`<div class="paper">
          <div class="paper-head">
            ${part.title === undefined ? html`<span></span>` : html`<h4>${part.title}</h4>`}
            ${copyButton(part.copy, look.copied === part.copy.what, 'button')}
          </div>
          ${part.note === undefined ? nothing : html`<p class="intro">${part.note}</p>`}
          ${
            part.kind === 'code'
              ? html`<pre tabindex="0" aria-label=${part.copy.about}>${part.text}</pre>`
              : html`<div class="prose">${part.text}</div>`
          }
        </div>`,
    )}`,
  );
}
