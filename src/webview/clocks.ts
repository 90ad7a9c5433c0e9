import type { TemplateResult } from 'lit-html';
import { html } from 'lit-html';

/** Clocks that run on a panel. The page's language is the language of VS Code. */

const minute = 60_000;

/** How long until `until`, in words of the page's language: "in 23 minutes"; rounded up so that it never says 0 too early. */
export function howLong(until: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'auto' });
  const minutes = (until - now) / minute;
  if (Math.abs(minutes) < 90) return format.format(Math.ceil(minutes), 'minute');
  if (Math.abs(minutes) < 48 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 60 / 24), 'day');
}

/** A bar that fills until the moment comes, with the words beside it. */
export function clockBar(clock: { from: number; until: number; words: string }, now: number): TemplateResult {
  const span = Math.max(1, clock.until - clock.from);
  const gone = Math.min(span, Math.max(0, now - clock.from));
  return html`<div class="clock">
    <progress max="100" value=${Math.round((gone / span) * 100)} aria-label=${clock.words}></progress>
    <span class="clock-words">${clock.words} <span class="quiet">(${howLong(clock.until, now)})</span></span>
  </div>`;
}

/** Calls `tick` about four times a minute while the page can be seen, and at once when it comes into sight again. */
export function whileSeen(tick: () => void): void {
  let timer: ReturnType<typeof setInterval> | undefined;
  const change = (): void => {
    clearInterval(timer);
    timer = undefined;
    if (document.visibilityState !== 'visible') return;
    tick();
    timer = setInterval(tick, 15_000);
  };
  document.addEventListener('visibilitychange', change);
  change();
}
