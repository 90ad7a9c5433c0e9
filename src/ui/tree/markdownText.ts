/**
 * Writes plain text into Markdown. VS Code's own `appendText` makes every blank unbreakable, so that sentences break in the
 * middle of words.
 */
export function markdownText(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*_{}[\]()#+\-!~|$>]/g, '\\$&')
    .replaceAll('\n', ' ');
}
