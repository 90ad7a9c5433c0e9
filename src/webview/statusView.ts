import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import { clockBar } from './clocks.ts';
import type { DomainMatrix, EventRow, StatusModel } from './models.ts';
import { actionButton, actionButtons, emptyPage, headLine, icon, stateWords } from './parts.ts';
import type { PeopleLook } from './people.ts';
import { peopleList } from './people.ts';
import { runChart } from './runChart.ts';
import { timeline } from './timeline.ts';

/** How much the log took last time, so that its place can be kept free while it is read. */
export interface RoomLook {
  readonly events: number;
  readonly chart: boolean;
}

export type StatusLook = PeopleLook & RoomLook & { readonly now: number };

/** The status panel: one line that says everything, the way of a change, domains beside provisioning and people. */
export function statusView(model: StatusModel, look: StatusLook): TemplateResult {
  if (model.empty) return emptyPage(model.empty);
  return html`${model.head ? headLine(model.head, true) : nothing}
    ${timeline(model.stagesTitle, model.stages, look.now)}
    <div class="halves">
      <section class="block" aria-labelledby="domains-title">
        <h2 id="domains-title">${model.domainsTitle}</h2>
        ${model.domains.length === 0 ? html`<p class="intro">${model.noDomains}</p>` : nothing}
        ${model.addDomain ? actionButton(model.addDomain, 'link') : nothing}
        <div class="cards">
          ${repeat(
            model.domains,
            (domain) => domain.name,
            (domain) => domainCard(domain, look.now),
          )}
        </div>
      </section>
      <div>${provisioning(model.provisioning, look)} ${peopleList(model.people, look)}</div>
    </div>`;
}

/** A domain: the verdict, why, what to do, what runs out when; then what each server said to each name. */
function domainCard(domain: DomainMatrix, now: number): TemplateResult {
  return html`<article class="card" aria-label=${domain.name}>
    <header class="card-head">
      <h3>${domain.name}</h3>
      ${stateWords(domain.state)}
    </header>
    ${domain.evidence === undefined ? nothing : html`<p class="evidence">${domain.evidence}</p>`}
    ${domain.remedy === undefined ? nothing : html`<p class="remedy">${domain.remedy}</p>`}
    ${domain.clock ? clockBar(domain.clock, now) : nothing}
    ${
      domain.nextLook === undefined
        ? nothing
        : html`<p class="next-look quiet">${icon('eye')}<span>${domain.nextLook}</span></p>`
    }
    ${domain.servers.length === 0 ? nothing : matrix(domain)}
    ${
      domain.actions.length === 0
        ? nothing
        : html`<div class="actions">${actionButtons(domain.actions)}</div>`
    }
  </article>`;
}

function matrix(domain: DomainMatrix): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${domain.caption}>
    <table class="grid matrix">
      <caption class="unseen">
        ${domain.caption}
      </caption>
      <thead>
        <tr>
          <th scope="col">${domain.serverHead}</th>
          ${domain.asked.map((name) => html`<th scope="col">${name}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${domain.servers.map(
          (server) =>
            html`<tr>
              <th scope="row">${server.name} <span class="quiet">${server.role}</span></th>
              ${server.answers.map((answer) => html`<td>${stateWords(answer)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function provisioning(model: StatusModel['provisioning'], look: RoomLook): TemplateResult {
  return html`<section class="block" aria-labelledby="provisioning-title">
    <header class="block-head">
      <h2 id="provisioning-title">${model.title}</h2>
      ${stateWords(model.state)}
    </header>
    ${model.remedy === undefined ? nothing : html`<p class="remedy">${model.remedy}</p>`}
    <div class="facts-and-chart">
      <dl class="facts">
        ${model.facts.map(
          (fact) =>
            html`<div>
              <dt>${fact.name}</dt>
              <dd>${fact.value}</dd>
            </div>`,
        )}
      </dl>
      ${
        model.runs.length > 1 || (model.loading && look.chart)
          ? runChart(model.runsTitle, model.runs, model.legend)
          : nothing
      }
    </div>
    <h3>${model.eventsTitle}</h3>
    ${
      model.events.length === 0
        ? html`<p class=${model.loading ? 'unseen' : 'intro'}>${model.noEvents ?? ''}</p>
            ${model.loading ? comingEvents(look.events) : nothing}`
        : html`<ul class="events">
            ${repeat(
              model.events,
              (event) => event.id,
              (event) => eventRow(event),
            )}
          </ul>`
    }
    <div class="actions">${actionButtons(model.actions, 'link')}</div>
  </section>`;
}

function comingEvents(count: number): TemplateResult {
  return html`<ul class="events" aria-hidden="true">
    ${Array.from(
      { length: count },
      // Built like a row of the log, so that it is as high as one.
      () =>
        html`<li class="event is-coming">
          <span class="event-time"></span>
          <div><span class="event-subject"></span> ${stateWords({ status: 'later', words: '\u00a0' })}</div>
        </li>`,
    )}
  </ul>`;
}

function eventRow(event: EventRow): TemplateResult {
  return html`<li class="event">
    <span class="event-time">${event.time}</span>
    <div>
      <span class="event-subject">${event.subject}</span> ${stateWords(event.state)}
      ${
        event.cause === undefined
          ? nothing
          : html`<p class="event-cause">
              ${event.cause}${event.code === undefined ? nothing : html` <code>${event.code}</code>`}
            </p>`
      }
      ${event.cure === undefined ? nothing : html`<p class="remedy">${event.cure}</p>`}
    </div>
  </li>`;
}
