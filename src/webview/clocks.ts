import type { TemplateResult } from 'lit-html';
import { html } from 'lit-html';

/** Clocks that run on a panel. The page's language is the language of VS Code. */

const minute = 60_000;
/** Clocks move on this often, in milliseconds. */
const every = 15_000;

/**
 * How long until `until`, in words of the page's language: "in 23 minutes"; rounded up so that it never says 0 too early,
 * and "now" from then on.
 */
export function howLong(until: number, now: number): string {
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || 'en', { numeric: 'auto' });
  const left = Math.max(0, until - now);
  if (left <= minute) return format.format(Math.ceil(left / every) * (every / 1_000), 'second');
  const minutes = left / minute;
  if (minutes < 90) return format.format(Math.ceil(minutes), 'minute');
  if (minutes < 48 * 60) return format.format(Math.round(minutes / 60), 'hour');
  return format.format(Math.round(minutes / 60 / 24), 'day');
}

/** How much of a clock has run, in whole percent. */
export function share(clock: { readonly from: number; readonly until: number }, now: number): number {
  const span = Math.max(1, clock.until - clock.from);
  return Math.round((Math.min(span, Math.max(0, now - clock.from)) / span) * 100);
}

/** A bar that fills until the moment comes, with the words beside it. */
export function clockBar(clock: { from: number; until: number; words: string }, now: number): TemplateResult {
  return html`<div class="clock">
    <progress max="100" value=${share(clock, now)} aria-label=${clock.words}></progress>
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
    timer = setInterval(tick, every);
  };
  document.addEventListener('visibilitychange', change);
  change();
}
