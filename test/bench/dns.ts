import { createSocket, type Socket } from 'node:dgram';
import { createServer, type Server, type Socket as Connection } from 'node:net';
import { Packet } from 'dns2';
import { observeDomains } from '../../src/engine/observeDomains.ts';
import { dnsVerdict } from '../../src/guide/diagnosis/dnsVerdict.ts';
import type { SocketAddress } from '../../src/dns/servers.ts';
import { bindBoth } from '../bindBoth.ts';

/** Seconds until each of ten domains has its verdict, where some name servers of each are dead. */
export interface DnsLook {
  readonly domains: number;
  /** Of each domain, beside one that answers. */
  readonly deadServers: number;
  readonly seconds: number;
}

const { A, NS, TXT, SOA } = Packet.TYPE;
const addresses = {
  resolver: '192.0.2.1',
  parent: '192.0.2.2',
  alive: '192.0.2.3',
  dead1: '192.0.2.4',
  dead2: '192.0.2.5',
};
const hosts = ['dead1', 'dead2', 'alive'] as const;
const valueOf = (domain: string) => `kiro-site-verification=${domain}`;

/** Looks ten domains up with two dead servers each, which take datagrams and connections and never answer. */
export async function measureDns(): Promise<DnsLook> {
  const domains = Array.from({ length: 10 }, (_, n) => ({
    name: `domain${n}.com`,
    verificationValue: valueOf(`domain${n}.com`),
  }));
  await using alive = await listener(authority);
  await using parent = await listener(refer);
  await using resolver = await listener(recurse);
  await using dead1 = await listener(() => undefined);
  await using dead2 = await listener(() => undefined);
  const places = new Map(
    Object.entries({ alive, parent, resolver, dead1, dead2 }).map(([name, { at }]) => [
      addresses[name as keyof typeof addresses],
      at,
    ]),
  );
  const began = performance.now();
  const seen = await observeDomains(domains, {
    servers: {
      resolvers: [{ role: 'public', name: 'resolver', at: resolver.at }],
      overHttps: [],
      system: [],
      locate: (address) => places.get(address),
    },
    now: Date.now,
  });
  const kinds = domains.map(
    ({ name, verificationValue }) =>
      dnsVerdict(
        name,
        verificationValue,
        seen.find((one) => one.name === name),
      ).kind,
  );
  const seconds = Number(((performance.now() - began) / 1000).toFixed(2));
  if (kinds.some((kind) => kind !== 'public')) throw new Error(`Wrong verdicts: ${kinds.join(', ')}`);
  return { domains: domains.length, deadServers: 2, seconds };
}

function authority(query: Packet, reply: Packet): Packet {
  const name = query.questions[0]?.name ?? '';
  const domain = name.split('.').slice(-2).join('.');
  const type = query.questions[0]?.type;
  reply.header.aa = 1;
  if (type === NS) reply.answers.push(...hosts.map((host) => record(domain, NS, { ns: `${host}.example` })));
  else if (type === TXT && name !== domain)
    reply.answers.push(record(name, TXT, { data: [valueOf(domain)] }));
  else reply.authorities.push(soaOf(domain));
  return reply;
}

function refer(query: Packet, reply: Packet): Packet {
  const domain = query.questions[0]?.name ?? '';
  reply.authorities.push(...hosts.map((host) => record(domain, NS, { ns: `${host}.example` })));
  return reply;
}

function recurse(query: Packet, reply: Packet): Packet {
  const { name = '', type } = query.questions[0] ?? {};
  const host = name.split('.')[0] as keyof typeof addresses;
  if (name === 'com') reply.answers.push(record(name, NS, { ns: 'parent.example' }));
  else if (type === A && addresses[host]) reply.answers.push(record(name, A, { address: addresses[host] }));
  else if (type === TXT) return authority(query, reply);
  return reply;
}

function soaOf(domain: string): Packet['answers'][number] {
  const times = { serial: 1, refresh: 900, retry: 300, expiration: 86_400, minimum: 300 };
  return record(domain, SOA, { primary: 'alive.example', admin: 'hostmaster.example', ...times });
}

function record(
  name: string,
  type: number,
  rest: Partial<Packet['answers'][number]>,
): Packet['answers'][number] {
  return new Packet.Resource({ name, type, class: Packet.CLASS.IN, ttl: 300, ...rest });
}

type Answer = (query: Packet, reply: Packet) => Packet | undefined;

/** A name server over UDP; over TCP it takes connections and says nothing. */
async function listener(answer: Answer): Promise<AsyncDisposable & { readonly at: SocketAddress }> {
  const udp: Socket = createSocket('udp4');
  udp.on('message', (bytes, { port, address }) => {
    const query = Packet.parse(bytes);
    const reply = new Packet();
    reply.header = new Packet.Header({ id: query.header.id, qr: 1 });
    reply.questions = [...query.questions];
    const said = answer(query, reply);
    if (said) udp.send(said.toBuffer(), port, address);
  });
  const open = new Set<Connection>();
  const tcp: Server = createServer((socket) => open.add(socket.on('error', () => undefined)));
  const port = await bindBoth(udp, tcp);
  return {
    at: { address: '127.0.0.1', port },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      tcp.close();
      udp.close();
      await Promise.resolve();
    },
  };
}
