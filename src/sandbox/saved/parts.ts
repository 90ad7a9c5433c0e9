import * as v from 'valibot';

/** A Map, saved as the list of its entries. */
export function mapOf<const S extends v.GenericSchema>(value: S) {
  return v.pipe(
    v.array(v.tuple([v.string(), value])),
    v.transform((entries) => new Map<string, v.InferOutput<S>>(entries)),
  );
}

/** A Set of strings, saved as a list. */
export const setOfStrings = v.pipe(
  v.array(v.string()),
  v.transform((values) => new Set(values)),
);

/** A value that may be missing; JSON has no `undefined`, so its key is left out. */
export function maybe<const S extends v.GenericSchema>(value: S) {
  return v.optional(value, (): undefined => undefined);
}

export const textOrNull = v.nullable(v.string());

/** A JSON object of which only the id matters here. */
export const graphObject = v.looseObject({ id: v.string() });

export const anyObject = v.record(v.string(), v.unknown());
