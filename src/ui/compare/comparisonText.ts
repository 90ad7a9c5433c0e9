import { type Comparison, type Difference, type DifferenceKind } from '../../guide/comparison.ts';
import {
  comparisonHeadline,
  differenceWords,
  differingKinds,
  groupWords,
} from '../../guide/comparisonWords.ts';
import { text, type Text } from '../../guide/text.ts';

/** A comparison as a document: one sentence, then each kind of difference with the names, then the groups. */
export function comparisonText(comparison: Comparison, words: (text: Text) => string): string {
  const { at, records, left, differences, groups, service } = comparison;
  const ofKind = (kind: DifferenceKind) => differences.filter((one) => one.kind === kind);
  const limits = service.userAttributes.filter(({ immutable }) => immutable).map(({ name }) => name);
  return [
    words(text('People in Entra and in Kiro, compared at {0}', { at })),
    '',
    words(comparisonHeadline(comparison)),
    words(text('{0} records in Kiro, {1} of them inactive ones of people who left.', records, left)),
    ...(limits.length === 0
      ? []
      : [words(text('Kiro’s endpoint says that it keeps as first sent: {0}.', limits.join(', ')))]),
    '',
    ...differingKinds(comparison).flatMap((kind) => section(kind, comparison, ofKind(kind), words)),
    words(text('Groups')),
    ...groups.map((group) => `  ${group.name}: ${words(groupWords(group))}`),
    '',
  ].join('\n');
}

function section(
  kind: DifferenceKind,
  { counts }: Comparison,
  named: readonly Difference[],
  words: (text: Text) => string,
): readonly string[] {
  const { title, cure } = differenceWords[kind];
  const more = counts[kind] - named.length;
  const sorted = [...named].sort((one, other) => one.name.localeCompare(other.name));
  return [
    `${words(title)} (${counts[kind]})`,
    `  ${words(cure)}`,
    ...sorted.map(({ name, userName, found }) =>
      [
        `  • ${name}`,
        ...(userName !== '' && userName !== name ? [userName] : []),
        ...(found ? [found] : []),
      ].join(' · '),
    ),
    ...(more > 0 ? [`  ${words(text('… and {0} more', more))}`] : []),
    '',
  ];
}
