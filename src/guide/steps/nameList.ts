import { text, type Text } from '../text.ts';

/** Names as a list: five at most, then how many more there are. */
export function nameList(list: readonly string[]): Text {
  const shown = list.slice(0, 5).join(', ');
  return list.length > 5 ? text('{0} and {1} more', shown, list.length - 5) : text('{0}', shown);
}
