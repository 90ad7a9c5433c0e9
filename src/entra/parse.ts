import * as v from 'valibot';
import { GraphError } from './graphError.ts';

/** A parser for bodies of Microsoft Graph; throws a {@link GraphError} that names where, never the value. */
export function parsed<T>(schema: v.GenericSchema<unknown, T>): (body: unknown) => T {
  return (body) => {
    const result = v.safeParse(schema, body, { abortEarly: true });
    if (result.success) return result.output;
    const path = v.getDotPath(result.issues[0]) ?? 'the whole answer';
    throw new GraphError({
      reason: 'malformed',
      message: `Microsoft Graph answered in an unexpected shape: ${path} should be ${result.issues[0].expected ?? 'something else'}.`,
      status: 200,
    });
  };
}

/** A parser for `{ value: [...] }` that gives the list. */
export function parsedList<T>(item: v.GenericSchema<unknown, T>): (body: unknown) => T[] {
  const parse = parsed(v.looseObject({ value: v.array(item) }));
  return (body) => parse(body).value;
}

/** A property that may be missing or null and is then null. */
export function orNull<T>(schema: v.GenericSchema<unknown, T>) {
  return v.nullish(schema, null);
}

/** A list that may be missing or null and is then empty. */
export function orEmpty<T>(item: v.GenericSchema<unknown, T>) {
  return v.nullish(v.array(item), (): T[] => []);
}

/** A string literal of an OData filter, percent-encoded for a query ("OData URL conventions", section 2). */
export function literal(value: string): string {
  return encodeURIComponent(`'${value.replaceAll("'", "''")}'`);
}
