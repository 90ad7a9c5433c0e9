import { ExpressionError } from './value.ts';

/** Tokens of .NET's date formats that are understood, longest first; everything else stands for itself. */
const tokens = /yyyy|MM|dd|HH|mm|ss|f|zzz|[A-Za-z]+|[^A-Za-z]/g;
const digits: Readonly<Record<string, string>> = {
  yyyy: '\\d{4}',
  MM: '\\d{2}',
  dd: '\\d{2}',
  HH: '\\d{2}',
  mm: '\\d{2}',
  ss: '\\d{2}',
  f: '\\d',
  zzz: '[+-]\\d{2}:\\d{2}',
};

/**
 * Writes a date in another format, as far as both are made of `yyyy MM dd HH mm ss f zzz`, `T`, `Z` and separators; the
 * offset is kept as it is. Null when the text is not of the input format. Throws `ExpressionError` for other tokens.
 */
export function formatDateTime(source: string, inputFormat: string, outputFormat: string): string | null {
  const input = partsOf(inputFormat);
  const output = partsOf(outputFormat);
  const pattern = input
    .map((part) => (digits[part] ? `(${digits[part]})` : part.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')))
    .join('');
  const found = new RegExp(`^${pattern}$`).exec(source);
  if (!found) return null;
  const values = new Map(input.filter((part) => digits[part]).map((part, index) => [part, found[index + 1]]));
  return output.map((part) => (digits[part] ? (values.get(part) ?? '00') : part)).join('');
}

function partsOf(format: string): string[] {
  const parts = format.match(tokens) ?? [];
  const odd = parts.find((part) => /^[A-Za-z]/.test(part) && !digits[part] && part !== 'T' && part !== 'Z');
  if (odd !== undefined || parts.length === 0)
    throw new ExpressionError(`The date format '${format}' isn't one of those that the sandbox reads`);
  return parts;
}
