import { differenceKinds, type ComparedGroup, type Comparison, type DifferenceKind } from './comparison.ts';
import { text, type Text } from './text.ts';

/** What a kind of difference means, and what mends it. */
export const differenceWords: Readonly<
  Record<DifferenceKind, { readonly title: Text; readonly cure: Text }>
> = {
  wrongId: {
    title: text('In Kiro with another external ID than the object ID'),
    cure: text(
      'Kiro keeps the first external ID: have the record deleted in Kiro, then provision the person.',
    ),
  },
  missing: {
    title: text('Not in Kiro'),
    cure: text('They come with Entra’s next cycle; who stays away is named in the provisioning logs.'),
  },
  inactive: {
    title: text('Inactive in Kiro, though assigned'),
    cure: text('Entra makes them active with its next cycle; if not, provision the person on demand.'),
  },
  disabled: {
    title: text('Disabled in Entra, active in Kiro'),
    cure: text('Entra makes them inactive with its next cycle, if active is mapped.'),
  },
  orphan: {
    title: text('Active in Kiro, in no assigned group'),
    cure: text('They may hold a seat. Assign a group that has them, or have them removed in Kiro.'),
  },
  direct: {
    title: text('Assigned directly, by no group'),
    cure: text('Add them to an assigned group, then remove their own assignment.'),
  },
  duplicate: {
    title: text('A second record of the same person or name'),
    cure: text('Find both in Kiro and have the one with the wrong external ID deleted.'),
  },
  guidName: {
    title: text('Named like an ID'),
    cure: text('Map displayName and userName to names: apply step 4.'),
  },
  noName: {
    title: text('Without display name'),
    cure: text('Fill in the display name in Entra and map it: apply step 4.'),
  },
  notMember: {
    title: text('In Kiro, but not in Kiro’s group'),
    cure: text('Memberships follow people with a later cycle; a seat by group needs them.'),
  },
  strayMember: {
    title: text('In Kiro’s group, but not a direct member in Entra'),
    cure: text('They may get a seat by the group. Entra removes them with its next cycle.'),
  },
};

/** Kinds of which there are some, in the order of their weight. */
export function differingKinds({ counts }: Comparison): readonly DifferenceKind[] {
  return differenceKinds.filter((kind) => counts[kind] > 0);
}

/** A comparison in one sentence. */
export function comparisonHeadline(comparison: Comparison): Text {
  const { people, arrived, counts } = comparison;
  const [worst] = differingKinds(comparison);
  if (worst === undefined && comparison.groups.every(isRight)) {
    return text('{0} of {1} people are in Kiro, and nothing differs.', arrived, people);
  }
  return worst === undefined
    ? text('{0} of {1} people are in Kiro; groups differ.', arrived, people)
    : text(
        '{0} of {1} people are in Kiro. {2}: {3}.',
        arrived,
        people,
        differenceWords[worst].title,
        counts[worst],
      );
}

/** A group that Kiro has beside the assigned ones is no fault. */
function isRight({ state }: ComparedGroup): boolean {
  return state === 'same' || state === 'unassigned';
}

/** How a group stands, in a few words. */
export function groupWords({ state, members, lacking, strays }: ComparedGroup): Text {
  switch (state) {
    case 'missing':
      return text('not in Kiro');
    case 'wrongId':
      return text('in Kiro with another external ID, {0} of {1} members', members - lacking, members);
    case 'unassigned':
      return text('in Kiro, not assigned in Entra');
    case 'membersUnknown':
      return text('in Kiro; who is in it could not be read');
    case 'same':
      return strays === 0
        ? text('{0} of {1} members', members - lacking, members)
        : text('{0} of {1} members, {2} who are not in Entra’s', members - lacking, members, strays);
  }
}
