import { changeableBy } from '../leaving/leavingPaths.ts';
import type { AssignedGroup } from '../snapshot.ts';
import { text, type Text } from '../text.ts';

/** Why nobody can be added to a group from here, and who adds them instead. */
export function whyNobodyIsAdded({ displayName, kind }: AssignedGroup): Text {
  switch (changeableBy(kind)) {
    case 'yes':
    case 'unknown':
      return text('Of what kind {0} is could not be read, so nobody is added to it from here.', displayName);
    case 'dynamic':
      return text(
        'A rule decides who is in {0}, so nobody is added to it from here. Change the rule, or assign a group that takes members.',
        displayName,
      );
    case 'synced':
      return text(
        '{0} comes from your on-premises directory: add the people there, or assign a group that is kept in Entra.',
        displayName,
      );
    case 'mail':
      return text(
        '{0} is a mail-enabled group that Exchange keeps: add the people in the Exchange admin center, or assign another group.',
        displayName,
      );
    case 'role':
      return text(
        '{0} gives directory roles, so nobody is added to it from here. Assign a group that gives nothing but Kiro.',
        displayName,
      );
  }
}
