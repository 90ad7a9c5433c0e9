import { randomUUID } from 'node:crypto';
import { Packet } from 'dns2';
import type { DnsAnswer } from '../guide/snapshot.ts';
import { askAuthority, askResolver, type Told } from './answers.ts';
import { misplacedNames } from './candidates.ts';
import type { Inquiry } from './inquiry.ts';
import { answersTo, sameName } from './message.ts';
import type { DnsServer } from './servers.ts';

/** What one of the zone's servers says of names at which nobody looks. */
export interface Astray {
  /** TXT values that a made-up name has. */
  readonly wildcard?: readonly string[];
  /** Answers with TXT records that come from no wildcard, at names where the record may have ended up. */
  readonly misplaced: readonly DnsAnswer[];
}

/** Looks for a record that did not end up where it should, by one of the zone's own servers: no resolver hears of it. */
export async function lookAstray(
  domain: string,
  zone: string,
  server: DnsServer,
  inquiry: Inquiry,
): Promise<Astray> {
  const label = `kiro-connect-${randomUUID().slice(0, 8)}`;
  const [madeUp, ...others] = await Promise.all(
    [`${label}.${domain}`, ...misplacedNames(domain, zone)].map((name) =>
      askAuthority(server, name, zone, inquiry),
    ),
  );
  const wildcard = madeUp?.answer.outcome === 'found' ? madeUp.answer.txt : undefined;
  const everywhere = JSON.stringify(wildcard ?? []);
  const misplaced = others
    .map(({ answer }) => answer)
    .filter(({ outcome, txt }) => outcome === 'found' && JSON.stringify(txt) !== everywhere);
  return { misplaced, ...(wildcard && { wildcard }) };
}

/**
 * What this machine's resolver says of names that public servers have nothing at. It is asked for what it remembers; and
 * to find out, only where it has a zone of the domain of its own (split horizon), so that the question stays inside.
 */
export async function lookInside(
  domain: string,
  names: readonly string[],
  told: readonly Told[],
  inquiry: Inquiry,
): Promise<readonly DnsAnswer[]> {
  const [resolver] = inquiry.servers.system;
  if (resolver === undefined) return [];
  const primary = told.find(({ soa }) => soa?.primary !== undefined)?.soa?.primary;
  const [own, ...remembered] = await Promise.all([
    hasOwnZone(resolver, domain, primary, inquiry),
    ...names.map((name) => askResolver(resolver, name, inquiry, { peek: true })),
  ]);
  if (!own) return remembered.filter(({ outcome }) => outcome === 'found');
  return Promise.all(names.map((name) => askResolver(resolver, name, inquiry)));
}

async function hasOwnZone(
  resolver: DnsServer,
  domain: string,
  primary: string | undefined,
  inquiry: Inquiry,
): Promise<boolean> {
  const { query, received } = await inquiry.ask(resolver, { name: domain, type: 'SOA' });
  if (!('reply' in received) || received.reply.header.rcode !== Packet.RCODE.NOERROR) return false;
  const [soa] = answersTo(received.reply, query);
  if (soa?.primary === undefined) return false;
  return received.reply.header.aa === 1 || (primary !== undefined && !sameName(soa.primary, primary));
}

/** Asks all public resolvers and this machine's for names that stand on the zone's own servers. */
export async function askResolvers(
  names: readonly string[],
  inquiry: Inquiry,
): Promise<readonly DnsAnswer[]> {
  const { servers } = inquiry;
  return Promise.all(
    names.flatMap((name) =>
      [...servers.resolvers, ...servers.system].map((resolver) => askResolver(resolver, name, inquiry)),
    ),
  );
}

/**
 * Asks resolvers where no server of the zone could be heard: one alone first, so that at most one remembers that there is
 * nothing, then the others for what it found.
 */
export async function askCarefully(
  resolvers: readonly DnsServer[],
  names: readonly string[],
  value: string | undefined,
  inquiry: Inquiry,
): Promise<readonly DnsAnswer[]> {
  const answers: DnsAnswer[] = [];
  for (const [index, resolver] of resolvers.entries()) {
    const said = await Promise.all(names.map((name) => askResolver(resolver, name, inquiry)));
    answers.push(...said);
    const good = said.filter(
      ({ outcome, txt }) => outcome === 'found' && (value === undefined || txt.includes(value)),
    );
    if (good.length > 0) {
      const others = resolvers.slice(index + 1);
      const rest = good.flatMap(({ queried }) => others.map((other) => askResolver(other, queried, inquiry)));
      return [...answers, ...(await Promise.all(rest))];
    }
    if (said.some(({ outcome }) => ['found', 'nodata', 'nxdomain', 'alias'].includes(outcome)))
      return answers;
  }
  return answers;
}
