import type { ExpressionFunction, Parameter } from './function.ts';
import { asText, ExpressionError, isEmpty, truthy } from './value.ts';

const required = (name: string): Parameter => ({ name, required: true, repeats: false });
const optional = (name: string): Parameter => ({ name, required: false, repeats: false });
const repeated = (name: string): Parameter => ({ name, required: true, repeats: true });

/** Functions that choose, test or convert. */
export const flowFunctions: readonly ExpressionFunction[] = [
  {
    name: 'Switch',
    parameters: [required('source'), optional('defaultValue'), repeated('key'), repeated('value')],
    // Compares in a case-sensitive way; keys and values come in pairs.
    run: ([source, otherwise, ...pairs]) => {
      if (pairs.length % 2 !== 0) throw new ExpressionError('Switch takes keys and values in pairs');
      for (let n = 0; n + 1 < pairs.length; n += 2)
        if (asText(pairs[n]?.value) === asText(source?.value)) return pairs[n + 1]?.value ?? null;
      return otherwise?.value ?? null;
    },
  },
  {
    name: 'IIF',
    parameters: [required('condition'), required('valueIfTrue'), required('valueIfFalse')],
    // A condition on an attribute that is empty fails as a whole: evaluate() hands null over.
    run: ([condition, yes, no]) => {
      if (condition === undefined || condition.value === null) return null;
      return (truthy(condition.value) ? yes?.value : no?.value) ?? null;
    },
  },
  { name: 'Not', parameters: [required('source')], run: ([source]) => !truthy(source?.value) },
  {
    name: 'Coalesce',
    parameters: [repeated('source'), optional('defaultValue')],
    run: (sources) => sources.find((one) => one.given && one.value !== null)?.value ?? null,
  },
  { name: 'CBool', parameters: [required('Expression')], run: ([source]) => truthy(source?.value) },
  {
    name: 'CStr',
    parameters: [required('value')],
    run: ([source]) => (source?.value == null ? null : asText(source.value)),
  },
  { name: 'IsNull', parameters: [required('Expression')], run: ([source]) => source?.value == null },
  {
    name: 'IsNullOrEmpty',
    parameters: [required('Expression')],
    run: ([source]) => isEmpty(source?.value),
  },
  { name: 'IsPresent', parameters: [required('Expression')], run: ([source]) => !isEmpty(source?.value) },
  {
    name: 'IsString',
    parameters: [required('Expression')],
    run: ([source]) => typeof source?.value === 'string',
  },
  {
    name: 'IgnoreFlowIfNullOrEmpty',
    parameters: [required('Expression')],
    run: ([source]) => (isEmpty(source?.value) ? null : (source?.value ?? null)),
  },
];
