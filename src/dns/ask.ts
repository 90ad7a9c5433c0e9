import { setTimeout as delay } from 'node:timers/promises';
import { Packet } from 'dns2';
import { makeQuery, type Query, type QueryOptions, type RecordType } from './message.ts';
import type { DnsServer, SocketAddress } from './servers.ts';
import { overHttps, overTcp, overUdp, type Received } from './transport.ts';

/** Milliseconds for a server's answer, by whatever way it comes. */
const patience = 1400;
/** Milliseconds of silence over UDP after which TCP is tried beside it. */
const tcpAfter = 700;

export interface Asked {
  readonly query: Query;
  readonly received: Received;
  /** What came over UDP was cut off, and TCP gave nothing: the reply is that part. */
  readonly cutOff: boolean;
}

/** What is asked of a server. */
export interface Question extends Partial<QueryOptions> {
  readonly name: string;
  readonly type: RecordType;
}

/**
 * Asks one server one question: over UDP, then over TCP if the reply was cut off or none came. Never rejects; ends as
 * `timeout` at once when the signal is aborted, and within 1.4 seconds. A name that can't be asked for is `malformed`.
 */
export async function ask(server: DnsServer, question: Question, signal: AbortSignal): Promise<Asked> {
  const end = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const asked = await askOnce(server, question, true, end);
  // Old servers refuse what they don't know of EDNS (RFC 6891, section 7).
  return 'reply' in asked.received && refusesEdns.has(asked.received.reply.header.rcode)
    ? askOnce(server, question, false, end)
    : asked;
}

const refusesEdns = new Set<number>([Packet.RCODE.FORMERR, Packet.RCODE.NOTIMP]);

async function askOnce(
  { role, at, url }: DnsServer,
  { name, type, recursive = role !== 'authoritative', checkingDisabled = false }: Question,
  edns: boolean,
  signal: AbortSignal,
): Promise<Asked> {
  let query: Query;
  try {
    query = makeQuery(name, type, { recursive, edns, checkingDisabled });
  } catch {
    return { query: unaskable(name), received: { outcome: 'malformed' }, cutOff: false };
  }
  if (url !== undefined) return { query, received: await overHttps(url, query, signal), cutOff: false };
  if (at === undefined) return { query, received: { outcome: 'unreachable' }, cutOff: false };
  return askPort53(at, query, signal);
}

function unaskable(name: string): Query {
  return { id: 0, name, type: 0, bytes: Buffer.alloc(0) };
}

async function askPort53(at: SocketAddress, query: Query, signal: AbortSignal): Promise<Asked> {
  const over = new AbortController();
  const end = AbortSignal.any([signal, over.signal]);
  const udp = overUdp(at, query, end);
  const tcp = tcpWhenNeeded(at, query, udp, end);
  try {
    const first = await Promise.race([udp, tcp.then((received) => (isReply(received) ? received : udp))]);
    if (isReply(first) && first.reply.header.tc !== 1) return { query, received: first, cutOff: false };
    const second = await tcp;
    if (isReply(second)) return { query, received: second, cutOff: false };
    // Where UDP is silent and TCP refused, nothing is there to hear us.
    return { query, received: first, cutOff: isReply(first) };
  } finally {
    over.abort();
  }
}

/** Asks over TCP once UDP gave a reply that was cut off, or nothing that settles it for a while. */
async function tcpWhenNeeded(
  at: SocketAddress,
  query: Query,
  udp: Promise<Received>,
  signal: AbortSignal,
): Promise<Received> {
  const waited = delay(tcpAfter, undefined, { signal }).catch(() => undefined);
  const early = await Promise.race([udp, waited]);
  if (signal.aborted) return { outcome: 'timeout' };
  if (early !== undefined && isReply(early) && early.reply.header.tc !== 1) return early;
  if (early !== undefined && !isReply(early) && early.outcome === 'unreachable') return early;
  return overTcp(at, query, signal);
}

function isReply(received: Received): received is { readonly reply: Packet } {
  return 'reply' in received;
}
