import { getServers } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { DnsServerName } from '../guide/snapshot.ts';

/** Where a name server listens. */
export interface SocketAddress {
  /** An IPv4 or IPv6 address. */
  readonly address: string;
  readonly port: number;
}

/** A name server by the name that people know it by; without a place it can't be asked. */
export interface DnsServer extends DnsServerName {
  readonly at?: SocketAddress;
  /** Asked over HTTPS instead (RFC 8484). */
  readonly url?: string;
}

/** Whom the doctor may ask, and where. */
export interface NameServers {
  /** Recursive resolvers of the public Internet. */
  readonly resolvers: readonly DnsServer[];
  /** Public resolvers over HTTPS, for when nobody is heard on port 53. */
  readonly overHttps: readonly DnsServer[];
  /** This machine's own resolver. */
  readonly system: readonly DnsServer[];
  /** Where the name server with this address listens; `undefined`: it is not to be asked. */
  readonly locate: (address: string) => SocketAddress | undefined;
}

/** HTTPS addresses of resolvers that are known by their IP addresses, as their operators publish them. */
const httpsOf: Readonly<Record<string, string>> = {
  '1.1.1.1': 'https://cloudflare-dns.com/dns-query',
  '1.0.0.1': 'https://cloudflare-dns.com/dns-query',
  '8.8.8.8': 'https://dns.google/dns-query',
  '8.8.4.4': 'https://dns.google/dns-query',
};

/** Resolvers of three operators, so that one operator's cache is told from the others'. */
export const wellKnownResolvers: readonly string[] = ['1.1.1.1', '8.8.8.8', '9.9.9.9'];

/** More would only make more caches remember what is not there yet. */
const mostResolvers = 6;

/**
 * The servers of the public Internet. `configured` are IP addresses or https addresses of resolvers; others are passed
 * over, and where none is left the well-known ones are taken.
 */
export function publicNameServers(configured: readonly string[] = wellKnownResolvers): NameServers {
  const usable = configured.map((one) => one.trim()).filter((one) => isIP(one) !== 0 || isHttps(one));
  const entries = [...new Set(usable.length > 0 ? usable : wellKnownResolvers)].slice(0, mostResolvers);
  const resolvers = entries.map((entry): DnsServer =>
    isIP(entry) === 0
      ? { role: 'public', name: new URL(entry).hostname, url: entry }
      : { role: 'public', name: entry, at: { address: entry, port: 53 } },
  );
  const https = new Set(entries.flatMap((entry) => httpsOf[entry] ?? []));
  return {
    resolvers,
    overHttps: [...https].map((url) => ({ role: 'public', name: new URL(url).hostname, url })),
    system: systemResolvers(),
    locate: (address) => (isPublic(address) ? { address, port: 53 } : undefined),
  };
}

function isHttps(entry: string): boolean {
  const url = URL.parse(entry);
  return url?.protocol === 'https:' && url.username === '' && url.password === '';
}

/** The resolver that this computer uses first; a company's own may answer differently from the public ones. */
function systemResolvers(): readonly DnsServer[] {
  const [first] = getServers();
  if (first === undefined) return [];
  const url = isIP(first) === 0 ? new URL(`dns://${first}`) : undefined;
  const address = url ? url.hostname.replace(/^\[|\]$/g, '') : first;
  return [{ role: 'system', name: address, at: { address, port: Number(url?.port ?? '') || 53 } }];
}

/** Addresses that nobody outside a network can reach (RFC 6890): a public zone has no server there. */
const inward = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inward.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inward.addSubnet(net, prefix, 'ipv6');

function isPublic(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !inward.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
