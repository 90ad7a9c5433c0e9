import type { Argument, ExpressionFunction } from './function.ts';
import { functions, notEmulated } from './functions.ts';
import { parse } from './parse.ts';
import type { Node, Operator } from './parse.ts';
import { asText, ExpressionError, isEmpty, NotEmulatedError } from './value.ts';
import type { Value } from './value.ts';

const parsed = new Map<string, Node>();
const MOST_PARSED = 1000;

/** Evaluates an expression; `attribute` gives the source's value by its name. Throws `ExpressionError`. */
export function evaluate(expression: string, attribute: (name: string) => Value): Value {
  let node = parsed.get(expression);
  if (!node) {
    node = parse(expression);
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(expression, node);
  }
  return valueOf(node, attribute);
}

/**
 * Checks an expression without evaluating it: syntax, functions and the number of their arguments. Throws
 * `NotEmulatedError` for a function that only the real service has, else `ExpressionError`.
 */
export function check(expression: string): Node {
  const node = parse(expression);
  checkNode(node);
  return node;
}

/** Names of the attributes that an expression reads. */
export function attributesIn(node: Node): string[] {
  switch (node.kind) {
    case 'attribute':
      return [node.name];
    case 'comparison':
      return [...attributesIn(node.left), ...attributesIn(node.right)];
    case 'call':
      return node.args.flatMap(attributesIn);
    default:
      return [];
  }
}

/** A function by its name. Names are case-sensitive. */
export function functionNamed(name: string): ExpressionFunction {
  const known = functions.get(name);
  if (known) return known;
  if (notEmulated.has(name)) throw new NotEmulatedError(`the function ${name} in attribute mappings`);
  throw new ExpressionError(`The function '${name}' is not known`);
}

function checkNode(node: Node): void {
  if (node.kind === 'comparison') {
    checkNode(node.left);
    checkNode(node.right);
  }
  if (node.kind !== 'call') return;
  const { parameters } = functionNamed(node.name);
  const needed = parameters.filter((one) => one.required).length;
  const most = parameters.some((one) => one.repeats) ? Infinity : parameters.length;
  if (node.args.length < needed || node.args.length > most)
    throw new ExpressionError(`${node.name} doesn't take ${node.args.length} arguments`);
  if (node.name === 'Switch' && node.args.length % 2 !== 0)
    throw new ExpressionError('Switch takes an even number of arguments');
  node.args.forEach(checkNode);
}

function valueOf(node: Node, attribute: (name: string) => Value): Value {
  switch (node.kind) {
    case 'attribute':
      return attribute(node.name);
    case 'constant':
      return node.value;
    case 'omitted':
      return null;
    case 'comparison':
      return compare(node.operator, valueOf(node.left, attribute), valueOf(node.right, attribute));
    case 'call':
      return call(node, attribute);
  }
}

function call(node: Node & { kind: 'call' }, attribute: (name: string) => Value): Value {
  const { name, args } = node;
  // Known limitation: a condition that reads an empty attribute fails, whatever it asks.
  const [condition] = args;
  if (name === 'IIF' && condition && attributesIn(condition).some((one) => isEmpty(attribute(one))))
    return null;
  const values: Argument[] = args.map((one) => ({
    value: valueOf(one, attribute),
    given: one.kind !== 'omitted',
  }));
  return functionNamed(name).run(values);
}

function compare(operator: Operator, left: Value, right: Value): boolean {
  const [a, b] = [asText(left), asText(right)];
  const numbers = a !== '' && b !== '' && Number.isFinite(Number(a)) && Number.isFinite(Number(b));
  const order = numbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  switch (operator) {
    case '=':
      return a === b;
    case '<>':
      return a !== b;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}
