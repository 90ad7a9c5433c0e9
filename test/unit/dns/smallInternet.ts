import { Packet } from 'dns2';
import type { NameServers, SocketAddress } from '../../../src/dns/servers.ts';
import { freePort } from '../../freePort.ts';
import { dnsStub, reply, soa, type Handler, type Stub } from './dnsStub.ts';

const { A, NS, SOA } = Packet.TYPE;
const { NXDOMAIN } = Packet.RCODE;

/** A resolver that knows `com`, the parent that refers to contoso.com, and the servers of that zone. */
export interface SmallInternet extends AsyncDisposable {
  readonly servers: NameServers;
  readonly resolver: Stub;
  readonly parent: Stub;
  readonly authorities: readonly Stub[];
}

const parentAddress = '192.0.2.53';
const addressOf = (index: number): string => `192.0.2.${index + 1}`;

/**
 * `authorities` answer for contoso.com as ns1.contoso.com, ns2.contoso.com and so on; one that is `undefined` has an address
 * where nobody listens. `resolver` answers what is asked of the domain itself.
 */
export async function smallInternet(
  authorities: readonly (Handler | undefined)[],
  resolver: Handler = (query) => [
    reply(query, { header: { rcode: NXDOMAIN }, authorities: [soa('contoso.com', 60)] }),
  ],
): Promise<SmallInternet> {
  const hosts = authorities.map((_, index) => `ns${index + 1}.contoso.com`);
  const parent = await dnsStub((query) => [
    reply(query, {
      header: { aa: 0 },
      authorities: hosts.map((ns) => ({ name: 'contoso.com', type: NS, ns })),
      additionals: hosts.map((name, index) => ({ name, type: A, address: addressOf(index) })),
    }),
  ]);
  const asked = await dnsStub((query, over) => {
    const { name, type } = query.questions[0]!;
    if (name === 'com' && type === NS)
      return [reply(query, { answers: [{ name, type: NS, ns: 'a.gtld.example' }] })];
    if (name === 'a.gtld.example')
      return [reply(query, { answers: [{ name, type: A, address: parentAddress }] })];
    if (type === SOA || type === NS) return [reply(query, { header: { aa: 0 } })];
    return resolver(query, over);
  });
  const stubs = await Promise.all(authorities.map(async (handle) => (handle ? dnsStub(handle) : undefined)));
  const places = new Map<string, SocketAddress>([
    [parentAddress, { address: '127.0.0.1', port: parent.port }],
  ]);
  for (const [index, stub] of stubs.entries())
    places.set(addressOf(index), { address: '127.0.0.1', port: stub?.port ?? (await freePort()) });
  const listening = stubs.filter((stub) => stub !== undefined);
  return {
    servers: {
      resolvers: [asked.server('public', 'resolver')],
      overHttps: [],
      system: [],
      locate: (address) => places.get(address),
    },
    resolver: asked,
    parent,
    authorities: listening,
    async [Symbol.asyncDispose]() {
      await Promise.all([asked, parent, ...listening].map((stub) => stub[Symbol.asyncDispose]()));
    },
  };
}
