import { ExpressionError } from './value.ts';

/** A parsed expression. `text` is the part of the source that it was read from. */
export type Node =
  | { readonly kind: 'attribute'; readonly name: string; readonly text: string }
  | { readonly kind: 'constant'; readonly value: string; readonly text: string }
  | { readonly kind: 'omitted'; readonly text: string }
  | {
      readonly kind: 'comparison';
      readonly operator: Operator;
      readonly left: Node;
      readonly right: Node;
      readonly text: string;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[]; readonly text: string };

export type Operator = '=' | '<>' | '<' | '<=' | '>' | '>=';

const LONGEST = 10_000;
const DEEPEST = 20;

/**
 * Parses a mapping expression such as `Join(" ", [givenName], [surname])`, ten thousand characters at most (Microsoft
 * Entra: reference for writing expressions for attribute mappings; known issues for provisioning). Throws
 * `ExpressionError`.
 */
export function parse(expression: string): Node {
  if (expression.length > LONGEST)
    throw new ExpressionError(`An expression has at most ${LONGEST} characters`);
  const reader = new Reader(expression);
  const node = reader.operand(0);
  reader.end();
  return node;
}

class Reader {
  #at = 0;
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }

  end(): void {
    this.#blanks();
    if (this.#at < this.#text.length) throw new ExpressionError(`Something follows the end of ${this.#text}`);
  }

  operand(depth: number): Node {
    if (depth > DEEPEST) throw new ExpressionError('The expression is nested too deeply');
    this.#blanks();
    const from = this.#at;
    const left = this.#term(depth);
    this.#blanks();
    const operator = this.#operator();
    if (!operator) return left;
    const right = this.operand(depth + 1);
    return { kind: 'comparison', operator, left, right, text: this.#text.slice(from, this.#at).trim() };
  }

  #term(depth: number): Node {
    const from = this.#at;
    const first = this.#text[from];
    const since = (): string => this.#text.slice(from, this.#at).trim();
    if (first === undefined || first === ',' || first === ')') return { kind: 'omitted', text: '' };
    if (first === '[') {
      this.#at++;
      const name = this.#until(']');
      if (name.trim() === '') throw new ExpressionError('An attribute has no name');
      return { kind: 'attribute', name, text: since() };
    }
    if (first === '"') {
      this.#at++;
      return { kind: 'constant', value: this.#quoted(), text: since() };
    }
    const number = /^-?\d+/.exec(this.#text.slice(from))?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      return { kind: 'constant', value: number, text: number };
    }
    const name = /^[A-Za-z]\w*/.exec(this.#text.slice(from))?.[0];
    if (name === undefined) throw new ExpressionError(`'${first}' was not expected in ${this.#text}`);
    this.#at += name.length;
    this.#blanks();
    // Enumerations such as vbTextCompare stand without quotes.
    if (this.#text[this.#at] !== '(') {
      if (name.startsWith('vb')) return { kind: 'constant', value: name, text: name };
      throw new ExpressionError(`'(' is missing after ${name}; text must stand in quotation marks`);
    }
    this.#at++;
    return { kind: 'call', name, args: this.#list(depth), text: since() };
  }

  #list(depth: number): Node[] {
    const args: Node[] = [];
    for (;;) {
      args.push(this.operand(depth + 1));
      this.#blanks();
      const next = this.#text[this.#at++];
      if (next === ')') break;
      if (next !== ',') throw new ExpressionError(`',' or ')' is missing in ${this.#text}`);
    }
    return args.length === 1 && args[0]?.kind === 'omitted' ? [] : args;
  }

  #operator(): Operator | undefined {
    const found = /^(<>|<=|>=|=|<|>)/.exec(this.#text.slice(this.#at, this.#at + 2))?.[0];
    if (found) this.#at += found.length;
    return operators.find((one) => one === found);
  }

  #blanks(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #until(end: string): string {
    const close = this.#text.indexOf(end, this.#at);
    if (close < 0) throw new ExpressionError(`'${end}' is missing in ${this.#text}`);
    const found = this.#text.slice(this.#at, close);
    this.#at = close + 1;
    return found;
  }

  #quoted(): string {
    let text = '';
    for (; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '"') {
        this.#at++;
        return text;
      }
      if (this.#text[this.#at] === '\\') this.#at++;
      text += this.#text[this.#at] ?? '';
    }
    throw new ExpressionError(`'"' is missing in ${this.#text}`);
  }
}

const operators: readonly Operator[] = ['=', '<>', '<', '<=', '>', '>='];
