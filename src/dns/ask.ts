import { Packet } from 'dns2';
import { makeQuery, type Query, type RecordType } from './message.ts';
import type { DnsServer } from './servers.ts';
import { overTcp, overUdp, type Received } from './transport.ts';

/** Milliseconds for each of UDP and TCP. */
const patience = 700;

export interface Asked {
  readonly query: Query;
  readonly received: Received;
}

/**
 * Asks one server one question: over UDP, then over TCP if the reply was cut off or none came. Never rejects; ends as
 * `timeout` at once when the signal is aborted.
 */
export async function ask(
  server: Asker,
  name: string,
  type: RecordType,
  signal: AbortSignal,
): Promise<Asked> {
  const asked = await askOnce(server, name, type, true, signal);
  // Old servers refuse what they don't know of EDNS (RFC 6891, section 7).
  return 'reply' in asked.received && refusesEdns.has(asked.received.reply.header.rcode)
    ? askOnce(server, name, type, false, signal)
    : asked;
}

type Asker = Pick<DnsServer, 'role' | 'address' | 'port'>;

const refusesEdns = new Set<number>([Packet.RCODE.FORMERR, Packet.RCODE.NOTIMP]);

async function askOnce(
  server: Asker,
  name: string,
  type: RecordType,
  edns: boolean,
  signal: AbortSignal,
): Promise<Asked> {
  // Authoritative servers are asked for what they hold themselves, resolvers for what they can find.
  const query = makeQuery(name, type, { recursive: server.role !== 'authoritative', edns });
  const udp = await overUdp(server, query, within(signal));
  const final = 'reply' in udp ? udp.reply.header.tc !== 1 : udp.outcome !== 'timeout';
  if (final || signal.aborted) return { query, received: udp };
  const tcp = await overTcp(server, query, within(signal));
  // Where UDP is silent and TCP refused, nothing is there to hear us.
  return { query, received: 'outcome' in tcp && 'outcome' in udp ? udp : tcp };
}

function within(signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(patience)]);
}
