/** Words for prose in Markdown. Names come from the tenant: none may become a heading, a link or HTML. */
export function plain(value: string): string {
  return value.replace(/\s+/gu, ' ').replace(/[\\`*_[\]<>#|!]/g, '\\$&');
}

/** Words as code in Markdown, whatever backticks they hold. */
export function code(value: string): string {
  const fence = '`'.repeat(1 + Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length)));
  return `${fence} ${value.replace(/\s+/gu, ' ')} ${fence}`;
}
