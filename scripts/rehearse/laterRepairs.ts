import { valueOf, type Snapshot } from '../../src/guide/snapshot.ts';
import type { Candidate } from '../../src/engine/session.ts';
import type { ConsoleView } from './person.ts';

/**
 * What an apply must not touch because it needs a repair of its own: named for the person who rehearses, in sentences.
 * Empty when the five steps can go on.
 */
export function laterRepairs(
  candidate: Candidate | undefined,
  snapshot: Snapshot,
  console: ConsoleView,
): readonly string[] {
  const found: string[] = [];
  if (candidate && !candidate.provisionable) {
    found.push(
      `“${candidate.displayName}” was made under App registrations: Entra can never provision it. It has to be made again from the non-gallery template.`,
    );
  }
  const direct = (valueOf(snapshot.assignments) ?? []).filter((one) => one.principalType === 'User');
  if (direct.length > 0) {
    const names = direct.map((one) => one.principalDisplayName).join(', ');
    found.push(
      `Assigned directly rather than through a group: ${names}. Assign a group and remove the person.`,
    );
  }
  const members = (valueOf(snapshot.groups) ?? []).flatMap((group) => group.members);
  const wrong = console.users.filter((user) => {
    const member = members.find(
      (one) => one.userPrincipalName?.toLowerCase() === user.userName.toLowerCase(),
    );
    return member !== undefined && member.id !== user.externalId;
  });
  if (wrong.length > 0) {
    found.push(
      `Kiro holds ${wrong.length} people with an external ID that is not their object ID, and never changes it. Their records have to be removed and provisioned again.`,
    );
  }
  return found;
}
