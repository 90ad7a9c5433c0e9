import type { DnsAnswer, DomainObservation } from '../../snapshot.ts';
import { text } from '../../text.ts';
import { about, finalWord, holds, isDefinite, isOlder, ofPublicResolvers, serverList } from './answers.ts';
import type { DnsVerdict } from './verdict.ts';

const minute = 60_000;

/**
 * How the record stands at a name at which Kiro may look: `undefined` where no server has it there. Authoritative servers are
 * believed first, then public resolvers.
 */
export function standing(
  name: string,
  value: string,
  observation: DomainObservation,
): DnsVerdict | undefined {
  const authoritative = finalWord(name, observation.answers);
  const definite = authoritative.filter(isDefinite);
  const resolvers = ofPublicResolvers(about(name, observation.answers));
  const holding = definite.filter((answer) => holds(answer, value));
  const lacking = definite.filter((answer) => !holds(answer, value));
  if (holding.length > 0 && lacking.length > 0) return disagree(name, holding, lacking, observation);
  if (holding.length > 0) return atResolvers(name, value, resolvers, observation.at);
  // Without a word from the authoritative servers the resolvers' word is taken.
  if (definite.length > 0) return undefined;
  if (resolvers.some((answer) => holds(answer, value))) return stands(name, 0);
  return truncated(name, authoritative, resolvers);
}

function atResolvers(name: string, value: string, resolvers: readonly DnsAnswer[], at: number): DnsVerdict {
  const good = resolvers.filter((answer) => holds(answer, value));
  const bogus = resolvers.filter(({ outcome }) => outcome === 'bogus');
  if (bogus.length > 0 && !good.some(({ validated }) => validated === true)) return forged(name, bogus);
  const behind = resolvers.filter((answer) => isDefinite(answer) && !holds(answer, value));
  if (good.length > 0) return stands(name, behind.length);
  if (behind.length > 0) return remembered(name, behind, at);
  const failing = resolvers.filter(({ outcome }) => outcome === 'servfail');
  return failing.length > 0 ? unresolved(name, failing) : stands(name, 0);
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

/**
 * Servers of one zone that tell different things. That is the course of things while a new version is copied, which takes a
 * secondary server its refresh time at most; it is a fault where it lasts longer.
 */
function disagree(
  name: string,
  holding: readonly DnsAnswer[],
  lacking: readonly DnsAnswer[],
  { at, differingSince = at, zone }: DomainObservation,
): DnsVerdict {
  const servers = holding.length + lacking.length;
  const newest = holding.find(({ serial }) => serial !== undefined)?.serial;
  const copying =
    newest !== undefined && lacking.some(({ serial }) => serial !== undefined && isOlder(serial, newest));
  // Providers with servers all over the world don't always raise the version and are done within minutes.
  const patience = copying
    ? Math.min(Math.max((zone?.refresh ?? 0) * 1000, 10 * minute), 120 * minute)
    : 10 * minute;
  const until = differingSince + patience;
  const without = serverList(lacking);
  const common = {
    kind: 'disagree',
    label: text('{0} of {1} name servers have the record', holding.length, servers),
  } as const;
  if (at < until) {
    return {
      ...common,
      status: 'waiting',
      evidence: text('Not all name servers have the record at {0} yet. Missing at: {1}.', name, without),
      until,
    };
  }
  return {
    ...common,
    status: 'unmet',
    evidence: copying
      ? text('{0} still has an old version of the zone, without the record at {1}.', without, name)
      : text('{0} has other records than the other name servers: there is none at {1}.', without, name),
    remedy: copying
      ? text('Have the DNS team look why {0} does not copy the zone from its primary server.', without)
      : text(
          'Have the DNS team raise the serial number of the zone, or enter the record at the provider of {0}, too.',
          without,
        ),
  };
}

function forged(name: string, bogus: readonly DnsAnswer[]): DnsVerdict {
  return {
    kind: 'bogus',
    status: 'unmet',
    label: text('DNSSEC signatures broken'),
    evidence: text(
      'The record stands at {0}, but resolvers that check DNSSEC reject it: {1}.',
      name,
      serverList(bogus),
    ),
    remedy: text(
      'Have the DNS team sign the zone anew, or mend or remove the DS record at the registrar; until then the domain fails for many people.',
    ),
  };
}

function unresolved(name: string, failing: readonly DnsAnswer[]): DnsVerdict {
  return {
    kind: 'unresolved',
    status: 'unmet',
    label: text('public resolvers fail'),
    evidence: text(
      'Name servers have the record at {0}, but public resolvers report a failure: {1}.',
      name,
      serverList(failing),
    ),
    remedy: text(
      'Have the DNS team check the delegation of the domain and whether all its name servers answer.',
    ),
  };
}

function truncated(
  name: string,
  authoritative: readonly DnsAnswer[],
  resolvers: readonly DnsAnswer[],
): DnsVerdict | undefined {
  const cutOff = authoritative.filter(({ outcome }) => outcome === 'truncated');
  if (cutOff.length === 0) return undefined;
  const others = resolvers.some((answer) => isDefinite(answer) || answer.outcome === 'servfail');
  return {
    kind: 'truncated',
    status: others ? 'unmet' : 'unknown',
    label: text('answers cut off'),
    evidence: text(
      'The answer about {0} is too long for UDP, and over TCP there is none: {1}.',
      name,
      serverList(cutOff),
    ),
    remedy: text(
      'Have TCP port 53 of the name servers opened, or take TXT records away that nobody needs at this name.',
    ),
  };
}
