/** The two ways in which a page says something: seen and heard, or heard alone. */

const shownFor = 2_500;
/** What is heard at once at most; the rest can be read. */
const mostHeard = 4;

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
    setTimeout(() => region.classList.remove('shown'), shownFor);
  });
}

/** Tells screen readers, when they have time, what changed on the page. Nobody sees it: it stands on the page already. */
export function hear(changes: readonly string[]): void {
  const region = document.getElementById('heard');
  if (!region || changes.length === 0) return;
  const more = changes.length - mostHeard;
  const said = changes.slice(0, mostHeard).map((change) => {
    const line = document.createElement('p');
    line.textContent = change;
    return line;
  });
  region.replaceChildren(...said, ...(more > 0 ? [document.createTextNode(`+${more}`)] : []));
}
