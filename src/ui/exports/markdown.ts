/** Words for prose in Markdown. Names come from the tenant: none may become a heading, a link or HTML. */
export function plain(value: string): string {
  return value.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#|!]/g, '\\$&');
}

/** Words as code in Markdown, whatever backticks they hold. */
export function code(value: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length)));
  const words = value.replace(/\s+/gu, ' ');
  // Markdown strips one space from both ends, which keeps a backtick there apart from the fence.
  return /^`|`$|^ .* $/.test(words) || words === '' ? `${fence} ${words} ${fence}` : fence + words + fence;
}
