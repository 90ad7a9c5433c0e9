import type { Value } from './value.ts';

/** An argument of a call; `given` tells an empty text from a place left empty. */
export interface Argument {
  readonly value: Value;
  readonly given: boolean;
}

/** A parameter of a function (Microsoft Graph: attributeMappingParameterSchema). */
export interface Parameter {
  readonly name: string;
  readonly required: boolean;
  readonly repeats: boolean;
}

/** A function of mapping expressions that the sandbox evaluates. */
export interface ExpressionFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  run(args: readonly Argument[]): Value;
}
