import { onDemandHeadline, type OnDemandReport, type OnDemandResult } from '../../guide/onDemandWords.ts';
import { text, type Text } from '../../guide/text.ts';

/** What provisioning on demand did, as a document: the whole in a sentence, then everybody by name, failures first. */
export function reportText(report: OnDemandReport, at: number, words: (text: Text) => string): string {
  const { target, results } = report;
  const of = (outcome: OnDemandResult['outcome']) => results.filter((one) => one.outcome === outcome);
  const name = target.kind === 'group' ? target.group.displayName : target.person.displayName;
  return [
    words(text('Provisioned on demand at {0}: {1}', { at }, name)),
    '',
    words(onDemandHeadline(report)),
    '',
    ...section(text('Failed'), of('failed'), words),
    ...section(text('Skipped'), of('skipped'), words),
    ...section(text('Pushed'), of('pushed'), words),
  ].join('\n');
}

function section(
  title: Text,
  results: readonly OnDemandResult[],
  words: (text: Text) => string,
): readonly string[] {
  if (results.length === 0) return [];
  const sorted = [...results].sort((one, other) =>
    one.person.displayName.localeCompare(other.person.displayName),
  );
  return [`${words(title)} (${results.length})`, ...sorted.flatMap((result) => lines(result, words)), ''];
}

function lines(
  { person, said, code, cure, outcome }: OnDemandResult,
  words: (text: Text) => string,
): readonly string[] {
  const who = [person.displayName, person.userPrincipalName].filter((one) => one !== undefined).join(' · ');
  return [
    `  • ${who}: ${words(said)}${code === undefined ? '' : ` (${code})`}`,
    ...(cure && outcome === 'failed' ? [`    ${words(cure)}`] : []),
  ];
}
