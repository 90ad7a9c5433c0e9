import type { DnsAnswer, DomainObservation } from '../../snapshot.ts';
import { text } from '../../text.ts';
import { recordNames } from '../../verificationRecord.ts';
import { isDefinite, ofAuthorities, ofPublicResolvers, serverList } from './answers.ts';
import { isParked } from './providers.ts';
import type { DnsVerdict } from './verdict.ts';

/** What it means that no server of the zone tells whether the record is there. */
export function withoutAnswer(domain: string, observation: DomainObservation): DnsVerdict {
  const { answers, blocked, zone } = observation;
  const own = ofAuthorities(answers);
  const lame = own.filter(({ outcome }) => outcome === 'lame' || outcome === 'refused');
  const said = own.filter(({ outcome }) => !['timeout', 'unreachable'].includes(outcome));
  if (lame.length > 0 && lame.length === said.length) return lameServers(domain, lame, zone?.delegated ?? []);
  if (said.length > 0) return broken(domain, said);
  if (blocked === true) {
    return {
      kind: 'unreachable',
      status: 'unknown',
      label: text('name servers not reachable'),
      evidence: text('No name server answered about {0}, not over HTTPS either.', domain),
      remedy: text(
        'This network lets no DNS out: have port 53 (UDP and TCP) opened, or check again from another network.',
      ),
    };
  }
  return {
    kind: 'unreachable',
    status: 'unknown',
    label: text('name servers not reachable'),
    evidence:
      own.length > 0
        ? text('No name server of {0} answered: {1}.', domain, serverList(own))
        : text('No name server answered about {0}.', domain),
    remedy: text('Check that this network lets DNS (port 53, UDP and TCP) through, then check again.'),
  };
}

function lameServers(domain: string, lame: readonly DnsAnswer[], delegated: readonly string[]): DnsVerdict {
  const expired = delegated.length > 0 && delegated.every(isParked);
  return {
    kind: expired ? 'parked' : 'lame',
    status: 'unmet',
    label: expired ? text('domain parked') : text('name servers do not serve the domain'),
    evidence: text('{0} is delegated to servers that do not answer for it: {1}.', domain, serverList(lame)),
    remedy: text(
      'Check that the domain has not expired and that its zone is active at the DNS provider; else have the registrar name the right servers.',
    ),
  };
}

function broken(domain: string, said: readonly DnsAnswer[]): DnsVerdict {
  return {
    kind: 'broken',
    status: 'unmet',
    label: text('name servers fail'),
    evidence: text('The name servers of {0} report a failure: {1}.', domain, serverList(said)),
    remedy: text('Have the DNS team look at the zone on these servers: it is not loaded, or has a fault.'),
  };
}

/** There is no such record, as far as servers that know tell. */
export function absent(domain: string, { answers, at, zone, blocked }: DomainObservation): DnsVerdict {
  const [name, itself] = recordNames(domain);
  const resolvers = ofPublicResolvers(answers).filter(isDefinite);
  const asked = [...ofAuthorities(answers).filter(isDefinite), ...resolvers].filter(
    ({ queried }) => queried === itself,
  );
  if (zone?.exists === false || (asked.length > 0 && asked.every(({ outcome }) => outcome === 'nxdomain')))
    return noSuchDomain(domain);
  const kept = Math.max(0, ...resolvers.map(({ negativeTtl }) => negativeTtl ?? 0));
  return {
    kind: 'missing',
    status: 'unmet',
    label: text('record not found'),
    evidence: text('There is no such record at {0} or at {1}.', name, itself),
    remedy: text('Add a TXT record with the name {0} and the value to copy at your DNS provider.', name),
    // What a resolver said it goes on saying for so long; servers of the zone can be asked at any time.
    ...(blocked === true && kept > 0 && { until: at + kept * 1000 }),
  };
}

export function noSuchDomain(domain: string): DnsVerdict {
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

export function publicSuffix(domain: string): DnsVerdict {
  return {
    kind: 'publicSuffix',
    status: 'unmet',
    label: text('not a domain of your own'),
    evidence: text('{0} is a public suffix: others register their domains below it.', domain),
    remedy: text('Remove it here, and enter the whole domain, for example contoso.{0}.', domain),
  };
}
