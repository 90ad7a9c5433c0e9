import { createSocket } from 'node:dgram';
import { createServer, type Socket } from 'node:net';
import { bindBoth } from '../../bindBoth.ts';
import { Packet } from 'dns2';
import type DNS from 'dns2';
import type { DnsServer } from '../../../src/dns/servers.ts';

type Role = DnsServer['role'];
type Section = Partial<DNS.Packet.Resource>[];

export interface Stub extends AsyncDisposable {
  readonly asked: {
    readonly name: string;
    readonly type: number;
    readonly rd: number;
    readonly over: string;
  }[];
  server(role?: Role, name?: string): DnsServer;
  readonly port: number;
}

/** Answers to send for one query: none is silence. */
export type Handler = (query: Packet, over: 'udp' | 'tcp') => readonly (Packet | Buffer)[];

/** A name server on loopback, over UDP and TCP at one port, that does what `handle` says. */
export async function dnsStub(handle: Handler): Promise<Stub> {
  const asked: Stub['asked'] = [];
  const sockets = new Set<Socket>();
  const answers = (bytes: Buffer, over: 'udp' | 'tcp') => {
    const query = Packet.parse(bytes);
    const [question] = query.questions;
    asked.push({ name: question!.name, type: question!.type, rd: query.header.rd, over });
    return handle(query, over).map((one) => (Buffer.isBuffer(one) ? one : one.toBuffer()));
  };
  const udp = createSocket('udp4');
  udp.on('message', (bytes, { port, address }) => {
    for (const one of answers(bytes, 'udp')) udp.send(one, port, address);
  });
  const tcp = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      for (const one of answers(bytes.subarray(2), 'tcp')) {
        socket.write(Buffer.concat([Buffer.from([one.length >> 8, one.length & 255]), one]));
      }
    });
  });
  const port = await bindBoth(udp, tcp);
  return {
    asked,
    port,
    server: (role = 'authoritative', name = 'ns1.test') => ({
      role,
      name,
      at: { address: '127.0.0.1', port },
    }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([
        new Promise<void>((resolve) => void udp.close(() => resolve())),
        new Promise<void>((resolve) => void tcp.close(() => resolve())),
      ]);
    },
  };
}

/** A reply to a query, authoritative unless the header says otherwise. */
export function reply(
  query: Packet,
  {
    header = {},
    answers = [],
    authorities = [],
    additionals = [],
  }: {
    header?: Partial<DNS.Packet.Header>;
    answers?: Section;
    authorities?: Section;
    additionals?: Section;
  } = {},
): Packet {
  const packet = new Packet();
  packet.header = new Packet.Header({ id: query.header.id, qr: 1, aa: 1, ...header });
  packet.questions = [...query.questions];
  packet.answers = answers.map(record);
  packet.authorities = authorities.map(record);
  packet.additionals = additionals.map(record);
  return packet;
}

/** A TXT record. */
export function txt(name: string, ...data: string[]): Partial<DNS.Packet.Resource> {
  return { name, type: Packet.TYPE.TXT, data };
}

/** A SOA record. */
export function soa(name: string, minimum: number, ttl = 3600): Partial<DNS.Packet.Resource> {
  const rest = { primary: 'ns1.test', admin: 'admin.test', serial: 1, refresh: 1, retry: 1, expiration: 1 };
  return { name, type: Packet.TYPE.SOA, ttl, minimum, ...rest };
}

function record(one: Partial<DNS.Packet.Resource>): DNS.Packet.Resource {
  return new Packet.Resource({ class: Packet.CLASS.IN, ttl: 300, ...one });
}
