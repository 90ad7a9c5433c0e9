import { remember, remembered } from './host.ts';

/** What every page does beside drawing its model. */

/** Says a sentence in the page's live region and shows it for a moment. */
export function announce(sentence: string): void {
  const region = document.getElementById('said');
  if (!region) return;
  // The same sentence twice is no change to a screen reader, so the region is emptied in between.
  region.textContent = '';
  region.classList.remove('shown');
  requestAnimationFrame(() => {
    region.textContent = sentence;
    region.classList.add('shown');
    setTimeout(() => region.classList.remove('shown'), 2500);
  });
}

/** Comes back to where the page was scrolled before it was hidden or reloaded. */
export function keepPlace(): void {
  window.scrollTo({ top: remembered().top });
  let asked = false;
  window.addEventListener(
    'scroll',
    () => {
      if (asked) return;
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        remember({ top: window.scrollY });
      });
    },
    { passive: true },
  );
}
