import type { DomainObservation } from '../snapshot.ts';
import { text } from '../text.ts';
import { recordNames } from '../verificationRecord.ts';
import { finalWord, isDefinite, ofPublicResolvers } from './dns/answers.ts';
import { astray } from './dns/astray.ts';
import { dnsDetails } from './dns/details.ts';
import { absent, noSuchDomain, publicSuffix, withoutAnswer } from './dns/silence.ts';
import { standing } from './dns/standing.ts';
import type { DnsVerdict } from './dns/verdict.ts';

export type { DnsVerdict, DnsVerdictKind } from './dns/verdict.ts';

/**
 * One verdict for a domain's verification record. Authoritative servers are believed first, then public resolvers; a
 * record at the guide's name or at the domain itself counts. No answer at all is unknown, never unmet.
 */
export function dnsVerdict(
  domain: string,
  value: string,
  observation: DomainObservation | undefined,
): DnsVerdict {
  if (observation === undefined) return notAsked;
  const seen = withBareNames(observation);
  const verdict = judge(domain, value, seen);
  const details = dnsDetails(seen);
  return details.length > 0 ? { ...verdict, details } : verdict;
}

function judge(domain: string, value: string, observation: DomainObservation): DnsVerdict {
  if (observation.suffix === 'suffix') return publicSuffix(domain);
  if (observation.zone?.exists === false) return noSuchDomain(domain);
  const names = recordNames(domain);
  const standings = names.flatMap((name) => standing(name, value, observation) ?? []);
  const best =
    standings.find(({ kind }) => kind === 'public') ??
    standings.find(({ kind }) => kind !== 'truncated') ??
    standings[0];
  if (best !== undefined && best.kind !== 'truncated') return best;
  const found = astray(domain, value, observation);
  if (found !== undefined) return found;
  if (best !== undefined) return best;
  if (observation.answers.length === 0 && observation.blocked !== true) return notAsked;
  const sure = names.some(
    (name) =>
      finalWord(name, observation.answers).some(isDefinite) ||
      ofPublicResolvers(observation.answers).some((answer) => answer.queried === name && isDefinite(answer)),
  );
  return sure ? absent(domain, observation) : withoutAnswer(domain, observation);
}

/** Names without case and without a final dot, so that they can be compared. */
function withBareNames(observation: DomainObservation): DomainObservation {
  const bare = (name: string): string => name.toLowerCase().replace(/\.$/, '');
  return {
    ...observation,
    answers: observation.answers.map((answer) => ({
      ...answer,
      queried: bare(answer.queried),
      ...(answer.alias !== undefined && { alias: bare(answer.alias) }),
    })),
  };
}

const notAsked: DnsVerdict = {
  kind: 'notAsked',
  status: 'unknown',
  label: text('not looked up yet'),
  evidence: text('The record was not looked up yet.'),
  remedy: text('Check now.'),
};
