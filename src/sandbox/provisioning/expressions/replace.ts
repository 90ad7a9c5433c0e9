import type { Argument, ExpressionFunction } from './function.ts';
import { asText, ExpressionError, isEmpty } from './value.ts';
import type { Value } from './value.ts';

const names = [
  'oldValue',
  'regexPattern',
  'regexGroupName',
  'replacementValue',
  'replacementAttributeName',
  'template',
] as const;

/**
 * `Replace` does one of five things, by which of its places are filled (Microsoft Entra: reference for writing expressions
 * for attribute mappings). Patterns are .NET's; what JavaScript reads otherwise is refused by its own parser.
 */
export const replace: ExpressionFunction = {
  name: 'Replace',
  parameters: [
    { name: 'source', required: true, repeats: false },
    ...names.map((name) => ({ name, required: false, repeats: false })),
  ],
  run: ([source, oldValue, pattern, group, replacement, otherAttribute, template]) => {
    const text = asText(source?.value);
    if (pattern?.given && group?.given && otherAttribute?.given)
      return isEmpty(source?.value) ? extracted(pattern, group, otherAttribute) : text;
    if (source?.value == null) return null;
    if (oldValue?.given && template?.given)
      return asText(template.value).replaceAll(asText(oldValue.value), () => text);
    if (oldValue?.given && replacement?.given)
      return text.replaceAll(asText(oldValue.value), () => asText(replacement.value));
    if (pattern?.given && group?.given && replacement?.given)
      return withoutGroup(text, regex(pattern), asText(group.value), asText(replacement.value));
    if (pattern?.given && replacement?.given)
      return text.replace(regex(pattern), asText(replacement.value).replace(/\$\{(\w+)\}/g, '$<$1>'));
    throw new ExpressionError(
      'Replace needs oldValue or regexPattern, and replacementValue, replacementAttributeName or template',
    );
  },
};

function regex(pattern: Argument): RegExp {
  return compiled(asText(pattern.value), 'gu');
}

/** Compiles a pattern. Throws `ExpressionError` for one that JavaScript can't read. */
export function compiled(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    try {
      // .NET is more lenient with escapes than the `u` flag is.
      return new RegExp(pattern, flags.replace('u', ''));
    } catch {
      throw new ExpressionError(`The pattern ${pattern} can't be read`);
    }
  }
}

function extracted(pattern: Argument, group: Argument, from: Argument): Value {
  const found = regex(pattern).exec(asText(from.value));
  return found?.groups?.[asText(group.value)] ?? null;
}

/** Puts the replacement where the named group matched, and leaves the rest of the match alone. */
function withoutGroup(text: string, pattern: RegExp, group: string, replacement: string): string {
  const withPlaces = compiled(pattern.source, `${pattern.flags}d`);
  let result = '';
  let at = 0;
  for (const match of text.matchAll(withPlaces)) {
    const place = match.indices?.groups?.[group];
    if (!place || place[0] < at || (place[0] === place[1] && match[0] === '' && at > 0)) continue;
    result += text.slice(at, place[0]) + replacement;
    at = place[1];
  }
  return result + text.slice(at);
}
