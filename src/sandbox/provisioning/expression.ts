/** A value that flows: text, a boolean, or nothing. */
export type Value = string | boolean | null;

/** An expression that cannot be evaluated: bad syntax, or a function that the sandbox does not have. */
export class ExpressionError extends Error {}

const DEEPEST = 20;

/**
 * Evaluates a mapping expression such as `Join(" ", [givenName], [surname])` (Microsoft Entra: reference for writing
 * expressions for attribute mappings). `attribute` gives the source's value by its name.
 */
export function evaluate(expression: string, attribute: (name: string) => Value): Value {
  let at = 0;
  const skipBlanks = (): void => {
    while (expression[at] === ' ') at++;
  };
  const until = (end: string): string => {
    const close = expression.indexOf(end, at);
    if (close < 0) throw new ExpressionError(`'${end}' is missing in ${expression}`);
    const found = expression.slice(at, close);
    at = close + 1;
    return found;
  };
  const quoted = (): string => {
    let text = '';
    for (; at < expression.length; at++) {
      if (expression[at] === '"') {
        at++;
        return text;
      }
      if (expression[at] === '\\') at++;
      text += expression[at] ?? '';
    }
    throw new ExpressionError(`'"' is missing in ${expression}`);
  };
  const term = (depth: number): Value => {
    skipBlanks();
    const first = expression[at];
    if (depth > DEEPEST) throw new ExpressionError('The expression is nested too deeply.');
    if (first === undefined || first === ',' || first === ')') return null;
    if (first === '[') {
      at++;
      return attribute(until(']'));
    }
    if (first === '"') {
      at++;
      return quoted();
    }
    const name = until('(').trim();
    const values: Value[] = [];
    for (;;) {
      values.push(term(depth + 1));
      skipBlanks();
      const next = expression[at++];
      if (next === ')') break;
      if (next !== ',') throw new ExpressionError(`',' or ')' is missing in ${expression}`);
    }
    const known = functions.get(name.toLowerCase());
    if (!known) throw new ExpressionError(`The function '${name}' is not known.`);
    return known(values);
  };
  const value = term(0);
  skipBlanks();
  if (at < expression.length) throw new ExpressionError(`Something follows the end of ${expression}`);
  return value;
}

/** A value as text; booleans are `True` and `False` there. */
export function asText(value: Value | undefined): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  return value ?? '';
}

function truthy(value: Value | undefined): boolean {
  return asText(value).toLowerCase() === 'true';
}

const functions: ReadonlyMap<string, (values: readonly Value[]) => Value> = new Map([
  [
    'switch',
    ([source, otherwise = null, ...pairs]: readonly Value[]) => {
      for (let n = 0; n + 1 < pairs.length; n += 2)
        if (asText(pairs[n]) === asText(source)) return pairs[n + 1] ?? null;
      return otherwise;
    },
  ],
  [
    'join',
    ([separator, ...parts]: readonly Value[]) =>
      parts
        .map(asText)
        .filter((part) => part !== '')
        .join(asText(separator)),
  ],
  ['not', ([value]: readonly Value[]) => !truthy(value)],
  ['append', ([value, suffix]: readonly Value[]) => asText(value) + asText(suffix)],
  ['coalesce', (values: readonly Value[]) => values.find((value) => asText(value) !== '') ?? null],
  ['iif', ([test, yes = null, no = null]: readonly Value[]) => (truthy(test) ? yes : no)],
  ['isnullorempty', ([value]: readonly Value[]) => asText(value) === ''],
  ['tolower', ([value]: readonly Value[]) => asText(value).toLowerCase()],
  ['toupper', ([value]: readonly Value[]) => asText(value).toUpperCase()],
  ['trim', ([value]: readonly Value[]) => asText(value).trim()],
  ['stripspaces', ([value]: readonly Value[]) => asText(value).replaceAll(' ', '')],
  ['left', ([value, count]: readonly Value[]) => asText(value).slice(0, Number(asText(count)))],
  [
    'mid',
    ([value, start, length]: readonly Value[]) => {
      const from = Number(asText(start)) - 1;
      return asText(value).slice(from, from + Number(asText(length)));
    },
  ],
  [
    'replace',
    ([value, from, , , to]: readonly Value[]) => asText(value).replaceAll(asText(from), asText(to)),
  ],
]);
