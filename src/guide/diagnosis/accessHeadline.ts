import { text, type Text } from '../text.ts';
import type { AccessOverview, AccessPath } from './access.ts';

/** The answer in one sentence. */
export function accessHeadline({ people, leftOut, openToEveryone }: AccessOverview): Text {
  const count = (path: AccessPath): number => people.filter(({ paths }) => paths.includes(path)).length;
  const alone = people.filter(({ paths }) => paths.length === 1 && paths[0] === 'direct').length;
  const said = text(
    '{0} people get access by a group, {1} are assigned directly alone, {2} are left over in Kiro without an assignment; {3} who are in or inside an assigned group get nothing.',
    count('group'),
    alone,
    count('leftOver'),
    leftOut.length,
  );
  return openToEveryone
    ? text('The application requires no assignment, so everyone in the tenant can sign in to it. {0}', said)
    : said;
}
