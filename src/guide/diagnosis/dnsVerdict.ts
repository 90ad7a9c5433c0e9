import type { DnsAnswer, DomainObservation } from '../snapshot.ts';
import { text, type Text } from '../text.ts';
import { doubledName, recordNames } from '../verificationRecord.ts';
import { nearMiss } from './txtNearMiss.ts';

export type DnsVerdictKind =
  /** Public, at one of the names that count. */
  | 'public'
  /** On the authoritative servers; public resolvers still remember that it was missing. */
  | 'remembered'
  /** On some of the authoritative servers. */
  | 'disagree'
  | 'stale'
  | 'altered'
  | 'doubled'
  | 'internalOnly'
  | 'missing'
  | 'noSuchDomain'
  | 'unreachable'
  | 'notAsked';

/** What the answers about one domain mean. */
export interface DnsVerdict {
  readonly kind: DnsVerdictKind;
  readonly status: 'met' | 'waiting' | 'unmet' | 'unknown';
  readonly label: Text;
  readonly evidence: Text;
  readonly remedy?: Text;
  /** For `remembered`: when the last resolver asks again, epoch milliseconds, where the answers tell. */
  readonly until?: number;
}

/**
 * One verdict for a domain's verification record. Authoritative servers are believed first, then public resolvers; a
 * record at the guide's name or at the domain itself counts. No answer at all is unknown, never unmet.
 */
export function dnsVerdict(
  domain: string,
  value: string,
  observation: DomainObservation | undefined,
): DnsVerdict {
  if (observation === undefined || observation.answers.length === 0) return notAsked;
  const names = recordNames(domain);
  const { answers } = observation;
  const relevant = answers.filter(({ queried }) => names.includes(bare(queried)));
  const standings = names.flatMap((name) => {
    const verdict = standing(
      name,
      value,
      answers.filter((answer) => bare(answer.queried) === name),
      observation.at,
    );
    return verdict === undefined ? [] : [verdict];
  });
  const best = standings.find(({ kind }) => kind === 'public') ?? standings[0];
  if (best !== undefined) return best;
  const asked = relevant.filter((answer) => answer.server.role !== 'system');
  if (!asked.some(isDefinite)) return unreachable(domain);
  return misplaced(domain, value, answers) ?? absent(domain, asked);
}

function bare(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** The server knows: an error or silence says nothing about the record. */
function isDefinite({ outcome }: DnsAnswer): boolean {
  return outcome === 'found' || outcome === 'nodata' || outcome === 'nxdomain';
}

function standing(
  name: string,
  value: string,
  answers: readonly DnsAnswer[],
  at: number,
): DnsVerdict | undefined {
  const definite = answers.filter(isDefinite);
  const holds = (answer: DnsAnswer): boolean => answer.txt.includes(value);
  const authoritative = definite.filter(({ server }) => server.role === 'authoritative');
  const resolvers = definite.filter(({ server }) => server.role === 'public');
  const without = authoritative.filter((answer) => !holds(answer));
  if (authoritative.some(holds)) {
    if (without.length > 0) return disagree(name, authoritative.length, without);
    const behind = resolvers.filter((answer) => !holds(answer));
    if (resolvers.length > 0 && behind.length === resolvers.length) return remembered(name, behind, at);
    return stands(name, behind.length);
  }
  // Without a word from the authoritative servers the resolvers' word is taken.
  return authoritative.length === 0 && resolvers.some(holds) ? stands(name, 0) : undefined;
}

function stands(name: string, behind: number): DnsVerdict {
  return {
    kind: 'public',
    status: 'met',
    label: text('record public'),
    evidence:
      behind === 0
        ? text('The record stands at {0} and is public.', name)
        : text(
            'The record stands at {0} and is public; {1} resolvers still remember that it was missing.',
            name,
            behind,
          ),
  };
}

function remembered(name: string, behind: readonly DnsAnswer[], at: number): DnsVerdict {
  const longest = Math.max(...behind.map(({ negativeTtl }) => negativeTtl ?? 0));
  const common = {
    kind: 'remembered',
    status: 'waiting',
    evidence: text('The record stands at {0}; public resolvers still remember that it was missing.', name),
  } as const;
  if (longest === 0) return { ...common, label: text('record not public everywhere yet') };
  const until = at + longest * 1000;
  return { ...common, label: text('record not public until about {0}', { at: until }), until };
}

function disagree(name: string, servers: number, without: readonly DnsAnswer[]): DnsVerdict {
  return {
    kind: 'disagree',
    status: 'waiting',
    label: text('{0} of {1} name servers have the record', servers - without.length, servers),
    evidence: text(
      'Not all name servers have the record at {0} yet. Missing at: {1}.',
      name,
      without.map(({ server }) => server.name).join(', '),
    ),
  };
}

function misplaced(domain: string, value: string, answers: readonly DnsAnswer[]): DnsVerdict | undefined {
  const [name] = recordNames(domain);
  const open = answers.filter(({ server }) => server.role !== 'system');
  const doubled = doubledName(domain);
  if (open.some((answer) => bare(answer.queried) === doubled && answer.txt.includes(value))) {
    return {
      kind: 'doubled',
      status: 'unmet',
      label: text('domain twice in the name'),
      evidence: text('The record stands at {0}: the DNS provider added the domain itself.', doubled),
      remedy: text('Enter only the part before {0} as the name at the DNS provider.', domain),
    };
  }
  for (const answer of open) {
    const miss = answer.txt.map((txt) => nearMiss(txt, value)).find((found) => found !== undefined);
    if (miss !== undefined) return { status: 'unmet', ...miss(bare(answer.queried)) };
  }
  return answers.some((answer) => answer.server.role === 'system' && answer.txt.includes(value))
    ? {
        kind: 'internalOnly',
        status: 'unmet',
        label: text('record only inside your network'),
        evidence: text('This computer’s resolver finds the record, public name servers do not.'),
        remedy: text('Add the record at {0} to the public zone, not only to the internal one.', name),
      }
    : undefined;
}

function absent(domain: string, asked: readonly DnsAnswer[]): DnsVerdict {
  const [name] = recordNames(domain);
  const itself = asked.filter((answer) => bare(answer.queried) === domain && isDefinite(answer));
  if (itself.length > 0 && itself.every(({ outcome }) => outcome === 'nxdomain')) {
    return {
      kind: 'noSuchDomain',
      status: 'unmet',
      label: text('domain not in public DNS'),
      evidence: text('Public DNS does not know {0}.', domain),
      remedy: text(
        'Check the spelling and that the domain has not expired; enter a public domain if it is internal.',
      ),
    };
  }
  return {
    kind: 'missing',
    status: 'unmet',
    label: text('record not found'),
    evidence: text('There is no such record at {0} or at {1}.', name, domain),
    remedy: text('Add a TXT record with the name {0} and the value to copy at your DNS provider.', name),
  };
}

function unreachable(domain: string): DnsVerdict {
  return {
    kind: 'unreachable',
    status: 'unknown',
    label: text('name servers not reachable'),
    evidence: text('No name server answered about {0}.', domain),
    remedy: text('Check that this network lets DNS (port 53, UDP and TCP) through, then check again.'),
  };
}

const notAsked: DnsVerdict = {
  kind: 'notAsked',
  status: 'unknown',
  label: text('not looked up yet'),
  evidence: text('The record was not looked up yet.'),
  remedy: text('Check now.'),
};
