import { flowFunctions } from './flowFunctions.ts';
import type { ExpressionFunction } from './function.ts';
import { replace } from './replace.ts';
import { textFunctions } from './textFunctions.ts';

/** By name; names are case-sensitive (Microsoft Entra: reference for writing expressions for attribute mappings). */
export const functions: ReadonlyMap<string, ExpressionFunction> = new Map<string, ExpressionFunction>(
  [...textFunctions, ...flowFunctions, replace].map((one) => [one.name, one]),
);

/** Functions of the same reference that the sandbox leaves out: a schema that uses one is refused. */
export const notEmulated: ReadonlySet<string> = new Set([
  'AppRoleAssignmentsComplex',
  'BitAnd',
  'CDate',
  'DateAdd',
  'DateDiff',
  'DateFromNum',
  'Guid',
  'Now',
  'NumFromDate',
  'RandomString',
  'Redact',
  'SelectUniqueValue',
  'SingleAppRoleAssignment',
]);
