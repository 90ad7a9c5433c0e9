import { Packet } from 'dns2';
import { ask } from './ask.ts';
import { answersTo, authoritySoa, canonical, type DnsRecord, type RecordType } from './message.ts';
import type { DnsServer } from './servers.ts';

/** No zone needs more to tell how it stands. */
const mostNameServers = 6;

/**
 * The servers that a domain is delegated to: the zone by the SOA record (RFC 1034, section 4.3.4), its NS set, their
 * addresses, each from the first resolver that knows. Empty when no resolver can tell.
 */
export async function authoritativeServers(
  domain: string,
  resolvers: readonly DnsServer[],
  signal: AbortSignal,
): Promise<readonly DnsServer[]> {
  const zone = await firstOf(resolvers, (resolver) => zoneOf(domain, resolver, signal));
  if (zone === undefined) return [];
  const hosts = await firstOf(resolvers, (resolver) => records(zone, 'NS', resolver, signal, ({ ns }) => ns));
  const found = await Promise.all(
    (hosts ?? []).slice(0, mostNameServers).map(async (host): Promise<readonly DnsServer[]> => {
      const address = await addressOf(host, resolvers, signal);
      return address === undefined
        ? []
        : [{ role: 'authoritative', name: canonical(host), address, port: 53 }];
    }),
  );
  return found.flat();
}

/** Owner of the SOA record that answers for a name: in the answer at the apex, else in the authority section. */
async function zoneOf(domain: string, resolver: DnsServer, signal: AbortSignal): Promise<string | undefined> {
  const { query, received } = await ask(resolver, domain, 'SOA', signal);
  if (!('reply' in received)) return undefined;
  const { header } = received.reply;
  if (header.rcode !== Packet.RCODE.NOERROR && header.rcode !== Packet.RCODE.NXDOMAIN) return undefined;
  const soa = answersTo(received.reply, query)[0] ?? authoritySoa(received.reply);
  if (soa === undefined) return undefined;
  const zone = canonical(soa.name);
  return zone === '' || `.${canonical(domain)}`.endsWith(`.${zone}`) ? zone : undefined;
}

async function addressOf(
  host: string,
  resolvers: readonly DnsServer[],
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const type of ['A', 'AAAA'] as const) {
    const found = await firstOf(resolvers, (resolver) =>
      records(host, type, resolver, signal, ({ address }) => address),
    );
    if (found) return found[0];
  }
  return undefined;
}

async function records(
  name: string,
  type: RecordType,
  resolver: DnsServer,
  signal: AbortSignal,
  pick: (record: DnsRecord) => string | undefined,
): Promise<readonly string[] | undefined> {
  const { query, received } = await ask(resolver, name, type, signal);
  if (!('reply' in received)) return undefined;
  const found = answersTo(received.reply, query).flatMap((record) => pick(record) ?? []);
  return found.length > 0 ? found : undefined;
}

/** The first answer of all that are asked at once; `undefined` when none has one. */
async function firstOf<T>(
  resolvers: readonly DnsServer[],
  work: (resolver: DnsServer) => Promise<T | undefined>,
): Promise<T | undefined> {
  const attempts = resolvers.map(async (resolver) => {
    const found = await work(resolver);
    if (found === undefined) throw new Error('No answer.');
    return found;
  });
  return Promise.any(attempts).catch(() => undefined);
}
