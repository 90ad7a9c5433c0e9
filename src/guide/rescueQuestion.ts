import type { Plan } from './change.ts';
import { text } from './text.ts';

/** What the question says that asks for a typed yes before records in Kiro are deleted. */
export function rescueQuestion(people: number): Plan {
  return {
    step: 5,
    choices: { displayName: '', groups: [], newIds: [] },
    changes: [
      {
        id: 'people.rescue',
        step: 5,
        meets: ['people.externalIds'],
        title: text('Delete {0} wrong records in Kiro and provision their people again', people),
        why: text(
          'Kiro never changes an external ID, so a wrong record has to go before the right one can come.',
        ),
        before: { wrongRecords: people },
        after: { wrongRecords: 0 },
        request: { kind: 'later', method: 'DELETE', outline: '/Users/{record}' },
        notUndoable: text('Kiro makes a new record: seats of the old one have to be given again by hand.'),
        risk: 'destructive',
        scopes: ['Synchronization.ReadWrite.All'],
      },
    ],
    blockedBy: [],
  };
}
