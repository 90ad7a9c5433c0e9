import { findings } from '../../src/guide/findings.ts';
import { needingRepair } from '../../src/guide/obstacle.ts';
import { valueOf, type Snapshot } from '../../src/guide/snapshot.ts';
import { format } from '../../src/guide/text.ts';
import type { ConsoleView } from './person.ts';

/**
 * What an apply must not touch because it needs a repair of its own: named for the person who rehearses, in sentences.
 * Empty when the five steps can go on. Kiro's console is looked at too, because no token is at hand yet.
 */
export function laterRepairs(snapshot: Snapshot, console: ConsoleView): readonly string[] {
  const named = needingRepair(findings(snapshot)).map(
    ({ title, evidence, remedy }) =>
      `${format(title)}: ${format(evidence)}${remedy ? ` ${format(remedy)}` : ''}`,
  );
  const members = (valueOf(snapshot.groups) ?? []).flatMap((group) => group.members);
  const wrong = console.users.filter((user) => {
    const member = members.find(
      (one) => one.userPrincipalName?.toLowerCase() === user.userName.toLowerCase(),
    );
    return member !== undefined && member.id !== user.externalId;
  });
  if (wrong.length === 0) return named;
  return [
    ...named,
    `External IDs in Kiro: ${wrong.length} people have one that is not their object ID, and Kiro never changes it. Their records have to be removed and provisioned again.`,
  ];
}
