import { Packet } from 'dns2';
import type { DnsData } from '../state.ts';
import type { SocketAddress } from './ask.ts';
import { addressOfRole, roleAt, roles } from './hosts.ts';
import type { Role } from './hosts.ts';
import { canonical } from './names.ts';
import { Resolver } from './resolver.ts';
import { respond } from './respond.ts';
import type { Response, Transport } from './respond.ts';
import { openSocket } from './socket.ts';
import type { DnsSocket } from './socket.ts';
import { replyTo, txtRecord } from './wire.ts';

/** The DNS of a sandbox; each server has UDP and TCP on one port, but for `ns3`, which has no TCP. */
export interface DnsServer {
  /** The name server `ns1` of every zone: authoritative, never recursive. */
  readonly port: number;
  /** A public resolver with a cache. */
  readonly resolver: SocketAddress;
  /** The resolver inside the company, which also knows names that nobody else does. */
  readonly internal: SocketAddress;
  /** Where name servers really listen, by the addresses that zones give for them. */
  readonly addresses: Readonly<Record<string, SocketAddress>>;
  /** Answers one query as `ns1` or as the resolver, as it came over HTTPS. */
  answer(server: 'authoritative' | 'resolver', request: Packet): Promise<Response>;
  /** The resolver's cache. */
  readonly cache: Resolver['cache'];
  close(): Promise<void>;
}

export interface DnsOptions {
  readonly host?: string;
  /** Port of `ns1`; 0 takes any that is free. */
  readonly port?: number;
  /** Port of the public resolver; any that is free unless told. */
  readonly resolverPort?: number;
  /** Epoch milliseconds, by which the resolver's cache ages. */
  readonly now?: () => number;
  /** Real milliseconds that the resolver waits for a name server. */
  readonly patience?: number;
}

/**
 * Serves the zones in `data`, as they are at each query, and resolves names by asking those servers. Also notes both
 * addresses in `data`, for the sandbox's own look-ups.
 */
export async function startDnsServer(data: DnsData, options: DnsOptions = {}): Promise<DnsServer> {
  const host = options.host ?? '127.0.0.1';
  const opened: DnsSocket[] = [];
  const close = async (): Promise<void> => {
    data.address = undefined;
    data.resolver = undefined;
    await Promise.all(opened.map((socket) => socket.close()));
  };
  const open = async (
    handler: (request: Packet, transport: Transport) => Promise<Response>,
    port: number,
    tcp = true,
  ): Promise<SocketAddress> => {
    const socket = await openSocket(handler, { host, port, tcp });
    opened.push(socket);
    return { host, port: socket.port };
  };
  const listening = new Map<Role, SocketAddress>();
  const resolver = new Resolver({
    now: options.now ?? Date.now,
    locate: (address) => {
      const role = roleAt(address);
      return role && listening.get(role);
    },
    patience: options.patience ?? 1500,
  });
  try {
    for (const role of roles)
      listening.set(
        role,
        await open(
          (request, transport) => respond(data, role, request, transport),
          role === 'ns1' ? (options.port ?? 0) : 0,
          role !== 'ns3',
        ),
      );
    const publicOne = await open((request) => resolver.respond(request), options.resolverPort ?? 0);
    const internal = await open(
      (request) => Promise.resolve(inside(data, request) ?? resolver.respond(request)),
      0,
    );
    const first = listening.get('ns1') ?? publicOne;
    data.address = first;
    data.resolver = publicOne;
    return {
      port: first.port,
      resolver: publicOne,
      internal,
      addresses: Object.fromEntries([...listening].map(([role, at]) => [addressOfRole(role), at])),
      answer: (server, request) =>
        server === 'resolver' ? resolver.respond(request) : respond(data, 'ns1', request, 'doh'),
      cache: resolver.cache,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the company's own resolver says of a name that only it knows; undefined for every other. */
function inside(data: DnsData, request: Packet): Packet | undefined {
  const [question] = request.questions;
  const known = question && data.extras?.internal.get(canonical(question.name));
  if (!question || !known || question.type !== Packet.TYPE.TXT) return undefined;
  const reply = replyTo(request);
  reply.header.ra = 1;
  for (const strings of known) reply.answers.push(txtRecord(question.name, 300, strings));
  return reply;
}
