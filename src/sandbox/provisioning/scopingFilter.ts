import { compiled } from './expressions/replace.ts';
import { asText, isEmpty } from './expressions/value.ts';
import type { Value } from './expressions/value.ts';
import { record, records, text } from './json.ts';

/** One condition on one attribute. */
interface Clause {
  readonly operator: ScopeOperator;
  readonly attribute: string;
  readonly operand: string;
}

/** Groups of clauses: one group must hold, with all its clauses. No group: everything passes. */
export type ScopingFilter = readonly { readonly name: string; readonly clauses: readonly Clause[] }[];

/** An operator of scoping filters. */
export interface ScopeOperator {
  readonly name: string;
  readonly unary: boolean;
  readonly types: readonly string[];
  holds(value: string, operand: string): boolean;
}

const texts = ['String', 'Integer', 'Reference'];

function binary(name: string, types: readonly string[], holds: ScopeOperator['holds']): ScopeOperator {
  return { name, unary: false, types, holds };
}

function unary(name: string, types: readonly string[], holds: ScopeOperator['holds']): ScopeOperator {
  return { name, unary: true, types, holds };
}

const whole = (value: string): number => (/^\d+$/.test(value) ? Number(value) : NaN);

/** Microsoft Entra: scoping users or groups to be provisioned with scoping filters. Comparisons are case-sensitive. */
export const scopeOperators: readonly ScopeOperator[] = [
  binary('EQUALS', [...texts, 'Boolean'], (value, operand) => value === operand),
  binary('NOT EQUALS', [...texts, 'Boolean'], (value, operand) => value !== operand),
  unary('IS TRUE', ['Boolean', 'String'], (value) => value.toLowerCase() === 'true'),
  unary('IS FALSE', ['Boolean', 'String'], (value) => value.toLowerCase() === 'false'),
  unary('IS NULL', [...texts, 'Boolean'], (value) => value === ''),
  unary('IS NOT NULL', [...texts, 'Boolean'], (value) => value !== ''),
  binary('REGEX MATCH', texts, (value, operand) => compiled(operand, 'u').test(value)),
  binary('NOT REGEX MATCH', texts, (value, operand) => !compiled(operand, 'u').test(value)),
  binary('GREATER_THAN', ['Integer', 'String'], (value, operand) => whole(value) > whole(operand)),
  binary('GREATER_THAN_OR_EQUALS', ['Integer', 'String'], (value, operand) => whole(value) >= whole(operand)),
  binary('INCLUDES', texts, (value, operand) => value.includes(operand)),
  binary('ENDS_WITH', texts, (value, operand) => value.endsWith(operand)),
  binary('&', texts, (value, operand) => operand.includes(value)),
  binary('!&', texts, (value, operand) => !operand.includes(value)),
];

/** An operator by its name, whatever its case. */
export function scopeOperator(name: string): ScopeOperator | undefined {
  return scopeOperators.find((one) => one.name === name.toUpperCase());
}

/** Reads `scope` of an object mapping (Microsoft Graph: filter). What was checked on PUT is taken as it is. */
export function readFilter(scope: unknown): ScopingFilter {
  return records(record(scope)['groups']).map((group) => ({
    name: text(group['name']),
    clauses: records(group['clauses']).flatMap((clause) => {
      const operator = scopeOperator(text(clause['operatorName']));
      const values = record(clause['targetOperand'])['values'];
      const operand = text(Array.isArray(values) ? values[0] : undefined);
      return operator ? [{ operator, attribute: text(clause['sourceOperandName']), operand }] : [];
    }),
  }));
}

/** Whether an object passes. An empty attribute passes `IS NULL` only. */
export function passes(filter: ScopingFilter, attribute: (name: string) => Value): boolean {
  if (filter.length === 0) return true;
  return filter.some(({ clauses }) =>
    clauses.every(({ operator, attribute: name, operand }) => {
      const value = attribute(name);
      if (isEmpty(value) && operator.name !== 'IS NULL') return false;
      return operator.holds(asText(value), operand);
    }),
  );
}
