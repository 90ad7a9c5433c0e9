import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { DomainMatrix, EventRow, StatusModel } from './models.ts';
import { actionButton, emptyPage, headLine, stateWords } from './parts.ts';
import type { PeopleLook } from './people.ts';
import { peopleList } from './people.ts';
import { runChart } from './runChart.ts';
import { timeline } from './timeline.ts';

/** The status panel: one line that says everything, the way of a change, domains beside provisioning and people. */
export function statusView(model: StatusModel, look: PeopleLook & { readonly now: number }): TemplateResult {
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
            (domain) => domainMatrix(domain),
          )}
        </div>
      </section>
      <div>${provisioning(model.provisioning)} ${peopleList(model.people, look)}</div>
    </div>`;
}

function domainMatrix(domain: DomainMatrix): TemplateResult {
  return html`<article class="card" aria-label=${domain.name}>
    <header class="card-head">
      <h3>${domain.name}</h3>
      ${stateWords(domain.state)}
    </header>
    ${domain.remedy === undefined ? nothing : html`<p class="remedy">${domain.remedy}</p>`}
    ${
      domain.servers.length === 0
        ? nothing
        : html`<div class="scroll" tabindex="0" role="region" aria-label=${domain.caption}>
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
          </div>`
    }
    ${
      domain.actions.length === 0
        ? nothing
        : html`<div class="actions">${domain.actions.map((action) => actionButton(action))}</div>`
    }
  </article>`;
}

function provisioning(model: StatusModel['provisioning']): TemplateResult {
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
      ${model.runs.length > 1 ? runChart(model.runsTitle, model.runs, model.legend) : nothing}
    </div>
    <h3>${model.eventsTitle}</h3>
    ${
      model.events.length === 0
        ? html`<p class="intro">${model.noEvents ?? ''}</p>`
        : html`<ul class="events">
            ${repeat(
              model.events,
              (event) => event.id,
              (event) => eventRow(event),
            )}
          </ul>`
    }
    <div class="actions">${model.actions.map((action) => actionButton(action, 'link'))}</div>
  </section>`;
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
