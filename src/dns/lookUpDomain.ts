import { Packet } from 'dns2';
import type { DnsAnswer, DomainObservation } from '../guide/snapshot.ts';
import { ask, type Asked } from './ask.ts';
import { authoritativeServers } from './delegation.ts';
import { answersTo, canonical, negativeTtl, textOf } from './message.ts';
import { publicResolvers, systemResolvers, type DnsServer } from './servers.ts';

export type { DnsServer } from './servers.ts';

/** Kiro's documentation puts the verification record at this label below the domain, or at the domain itself. */
const recordLabel = 'kiro-app-1';

/** Milliseconds for everything. */
const deadline = 3000;

export interface LookUp {
  /** A-label form. */
  readonly name: string;
  /** Further full names to ask for, for example one that a provider may have doubled. */
  readonly extraNames?: readonly string[];
  /** Whom to ask; absent: the servers that the domain is delegated to, public resolvers, this computer's resolver. */
  readonly servers?: readonly DnsServer[];
  readonly signal?: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Where the TXT records of a domain stand, server by server, within three seconds. Resolvers are asked for a name only
 * when an authoritative server has it or none could be heard: to ask for what is not there yet makes a resolver keep
 * "no such record" (RFC 2308), and Kiro might ask the same one. Rejects only with the signal's reason.
 */
export async function lookUpDomain({
  name,
  extraNames,
  servers,
  signal,
  now,
}: LookUp): Promise<DomainObservation> {
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(deadline);
  const end = signal ? AbortSignal.any([signal, limit]) : limit;
  const resolvers = servers
    ? servers.filter(({ role }) => role !== 'authoritative')
    : [...publicResolvers, ...systemResolvers()];
  const authoritative = servers
    ? servers.filter(({ role }) => role === 'authoritative')
    : await authoritativeServers(name, resolvers, end);
  const names = [...new Set([name, `${recordLabel}.${name}`, ...(extraNames ?? [])].map(canonical))];
  const answers = await Promise.all(
    names.map(async (one) => {
      const first = await askAll(authoritative, one, end);
      const rest = first.every(silent) || first.some(found) ? await askAll(resolvers, one, end) : [];
      return [...first, ...rest];
    }),
  );
  signal?.throwIfAborted();
  return { name: canonical(name), at: now(), answers: answers.flat() };
}

function askAll(servers: readonly DnsServer[], name: string, signal: AbortSignal): Promise<DnsAnswer[]> {
  return Promise.all(
    servers.map(async (server) => answerOf(server, name, await ask(server, name, 'TXT', signal))),
  );
}

function answerOf({ role, name }: DnsServer, queried: string, { query, received }: Asked): DnsAnswer {
  const about = { queried, server: { role, name } };
  if (!('reply' in received)) return { ...about, outcome: received.outcome, txt: [] };
  const txt = answersTo(received.reply, query).map(textOf);
  const keep = txt.length === 0 ? negativeTtl(received.reply) : undefined;
  return {
    ...about,
    outcome: outcomeOf(role, received.reply, txt),
    txt,
    ...(keep !== undefined && { negativeTtl: keep }),
  };
}

function outcomeOf(
  role: DnsServer['role'],
  { header, answers }: Packet,
  txt: readonly string[],
): DnsAnswer['outcome'] {
  switch (header.rcode) {
    case Packet.RCODE.NOERROR:
      if (txt.length > 0) return 'found';
      // A server that the zone is delegated to and that does not answer for it is lame.
      return role === 'authoritative' && header.aa !== 1 && answers.length === 0 ? 'refused' : 'nodata';
    case Packet.RCODE.NXDOMAIN:
      return 'nxdomain';
    case Packet.RCODE.REFUSED:
    case Packet.RCODE.NOTAUTH:
      return 'refused';
    default:
      return 'servfail';
  }
}

function silent({ outcome }: DnsAnswer): boolean {
  return !['found', 'nodata', 'nxdomain'].includes(outcome);
}

function found({ outcome }: DnsAnswer): boolean {
  return outcome === 'found';
}
