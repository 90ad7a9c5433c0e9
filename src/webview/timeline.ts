import type { TemplateResult } from 'lit-html';
import { html, nothing } from 'lit-html';
import { howLong, share } from './clocks.ts';
import type { Stage } from './models.ts';
import { stateWords } from './parts.ts';

/** The way of a change from Entra to a seat in Kiro, with the clock that runs now. */
export function timeline(title: string, stages: readonly Stage[], now: number): TemplateResult {
  return html`<ol class="timeline" aria-label=${title}>
    ${stages.map((stage) => {
      const { clock } = stage;
      return html`<li class="stage is-${stage.state.status}" aria-current=${clock ? 'step' : 'false'}>
        <span class="stage-title">${stage.title}</span>
        ${stateWords(stage.state)}
        ${
          clock
            ? html`<progress max="100" value=${share(clock, now)} aria-label=${clock.label}></progress>
                <span class="quiet">${howLong(clock.until, now)}</span>`
            : nothing
        }
      </li>`;
    })}
  </ol>`;
}
