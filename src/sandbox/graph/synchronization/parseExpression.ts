import { check, evaluate } from '../../provisioning/expressions/evaluate.ts';
import { mappingSource } from '../../provisioning/expressions/source.ts';
import { asText, ExpressionError, isList, NotEmulatedError } from '../../provisioning/expressions/value.ts';
import type { Value } from '../../provisioning/expressions/value.ts';
import { notEmulated } from '../errors.ts';
import { isJson, onlyKnown, stringOf } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';

/**
 * Parses an expression and evaluates it with the test values, if there are any (Microsoft Graph: synchronizationSchema:
 * parseExpression). What can't be parsed or evaluated is told inside the answer.
 */
export function parseExpression(body: Json): Record<string, unknown> {
  onlyKnown(
    body,
    { writable: ['expression', 'testInputObject', 'targetAttributeDefinition'] },
    'parseExpression',
  );
  const expression = stringOf(body, 'expression');
  const input = body['testInputObject'];
  try {
    const parsedExpression = mappingSource(check(expression));
    const parsed = { parsingSucceeded: true, parsedExpression };
    if (!isJson(input)) return { ...parsed, error: null, evaluationSucceeded: false, evaluationResult: [] };
    try {
      const value = evaluate(expression, valuesOf(input));
      return { ...parsed, error: null, evaluationSucceeded: true, evaluationResult: listOf(value) };
    } catch (error) {
      return { ...parsed, error: told(error), evaluationSucceeded: false, evaluationResult: [] };
    }
  } catch (error) {
    const failed = { evaluationSucceeded: false, evaluationResult: [], parsedExpression: null };
    return { ...failed, error: told(error), parsingSucceeded: false };
  }
}

function valuesOf(input: Json): (name: string) => Value {
  const properties = Array.isArray(input['properties']) ? input['properties'].filter(isJson) : [];
  const values = new Map(properties.map((one) => [one['key'], one['value']]));
  return (name) => {
    const value = values.get(name);
    if (Array.isArray(value)) return value.map(String);
    return typeof value === 'string' || typeof value === 'boolean' ? value : null;
  };
}

function listOf(value: Value): string[] {
  if (isList(value)) return [...value];
  return value === null ? [] : [asText(value)];
}

/** Microsoft Graph: publicError. Anything but a fault of the expression is thrown on. */
function told(error: unknown): Record<string, unknown> {
  if (error instanceof NotEmulatedError) throw notEmulated(error.message);
  if (!(error instanceof ExpressionError)) throw error;
  return {
    code: 'InvalidExpression',
    message: `${error.message}.`,
    target: null,
    details: [],
    innerError: null,
  };
}
