import type { DnsAnswer, DomainObservation, DomainZone } from '../guide/snapshot.ts';
import type { Told } from './answers.ts';
import { askCarefully, askResolvers, lookAstray, lookInside } from './askAround.ts';
import { askAuthorities, askElsewhere, askUndelegated, type Authorities } from './authorities.ts';
import { recordNames } from './candidates.ts';
import type { Delegation } from './delegation.ts';
import { createInquiry, type Inquiry, type Shared } from './inquiry.ts';
import { canonical } from './message.ts';
import { serversOf } from './nameServerHosts.ts';
import { suffixKind } from './publicSuffix.ts';
import type { NameServers } from './servers.ts';
import { holds, isDefinite, standingNames, standsSomewhere } from './standing.ts';

/** Milliseconds for everything. */
const deadline = 2800;

export interface LookUp {
  /** A-label form. */
  readonly name: string;
  /** The TXT value that should stand there; without it any TXT record will do, and none is looked for elsewhere. */
  readonly value?: string;
  readonly servers: NameServers;
  readonly signal?: AbortSignal;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What the domains of one look share. */
  readonly shared?: Shared;
}

/**
 * Where the verification record of a domain stands, server by server, and how the domain hangs in DNS, within three seconds.
 * The zone's own servers are asked first. Resolvers are asked for a name only when all of those that could be heard have the
 * record: to ask for what is not there yet makes a resolver keep "no such record" (RFC 2308), and Kiro might ask the same
 * one. Rejects only with the signal's reason.
 */
export async function lookUpDomain(lookUp: LookUp): Promise<DomainObservation> {
  const { signal, now, shared = new Map<string, Promise<unknown>>() } = lookUp;
  signal?.throwIfAborted();
  const limit = AbortSignal.timeout(deadline);
  const end = signal ? AbortSignal.any([signal, limit]) : limit;
  const name = canonical(lookUp.name);
  const suffix = suffixKind(name);
  const about = { name, ...(suffix && { suffix }) };
  if (suffix === 'suffix') return { ...about, at: now(), answers: [] };
  const seen = await look(name, lookUp.value, createInquiry(lookUp.servers, end, shared));
  signal?.throwIfAborted();
  return { ...about, at: now(), ...seen };
}

type Seen = Omit<DomainObservation, 'name' | 'at' | 'suffix'>;

async function look(domain: string, value: string | undefined, inquiry: Inquiry): Promise<Seen> {
  const names = recordNames(domain);
  const authorities = await askAuthorities(domain, names, inquiry);
  if (authorities === undefined) return lookBlindly(names, value, inquiry);
  const { delegation, told } = authorities;
  if (!delegation.exists) return { answers: [], zone: zoneOf(delegation, []) };
  if (!told.some(({ answer }) => isDefinite(answer)))
    return withoutAuthority(authorities, names, value, inquiry);
  const answers = told.map(({ answer }) => answer);
  const rest = standsSomewhere(answers, value)
    ? await lookWherePublic(authorities, value, inquiry)
    : await lookWhereElse(domain, names, value, authorities, inquiry);
  const { own, ...found } = rest;
  const complete = await authorities.complete;
  return {
    ...found,
    answers: [...complete.map(({ answer }) => answer), ...rest.answers],
    zone: zoneOf(delegation, complete, own),
  };
}

interface Further {
  readonly answers: readonly DnsAnswer[];
  readonly own?: readonly string[];
  readonly wildcard?: readonly string[];
}

/** The record stands on servers of the zone: do resolvers know, and do all servers that they may come to? */
async function lookWherePublic(
  { delegation, told }: Authorities,
  value: string | undefined,
  inquiry: Inquiry,
): Promise<Further> {
  const answers = told.map(({ answer }) => answer);
  const names = standingNames(answers, value);
  const [resolved, { own, told: undelegated }] = await Promise.all([
    askResolvers(names, inquiry),
    askUndelegated(delegation, names, inquiry),
  ]);
  return {
    answers: [...undelegated.map(({ answer }) => answer), ...resolved],
    ...(own.length > 0 && { own }),
  };
}

