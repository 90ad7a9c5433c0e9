import { ScimError } from './errors.ts';

/** `attribute eq "value"`; the attribute in lower case. */
export interface Clause {
  readonly attribute: string;
  readonly value: string;
}

const blank = ' ';

/**
 * Parses `a eq "x" and b eq "y"`, the only filters that AWS's endpoint takes, in one pass over the text. Throws on any
 * other operator or form.
 */
export function parseFilter(text: string): Clause[] {
  const clauses: Clause[] = [];
  let at = 0;
  const skipBlanks = (): void => {
    while (text[at] === blank) at++;
  };
  const word = (): string => {
    skipBlanks();
    const from = at;
    while (at < text.length && text[at] !== blank && text[at] !== '"') at++;
    return text.slice(from, at);
  };
  const literal = (): string => {
    skipBlanks();
    if (text[at] !== '"') {
      const bare = word();
      if (bare.toLowerCase() !== 'true' && bare.toLowerCase() !== 'false') throw new ScimError(400);
      return bare.toLowerCase();
    }
    const from = at++;
    while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    if (at >= text.length) throw new ScimError(400);
    return unquote(text.slice(from, ++at));
  };
  for (;;) {
    const attribute = word().toLowerCase();
    if (attribute === '' || word().toLowerCase() !== 'eq') throw new ScimError(400);
    clauses.push({ attribute, value: literal() });
    const joint = word().toLowerCase();
    skipBlanks();
    if (joint === '' && at === text.length) return clauses;
    if (joint !== 'and') throw new ScimError(400);
  }
}

function unquote(quoted: string): string {
  try {
    const value: unknown = JSON.parse(quoted);
    if (typeof value === 'string') return value;
  } catch {
    // Falls through to the refusal below.
  }
  throw new ScimError(400);
}
