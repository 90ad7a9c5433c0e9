import { ExpressionError } from '../../provisioning/expressions/value.ts';
import { scopeOperator } from '../../provisioning/scopingFilter.ts';
import { isJson } from '../requestBody.ts';
import type { Json } from '../requestBody.ts';
import { objects, refused } from './schemaParts.ts';
import type { Attributes } from './schemaParts.ts';

/** Attributes that scoping filters can't read (Microsoft Entra: known issues for provisioning). */
const unsupported = new Set(['appRoleAssignments', 'manager', 'members', 'userType']);

/** Checks the scoping filter of an object mapping (Microsoft Graph: filter). Absent, everything passes. */
export function checkScope(name: string, scope: unknown, sources: Attributes): void {
  if (scope === null || scope === undefined) return;
  if (!isJson(scope)) throw refused(`the scope of '${name}' isn't an object`);
  for (const group of objects(scope['groups'] ?? [], 'groups'))
    for (const clause of objects(group['clauses'], 'clauses')) checkClause(clause, sources);
}

function checkClause(clause: Json, sources: Attributes): void {
  const name = String(clause['operatorName']);
  const operator = scopeOperator(name);
  if (!operator) throw refused(`the operator '${name}' of a scoping filter isn't supported`);
  const attribute = clause['sourceOperandName'];
  if (!sources.has(attribute))
    throw refused(`the attribute '${String(attribute)}' of a scoping filter doesn't exist`);
  if (unsupported.has(String(attribute)))
    throw refused(`the attribute '${String(attribute)}' can't be used in a scoping filter`);
  if (operator.unary) return;
  const operand = isJson(clause['targetOperand']) ? clause['targetOperand']['values'] : undefined;
  const value: unknown = Array.isArray(operand) ? operand[0] : undefined;
  if (typeof value !== 'string') throw refused(`the operator '${name}' needs a value to compare with`);
  try {
    operator.holds('', value);
  } catch (error) {
    if (error instanceof ExpressionError)
      throw refused(`a scoping filter can't be evaluated: ${error.message}`);
    throw error;
  }
}
