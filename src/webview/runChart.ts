import type { TemplateResult } from 'lit-html';
import { html, svg } from 'lit-html';
import type { Run, StatusModel } from './models.ts';

const height = 48;
const barWidth = 14;
const gap = 6;

/** The last provisioning runs as stacked bars, oldest on the left. Each bar says its numbers; so does the list for readers. */
export function runChart(
  title: string,
  runs: readonly Run[],
  legend: StatusModel['provisioning']['legend'],
): TemplateResult {
  const most = Math.max(1, ...runs.map((run) => run.ok + run.failed + run.skipped));
  const width = Math.max(1, runs.length * (barWidth + gap) - gap);
  return html`<figure class="chart">
    <figcaption>
      <span>${title}</span>
      <span class="legend"><i class="swatch is-ok"></i>${legend.ok}</span>
      <span class="legend"><i class="swatch is-failed"></i>${legend.failed}</span>
      <span class="legend"><i class="swatch is-skipped"></i>${legend.skipped}</span>
    </figcaption>
    <svg viewBox="0 0 ${width} ${height}" width=${width} height=${height} aria-hidden="true">
      ${runs.map((run, index) => bar(run, index * (barWidth + gap), most))}
    </svg>
    <ul class="unseen">
      ${runs.map((run) => html`<li>${run.words}</li>`)}
    </ul>
  </figure>`;
}

function bar(run: Run, x: number, most: number): TemplateResult {
  // A run always shows, even if it had nothing to do: a thin line at the foot.
  const scale = (count: number): number => (count === 0 ? 0 : Math.max(2, (count / most) * (height - 2)));
  const parts = [
    { kind: 'ok', size: scale(run.ok) },
    { kind: 'skipped', size: scale(run.skipped) },
    { kind: 'failed', size: scale(run.failed) },
  ];
  let y = height;
  return svg`<g><title>${run.words}</title>
    <rect class="bar-foot" x=${x} y=${height - 1} width=${barWidth} height="1"></rect>
    ${parts.map(({ kind, size }) => {
      y -= size;
      return svg`<rect class="bar is-${kind}" x=${x} y=${y} width=${barWidth} height=${size}></rect>`;
    })}</g>`;
}
