import type { EntityType } from '../entityTypes.ts';
import { badRequest } from '../errors.ts';
import { compare, sizeAt, valueAt } from './values.ts';
import type { Scope } from './values.ts';
import { tokenize } from './tokens.ts';
import type { Token } from './tokens.ts';

/** A `$filter`, ready to be asked of an entity. */
export interface Filter {
  matches(entity: Record<string, unknown>): boolean;
  /** Uses an operator that the directory serves only as an advanced query. */
  readonly advanced: boolean;
  /** Every match has this value in this property: what an index can be asked. */
  readonly equal?: Equal | undefined;
}

/** `property eq 'value'`. */
export interface Equal {
  readonly property: string;
  readonly value: string;
}

type Test = (scope: Scope) => boolean;
type Operand = (scope: Scope) => unknown;

const comparisons = new Set(['eq', 'ne', 'gt', 'ge', 'lt', 'le']);
const advancedWords = new Set(['ne', 'not', 'endswith']);

/** How a service reads filters. */
export interface FilterOptions {
  readonly caseSensitive?: boolean;
  /** Names that it lacks are refused. */
  readonly type?: EntityType;
  /** The directory has no `contains`, and at most fifteen alternatives. */
  readonly directory?: boolean;
}

/**
 * Understands `eq ne gt ge lt le in and or not`, `startswith endswith contains tolower`, `any` and `$count` of
 * collections. Strings compare without regard to case, as the directory does, unless `caseSensitive`.
 */
export function parseFilter(text: string, options: FilterOptions = {}): Filter {
  const tokens = tokenize(text);
  const equal = equalOf(tokens);
  const parser = new FilterParser(tokens, text, options);
  const test = parser.whole();
  return { advanced: parser.advanced, equal, matches: (entity) => test({ entity, bound: unbound }) };
}

/** Alternatives that one `or` or `in` may have in the directory. */
const mostAlternatives = 15;

const unbound: Scope['bound'] = new Map();

/** The comparison that a filter consists of, where it is one of a property with a text or a GUID. */
function equalOf(tokens: readonly Token[]): Equal | undefined {
  const [property, operator, value] = tokens;
  if (tokens.length !== 3 || property?.kind !== 'name' || operator?.kind !== 'name') return undefined;
  if (operator.value.toLowerCase() !== 'eq' || typeof value?.value !== 'string') return undefined;
  return value.kind === 'string' || value.kind === 'literal'
    ? { property: property.value, value: value.value }
    : undefined;
}

class FilterParser {
  advanced = false;
  private readonly tokens: Token[];
  private readonly text: string;
  private readonly options: FilterOptions;
  private readonly caseSensitive: boolean;
  /** Variables of the `any` that is being read. */
  private readonly variables = new Set<string>();

  constructor(tokens: Token[], text: string, options: FilterOptions) {
    this.tokens = tokens;
    this.text = text;
    this.options = options;
    this.caseSensitive = options.caseSensitive ?? false;
  }

  whole(): Test {
    const test = this.either();
    if (this.tokens.length > 0) throw this.invalid();
    return test;
  }

  private either(): Test {
    const tests = [this.both()];
    while (this.takeName('or')) tests.push(this.both());
    this.checkAlternatives(tests.length);
    return (scope) => tests.some((test) => test(scope));
  }

  private both(): Test {
    const tests = [this.single()];
    while (this.takeName('and')) tests.push(this.single());
    return (scope) => tests.every((test) => test(scope));
  }

  private single(): Test {
    if (this.takeName('not')) {
      const test = this.single();
      return (scope) => !test(scope);
    }
    if (this.takeMark('(')) {
      const test = this.either();
      this.mark(')');
      return test;
    }
    const name = this.tokens[0];
    if (name?.kind === 'name') {
      if (['startswith', 'endswith', 'contains'].includes(name.value.toLowerCase())) return this.textTest();
      if (name.value.endsWith('/any')) return this.any(name.value.slice(0, -'/any'.length));
      if (name.value.endsWith('/all')) throw this.unsupported("the operator 'all'");
    }
    return this.comparison(this.operand());
  }

