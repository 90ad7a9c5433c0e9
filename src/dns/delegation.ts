import { Packet } from 'dns2';
import { parse } from 'tldts';
import { firstOf, type Inquiry } from './inquiry.ts';
import { answersTo, authoritySoa, canonical, isWithin, referralIn, sameName } from './message.ts';
import { recordsOf, serversOf } from './nameServerHosts.ts';
import type { DnsServer } from './servers.ts';

/** How a name hangs in DNS. */
export interface Delegation {
  /** Apex of the zone. */
  readonly zone: string;
  /** Whether the name exists; where it doesn't, `zone` is the one that says so. */
  readonly exists: boolean;
  /** Host names that the parent zone names. */
  readonly hosts: readonly string[];
  /** The servers behind them. */
  readonly servers: readonly DnsServer[];
}

/** Deeper than any name has labels. */
const mostSteps = 12;
/** Servers of a top-level domain that are tried. */
const mostParents = 4;

/**
 * Finds the zone of a name as a resolver does, from its top-level domain down by what each parent says, so that no resolver
 * is asked for anything below a public suffix. Where no parent is heard, by climbing up from the name with the help of the
 * resolvers. `undefined` when neither tells.
 */
export async function delegationOf(name: string, inquiry: Inquiry): Promise<Delegation | undefined> {
  const down = fromTop(name, inquiry);
  const patient = AbortSignal.any([inquiry.signal, AbortSignal.timeout(hedgeAfter)]);
  const early = await Promise.race([down, aborted(patient)]);
  if (early !== undefined) return early;
  const up = climb(name, inquiry);
  const first = await Promise.race([down, up]);
  return first ?? (await down) ?? (await up);
}

/** Milliseconds until the second way is tried beside the first. */
const hedgeAfter = 500;

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

async function fromTop(name: string, inquiry: Inquiry): Promise<Delegation | undefined> {
  const top = canonical(name).split('.').at(-1) ?? '';
  let cut = await inquiry.once(`servers of ${top}`, () => topLevel(top, inquiry));
  for (let step = 0; step < mostSteps && cut?.exists; step += 1) {
    const next = await stepDown(name, cut, inquiry);
    if (next === undefined) return cut.zone === top ? undefined : cut;
    if (next.zone === cut.zone && next.exists) return cut;
    cut = next;
    // The servers of the domain itself tell by their answers about it whether it is delegated further.
    if (!isSuffix(cut.zone)) return cut;
  }
  return cut;
}

/** The next cut below a zone on the way to a name, by the zone's own servers; the zone itself where there is none. */
export function stepDown(
  name: string,
  { zone, servers }: Delegation,
  inquiry: Inquiry,
): Promise<Delegation | undefined> {
  return firstOf(servers.slice(0, mostParents), inquiry.signal, async (server, end) => {
    const { query, received } = await inquiry.ask(server, { name, type: 'NS' }, end);
    if (!('reply' in received)) return undefined;
    const { reply } = received;
    const referral = referralIn(reply, name, zone);
    if (referral) {
      const { hosts, glue } = referral;
      return { zone: referral.zone, exists: true, hosts, servers: await serversOf(hosts, glue, inquiry) };
    }
    if (reply.header.aa !== 1) return undefined;
    const soa = authoritySoa(reply, name);
    if (reply.header.rcode === Packet.RCODE.NXDOMAIN)
      return { zone: canonical(soa?.name ?? zone), exists: false, hosts: [], servers: [] };
    if (reply.header.rcode !== Packet.RCODE.NOERROR) return undefined;
    // The server has the zone below, too, and so never refers to it.
    const own = answersTo(reply, query).flatMap(({ ns }) => (ns === undefined ? [] : [canonical(ns)]));
    if (own.length > 0 && !sameName(name, zone)) return withHosts(canonical(name), own, inquiry);
    const below = canonical(soa?.name ?? zone);
    if (below === zone || !isWithin(zone, below)) return { zone, exists: true, hosts: [], servers };
    return withHosts(below, await ownHosts(below, [server], inquiry), inquiry);
  });
}

/** Host names that a zone's own servers name for it. Empty when none tells. */
export async function ownHosts(
  zone: string,
  servers: readonly DnsServer[],
  inquiry: Inquiry,
): Promise<readonly string[]> {
  const found = await firstOf(servers, inquiry.signal, async (server, end) => {
    const { query, received } = await inquiry.ask(server, { name: zone, type: 'NS' }, end);
    if (!('reply' in received) || received.reply.header.aa !== 1) return undefined;
    const hosts = answersTo(received.reply, query).flatMap(({ ns }) =>
      ns === undefined ? [] : [canonical(ns)],
    );
    return hosts.length > 0 ? [...new Set(hosts)] : undefined;
  });
  return found ?? [];
}

async function withHosts(zone: string, hosts: readonly string[], inquiry: Inquiry): Promise<Delegation> {
  return { zone, exists: true, hosts, servers: await serversOf(hosts, new Map(), inquiry) };
}

async function topLevel(top: string, inquiry: Inquiry): Promise<Delegation | undefined> {
  const { servers, signal } = inquiry;
  const hosts = await firstOf([...servers.resolvers, ...servers.system], signal, async (resolver, end) => {
    const { query, received } = await inquiry.ask(resolver, { name: top, type: 'NS' }, end);
    if (!('reply' in received)) return undefined;
    const { reply } = received;
    if (reply.header.rcode === Packet.RCODE.NXDOMAIN) return 'none';
    const found = answersTo(reply, query).flatMap(({ ns }) => (ns === undefined ? [] : [canonical(ns)]));
    return found.length > 0 ? found : undefined;
  });
  if (hosts === undefined) return undefined;
  if (hosts === 'none') return { zone: '', exists: false, hosts: [], servers: [] };
  return withHosts(top, hosts.slice(0, mostParents), inquiry);
}

/**
 * The zone by the SOA record (RFC 1034, section 4.2.1), from the name up: the first name whose SOA a resolver has. Its
 * servers are those that its NS records name.
 */
async function climb(name: string, inquiry: Inquiry): Promise<Delegation | undefined> {
  const labels = canonical(name).split('.');
  for (let from = 0; from < labels.length; from += 1) {
    const zone = labels.slice(from).join('.');
    if (isSuffix(zone)) return undefined;
    const soa = await recordsOf(zone, 'SOA', inquiry, ({ name: owner, primary }) =>
      primary !== undefined && sameName(owner, zone) ? zone : undefined,
    );
    if (!soa) continue;
    const hosts = (await recordsOf(zone, 'NS', inquiry, ({ ns }) => ns)) ?? [];
    return withHosts(zone, [...new Set(hosts.map(canonical))], inquiry);
  }
  return undefined;
}

function isSuffix(name: string): boolean {
  return parse(name, { allowPrivateDomains: true }).domain === null;
}
