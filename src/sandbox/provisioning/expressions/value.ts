/** A value that flows: text, a boolean, several texts, or nothing. */
export type Value = string | boolean | null | readonly string[];

/** An expression that can't be parsed or evaluated; the message is a sentence without its full stop. */
export class ExpressionError extends Error {}

/** An expression that Entra knows and the sandbox doesn't emulate. */
export class NotEmulatedError extends ExpressionError {}

/** A value as text; booleans are `True` and `False` there, several values are joined by a comma. */
export function asText(value: Value | undefined): string {
  if (value === true) return 'True';
  if (value === false) return 'False';
  if (typeof value === 'string') return value;
  return isList(value) ? value.join(',') : '';
}

/** Whether a value is a list of texts. */
export function isList(value: Value | undefined): value is readonly string[] {
  return Array.isArray(value);
}

/** Whether there is nothing, or only emptiness. */
export function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null || asText(value) === '';
}

/** A boolean as functions read it: the word, or any number but 0. */
export function truthy(value: Value | undefined): boolean {
  const text = asText(value).toLowerCase();
  return text === 'true' || (/^-?\d+$/.test(text) && Number(text) !== 0);
}

/** A whole number that a function takes. Throws `ExpressionError`. */
export function asNumber(value: Value | undefined): number {
  const text = asText(value).trim();
  if (!/^-?\d+$/.test(text)) throw new ExpressionError(`'${text}' is not a whole number`);
  return Number(text);
}
