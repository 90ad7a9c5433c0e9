import { badRequest } from '../errors.ts';
import type { Entity } from './rows.ts';

type Test = (row: Entity) => boolean;

/** Properties that are searched by their words; the others match from their beginning. */
const tokenized = ['displayName', 'description'];
const searchable = [
  ...tokenized,
  'mail',
  'mailNickname',
  'userPrincipalName',
  'givenName',
  'surname',
  'jobTitle',
  'appId',
];

/**
 * Understands `$search` of directory objects: `"property:text"`, several with `AND` and `OR`, in parentheses too
 * (Microsoft Graph: Use the $search query parameter). Needs `ConsistencyLevel: eventual`.
 */
export function parseSearch(text: string, eventual: boolean): Test {
  if (!eventual)
    throw badRequest(
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
      'Request_UnsupportedQuery',
    );
  const words = text.match(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+/g) ?? [];
  const invalid = (): Error => badRequest(`Syntax error: ${text} is not of the form "property:text".`);
  const either = (): Test => {
    const tests = [both()];
    while (words[0] === 'OR' && words.shift()) tests.push(both());
    return (row) => tests.some((test) => test(row));
  };
  const both = (): Test => {
    const tests = [single()];
    while (words[0] === 'AND' && words.shift()) tests.push(single());
    return (row) => tests.every((test) => test(row));
  };
  const single = (): Test => {
    const word = words.shift();
    if (word === '(') {
      const inner = either();
      if (words.shift() !== ')') throw invalid();
      return inner;
    }
    const [, property, term] = /^"(\w+):(.*)"$/s.exec(word ?? '') ?? [];
    if (property === undefined || term === undefined) throw invalid();
    if (!searchable.includes(property))
      throw badRequest(`Property '${property}' can't be searched.`, 'Request_UnsupportedQuery');
    return clause(property, term.replace(/\\(.)/g, '$1'));
  };
  const test = either();
  if (words.length > 0) throw invalid();
  return test;
}

function clause(property: string, term: string): Test {
  const wanted = tokenized.includes(property) ? wordsOf(term) : [];
  return (row) => {
    const value = row[property];
    if (typeof value !== 'string') return false;
    if (wanted.length === 0) return value.toLowerCase().startsWith(term.toLowerCase());
    const words = wordsOf(value);
    return wanted.every((one) => words.some((word) => word.startsWith(one)));
  };
}

/** Words of a text, in lower case: cut at what is neither letter nor digit, and whole and in parts where case changes. */
function wordsOf(text: string): string[] {
  const whole = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const parts = whole.flatMap((word) => word.match(/\p{Lu}?\p{Ll}+|\p{Lu}+|\p{N}+/gu) ?? []);
  return [...new Set([...whole, ...parts].map((word) => word.toLowerCase()))];
}
