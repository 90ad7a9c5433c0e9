import { dnsVerdict } from '../../guide/diagnosis/dnsVerdict.ts';
import { verificationPrefix } from '../../guide/kiro.ts';
import type { DnsAnswer, Snapshot } from '../../guide/snapshot.ts';
import type { Writing } from './writing.ts';

/** What every name server said about the verification record of each domain, and what follows from it. */
export function dnsLines({ kept, domains }: Snapshot, writing: Writing): readonly string[] {
  const { say, value, code } = writing;
  return [
    '## DNS',
    '',
    ...(kept.domains.length === 0 ? ['No domain was entered.'] : []),
    ...kept.domains.flatMap(({ name, verificationValue, verifiedAt, addedAt }) => {
      const seen = domains.find((one) => one.name === name);
      const verdict = verificationValue === undefined ? undefined : dnsVerdict(name, verificationValue, seen);
      return [
        `### ${value(name)}`,
        '',
        `- value: ${verificationValue === undefined ? 'not entered' : code(verificationValue)}`,
        ...(addedAt === undefined ? [] : [`- given out: ${new Date(addedAt).toISOString()}`]),
        `- verified in the Kiro console, as ticked: ${verifiedAt === undefined ? 'no' : new Date(verifiedAt).toISOString()}`,
        ...(verdict
          ? [
              `- verdict ${code(verdict.kind)}: ${[verdict.evidence, ...(verdict.details ?? [])].map(say).join(' ')}`,
            ]
          : []),
        ...(seen?.zone
          ? [`- zone ${value(seen.zone.name)}, delegated to ${value(seen.zone.delegated.join(', '))}`]
          : []),
        ...(seen?.answers ?? []).map((answer) => answerLine(answer, writing)),
        '',
      ];
    }),
    '',
  ];
}

/** Of TXT records only Kiro's own: others at the same name are nobody's business here. */
function answerLine({ server, queried, outcome, txt, zone, serial }: DnsAnswer, writing: Writing): string {
  const { value, code } = writing;
  const ours = txt.filter((one) => one.startsWith(verificationPrefix));
  const others = txt.length - ours.length;
  return [
    `- ${server.role} ${value(server.name)}: ${code(queried)} ${outcome}`,
    ...ours.map(code),
    ...(others > 0 ? [`(and ${others} other TXT records)`] : []),
    ...(zone === undefined ? [] : [`zone ${value(zone)}`]),
    ...(serial === undefined ? [] : [`serial ${serial}`]),
  ].join(' ');
}
