import type { Json } from '../../guide/change.ts';

/** Up to this many neighbours that stay as they are are shown beside what changes. */
const neighbours = 2;

/** What stands in the place of what is left out. */
export interface Unchanged {
  readonly one: string;
  readonly more: (count: number) => string;
}

/**
 * Two values without what is the same in both, wherever that is more than a line or two. The order of `after` holds on both
 * sides, so that equal lines meet in the diff.
 */
export function onlyChanges(before: Json, after: Json, words: Unchanged): readonly [Json, Json] {
  if (!isObject(before) || !isObject(after) || same(before, after)) return [before, after];
  const keys = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const unchanged = keys.filter((key) => same(before[key], after[key]));
  const leftOut = unchanged.length > neighbours ? unchanged : [];
  const sides: [Record<string, Json>, Record<string, Json>] = [{}, {}];
  for (const key of keys.filter((one) => !leftOut.includes(one))) {
    const pair = pairOf(before[key], after[key], words);
    if (pair[0] !== undefined) sides[0][key] = pair[0];
    if (pair[1] !== undefined) sides[1][key] = pair[1];
  }
  if (leftOut.length > 0) for (const side of sides) side['…'] = words.more(leftOut.length);
  return sides;
}

function pairOf(
  was: Json | undefined,
  willBe: Json | undefined,
  words: Unchanged,
): readonly [Json | undefined, Json | undefined] {
  if (was === undefined || willBe === undefined) return [was, willBe];
  if (isObject(was) && same(was, willBe)) return [words.one, words.one];
  return onlyChanges(was, willBe, words);
}

function isObject(value: Json): value is { readonly [key: string]: Json | undefined } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
