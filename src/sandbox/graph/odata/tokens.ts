import { badRequest } from '../errors.ts';

export type Token =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'name'; readonly value: string }
  | { readonly kind: 'mark'; readonly value: '(' | ')' | ',' | ':' };

const pattern =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<mark>[(),:])|(?<word>[A-Za-z0-9_@$.+/-]+(?::\d\d(?::\d\d)?[\d.:Z+-]*)?))/y;

/** Cuts an OData `$filter` into tokens (OData 4.01 URL conventions: the subset that Microsoft Graph uses here). */
export function tokenize(filter: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (filter.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const groups = pattern.exec(filter)?.groups;
    if (!groups) throw badRequest(`Invalid filter clause: syntax error at position ${at} in '${filter}'.`);
    at = pattern.lastIndex;
    const { string, mark, word } = groups;
    if (string !== undefined)
      tokens.push({ kind: 'string', value: string.slice(1, -1).replaceAll("''", "'") });
    else if (mark === '(' || mark === ')' || mark === ',' || mark === ':')
      tokens.push({ kind: 'mark', value: mark });
    else if (word !== undefined) tokens.push(wordToken(word));
  }
  return tokens;
}

function wordToken(word: string): Token {
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' };
  if (word === 'null') return { kind: 'literal', value: null };
  if (/^-?\d+(\.\d+)?$/.test(word)) return { kind: 'literal', value: Number(word) };
  const dateOrGuid = /^(\d{4}-\d\d-\d\d.*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;
  if (dateOrGuid.test(word)) return { kind: 'literal', value: word };
  return { kind: 'name', value: word };
}
