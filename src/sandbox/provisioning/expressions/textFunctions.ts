import { formatDateTime } from './formatDateTime.ts';
import type { Argument, ExpressionFunction, Parameter } from './function.ts';
import { asNumber, asText, ExpressionError, isEmpty, isList } from './value.ts';
import type { Value } from './value.ts';

const required = (name: string): Parameter => ({ name, required: true, repeats: false });
const optional = (name: string): Parameter => ({ name, required: false, repeats: false });

function define(
  name: string,
  parameters: readonly Parameter[],
  run: (text: string, rest: readonly Argument[], source: Value) => Value,
): ExpressionFunction {
  return {
    name,
    parameters,
    run: ([source, ...rest]) => run(asText(source?.value), rest, source?.value ?? null),
  };
}

/** `run` where the source has a value; nothing flows from nothing. */
function ofText(
  name: string,
  more: readonly Parameter[],
  run: (text: string, rest: readonly Argument[]) => Value,
): ExpressionFunction {
  return define(name, [required('source'), ...more], (text, rest, source) =>
    source === null ? null : run(text, rest),
  );
}

const number = (rest: readonly Argument[], index: number): number => asNumber(rest[index]?.value);
const texts = (value: Value): readonly string[] =>
  isList(value) ? value : isEmpty(value) ? [] : [asText(value)];

/** Functions that make text of text. */
export const textFunctions: readonly ExpressionFunction[] = [
  define(
    'Append',
    [required('source'), required('suffix')],
    (text, [suffix]) => text + asText(suffix?.value),
  ),
  ofText('ConvertToBase64', [], (text) => Buffer.from(text, 'utf16le').toString('base64')),
  ofText('ConvertToUTF8Hex', [], (text) => Buffer.from(text, 'utf8').toString('hex').toUpperCase()),
  ofText('ToLower', [optional('culture')], (text, [culture]) =>
    text.toLocaleLowerCase(asText(culture?.value) || 'en'),
  ),
  ofText('ToUpper', [optional('culture')], (text, [culture]) =>
    text.toLocaleUpperCase(asText(culture?.value) || 'en'),
  ),
  ofText('Trim', [], (text) => text.trim()),
  ofText('StripSpaces', [], (text) => text.replaceAll(' ', '')),
  define('Left', [required('String'), required('NumChars')], (text, rest) => {
    const count = number(rest, 0);
    return count < 0 ? text : text.slice(0, count);
  }),
  ofText('Mid', [required('start'), required('length')], (text, rest) => {
    const from = Math.max(0, number(rest, 0) - 1);
    return text.slice(from, from + Math.max(0, number(rest, 1)));
  }),
  ofText('NormalizeDiacritics', [], (text) =>
    text
      .replaceAll('ß', 'ss')
      .replace(/[ØŒ]/g, 'OE')
      .replace(/[øœ]/g, 'oe')
      .replaceAll('Æ', 'AE')
      .replaceAll('æ', 'ae')
      .replaceAll('ł', 'l')
      .replaceAll('Ł', 'L')
      .replaceAll('ı', 'i')
      .normalize('NFD')
      .replace(/\p{M}/gu, ''),
  ),
  ofText('PCase', [optional('wordSeparators')], (text, [separators]) => {
    const between = separators?.given
      ? (one: string): boolean => asText(separators.value).includes(one)
      : (one: string): boolean => !/[\p{L}\p{N}]/u.test(one);
    let fresh = true;
    return Array.from(text)
      .map((one) => {
        const shown = fresh ? one.toUpperCase() : one.toLowerCase();
        fresh = between(one);
        return shown;
      })
      .join('');
  }),
  define(
    'InStr',
    [required('value1'), required('value2'), optional('start'), optional('compareType')],
    inStr,
  ),
  define('Word', [required('String'), required('WordNumber'), required('delimiters')], (text, rest) => {
    const delimiters = asText(rest[1]?.value);
    const words = Array.from(text).reduce<string[]>(
      (found, one) => {
        if (delimiters.includes(one)) found.push('');
        else found.push(`${found.pop() ?? ''}${one}`);
        return found;
      },
      [''],
    );
    return words.filter((word) => word !== '')[number(rest, 0) - 1] ?? '';
  }),
  ofText(
    'FormatDateTime',
    [optional('dateTimeStyles'), required('inputFormat'), required('outputFormat')],
    (text, rest) => formatDateTime(text, asText(rest[1]?.value), asText(rest[2]?.value)),
  ),
  ofText('Split', [required('delimiter')], (text, [delimiter]) => {
    const by = asText(delimiter?.value);
    if (by === '') throw new ExpressionError('Split needs a delimiter');
    return text.split(by).map((part) => part.trim());
  }),
  define('Item', [required('attribute'), required('index')], (_text, rest, source) => {
    const index = number(rest, 0);
    if (index < 1) throw new ExpressionError('Item counts from 1');
    return texts(source)[index - 1] ?? null;
  }),
  define('Count', [required('attribute')], (_text, _rest, source) => String(texts(source).length)),
  define('RemoveDuplicates', [required('attribute')], (_text, _rest, source) => [...new Set(texts(source))]),
  {
    name: 'Join',
    parameters: [required('separator'), { name: 'source', required: true, repeats: true }],
    run: ([separator, ...parts]) => parts.flatMap((part) => texts(part.value)).join(asText(separator?.value)),
  },
];

/** Positions count from 1; 0 when it is not there. */
function inStr(text: string, rest: readonly Argument[]): Value {
  const [wanted, start, compare] = rest;
  const from = start?.given ? asNumber(start.value) - 1 : 0;
  const exact = asText(compare?.value) !== 'vbTextCompare';
  const fold = (one: string): string => (exact ? one : one.toLowerCase());
  return String(fold(text).indexOf(fold(asText(wanted?.value)), from) + 1);
}