/** The record stands nowhere where it should: is it elsewhere? */
async function lookWhereElse(
  domain: string,
  names: readonly string[],
  value: string | undefined,
  { delegation, told }: Authorities,
  inquiry: Inquiry,
): Promise<Further> {
  const { zone } = delegation;
  const knowing = told.find(({ answer }) => isDefinite(answer))?.server;
  const cutOff = told.filter(({ answer }) => answer.outcome === 'truncated');
  const [elsewhere, undelegated, astray, inside, whole] = await Promise.all([
    followOut(names, told, zone, inquiry),
    askUndelegated(delegation, names, inquiry),
    knowing && value !== undefined ? lookAstray(domain, zone, knowing, inquiry) : { misplaced: [] },
    value === undefined ? [] : lookInside(domain, names, told, inquiry),
    askThere(cutOff, inquiry),
  ]);
  const found = elsewhere.map(({ answer }) => answer);
  // A record at the end of an alias, or in a zone of its own, is where resolvers come to.
  const reached = found.filter((answer) => holds(answer, value));
  const leading = reached.length === 0 ? [] : leadingTo(names, told, reached);
  const resolved = await askResolvers(leading, inquiry);
  return {
    answers: [
      ...found,
      ...undelegated.told.map(({ answer }) => answer),
      ...astray.misplaced,
      ...inside,
      ...resolved,
      ...whole,
    ],
    ...('wildcard' in astray && astray.wildcard && { wildcard: astray.wildcard }),
    ...(undelegated.own.length > 0 && { own: undelegated.own }),
  };
}

/** Asks the servers of the zones that aliases and zone cuts at the names lead to. */
async function followOut(
  names: readonly string[],
  told: readonly Told[],
  zone: string,
  inquiry: Inquiry,
): Promise<readonly Told[]> {
  const followed = await Promise.all(
    names.map(async (name) => {
      const about = told.filter(({ answer }) => answer.queried === name);
      const referral = about.find((one) => one.referral)?.referral;
      if (referral) {
        const servers = await serversOf(referral.hosts, referral.glue, inquiry);
        const delegation: Delegation = { zone: referral.zone, exists: true, hosts: referral.hosts, servers };
        return askElsewhere(name, delegation, inquiry);
      }
      const alias = about.find(({ answer }) => answer.outcome === 'alias')?.answer.alias;
      if (alias === undefined) return [];
      const inZone = alias === zone || alias.endsWith(`.${zone}`);
      return inZone ? [] : askElsewhere(alias, undefined, inquiry);
    }),
  );
  return followed.flat();
}

function leadingTo(
  names: readonly string[],
  told: readonly Told[],
  reached: readonly DnsAnswer[],
): readonly string[] {
  const targets = new Set(reached.map(({ queried }) => queried));
  return names.filter(
    (name) =>
      targets.has(name) ||
      told.some(
        ({ answer }) => answer.queried === name && answer.alias !== undefined && targets.has(answer.alias),
      ),
  );
}

/** No server of the zone tells: what resolvers make of it, and whether port 53 is open at all. */
async function withoutAuthority(
  { delegation, told, complete }: Authorities,
  names: readonly string[],
  value: string | undefined,
  inquiry: Inquiry,
): Promise<Seen> {
  const cutOff = told.filter(({ answer }) => answer.outcome === 'truncated');
  if (cutOff.length > 0) {
    const resolved = await askThere(cutOff, inquiry);
    return { answers: [...answersOf(await complete), ...resolved], zone: zoneOf(delegation, told) };
  }
  const rest = await lookBlindly(names, value, inquiry);
  return {
    ...rest,
    answers: [...answersOf(await complete), ...rest.answers],
    zone: zoneOf(delegation, told),
  };
}

/** Asks resolvers for names that are there, though cut off: that makes nobody remember that they are not. */
function askThere(cutOff: readonly Told[], inquiry: Inquiry): Promise<readonly DnsAnswer[]> {
  return askResolvers([...new Set(cutOff.map(({ answer }) => answer.queried))], inquiry);
}

async function lookBlindly(
  names: readonly string[],
  value: string | undefined,
  inquiry: Inquiry,
): Promise<Seen> {
  const { servers, heard } = inquiry;
  if (heard) {
    return { answers: await askCarefully(servers.resolvers, names, value, inquiry) };
  }
  const overHttps = [
    ...servers.resolvers.filter(({ url }) => url !== undefined),
    ...servers.overHttps,
    ...servers.system,
  ];
  return { answers: await askCarefully(overHttps, names, value, inquiry), blocked: true };
}

function answersOf(told: readonly Told[]): DnsAnswer[] {
  return told.map(({ answer }) => answer);
}

function zoneOf(
  { zone, exists, hosts }: Delegation,
  told: readonly Told[],
  own: readonly string[] = [],
): DomainZone {
  const refresh = told.find(({ soa }) => soa?.refresh !== undefined)?.soa?.refresh;
  return {
    name: zone,
    exists,
    delegated: hosts,
    ...(own.length > 0 && { own }),
    ...(refresh !== undefined && { refresh }),
  };
}