  private textTest(): Test {
    const name = this.name();
    if (name === 'contains' && this.options.directory) throw this.unsupported("the function 'contains'");
    this.mark('(');
    const left = this.operand();
    this.mark(',');
    const right = this.operand();
    this.mark(')');
    const fold = (value: unknown): string =>
      typeof value === 'string' ? (this.caseSensitive ? value : value.toLowerCase()) : '';
    return (scope) => {
      const [text, part] = [fold(left(scope)), fold(right(scope))];
      if (name === 'startswith') return text.startsWith(part);
      return name === 'endswith' ? text.endsWith(part) : text.includes(part);
    };
  }

  private any(path: string): Test {
    this.tokens.shift();
    this.checkProperty(path);
    this.mark('(');
    if (this.takeMark(')')) {
      this.advanced = true;
      return (scope) => sizeAt(scope, path) > 0;
    }
    const variable = this.takeWord();
    this.mark(':');
    this.variables.add(variable);
    const test = this.either();
    this.variables.delete(variable);
    this.mark(')');
    return (scope) => {
      const values = valueAt(scope, path);
      return (
        Array.isArray(values) &&
        values.some((value: unknown) => test({ ...scope, bound: new Map(scope.bound).set(variable, value) }))
      );
    };
  }

  private comparison(left: Operand): Test {
    const operator = this.name();
    if (operator === 'in') {
      this.mark('(');
      const values = [this.operand()];
      while (this.takeMark(',')) values.push(this.operand());
      this.mark(')');
      this.checkAlternatives(values.length);
      return (scope) => values.some((value) => compare('eq', left(scope), value(scope), this.caseSensitive));
    }
    if (!comparisons.has(operator)) throw this.invalid();
    const right = this.operand();
    return (scope) => compare(operator, left(scope), right(scope), this.caseSensitive);
  }

  private operand(): Operand {
    const token = this.tokens.shift();
    if (token === undefined || token.kind === 'mark') throw this.invalid();
    if (token.kind !== 'name') return () => token.value;
    if (token.value.toLowerCase() === 'tolower') {
      this.mark('(');
      const inner = this.operand();
      this.mark(')');
      return (scope) => {
        const value = inner(scope);
        return typeof value === 'string' ? value.toLowerCase() : value;
      };
    }
    const [, counted] = /^(.*)\/\$count$/.exec(token.value) ?? [];
    this.checkProperty(counted ?? token.value);
    if (counted !== undefined) {
      this.advanced = true;
      return (scope) => sizeAt(scope, counted);
    }
    return (scope) => valueAt(scope, token.value);
  }

  private takeName(word: string): boolean {
    const token = this.tokens[0];
    if (token?.kind !== 'name' || token.value.toLowerCase() !== word) return false;
    this.takeWord();
    return true;
  }

  private takeMark(mark: string): boolean {
    const token = this.tokens[0];
    if (token?.kind !== 'mark' || token.value !== mark) return false;
    this.tokens.shift();
    return true;
  }

  private mark(mark: string): void {
    if (!this.takeMark(mark)) throw this.invalid();
  }

  private name(): string {
    return this.takeWord().toLowerCase();
  }

  private takeWord(): string {
    const token = this.tokens.shift();
    if (token?.kind !== 'name') throw this.invalid();
    if (advancedWords.has(token.value.toLowerCase())) this.advanced = true;
    return token.value;
  }

  private checkProperty(path: string): void {
    const [first = ''] = path.split('/');
    const { type } = this.options;
    if (type && !this.variables.has(first) && !type.properties.has(first))
      throw badRequest(
        `Invalid filter clause: Could not find a property named '${first}' on type '${type.name}'.`,
        'BadRequest',
      );
  }

  private checkAlternatives(number: number): void {
    if (this.options.directory && number > mostAlternatives)
      throw badRequest(
        `Too many child clauses specified in search filter expression containing 'OR' operators: ${number}. Max allowed: ${mostAlternatives}.`,
        'Request_UnsupportedQuery',
      );
  }

  private unsupported(what: string): Error {
    return badRequest(`Unsupported query: ${what} is not supported.`, 'Request_UnsupportedQuery');
  }

  private invalid(): Error {
    return badRequest(`Invalid filter clause: '${this.text}' can't be read.`);
  }
}
