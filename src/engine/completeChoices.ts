import type { Choices } from '../guide/change.ts';
import { defaultDisplayName } from '../guide/kiro.ts';

/** Enough ids for any plan: one for each scope and a few to spare. */
export function completeChoices(choices: Partial<Choices>, newId: () => string): Choices {
  return {
    displayName: choices.displayName ?? defaultDisplayName,
    groups: choices.groups ?? [],
    ...(choices.leaveOut && { leaveOut: choices.leaveOut }),
    newIds: choices.newIds ?? Array.from({ length: 8 }, newId),
  };
}
