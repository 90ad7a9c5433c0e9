import { getServers } from 'node:dns';
import { isIP } from 'node:net';
import type { DnsAnswer } from '../guide/snapshot.ts';

/** A name server that can be asked. */
export interface DnsServer {
  readonly role: DnsAnswer['server']['role'];
  /** What people know it by: its host name, or its address. */
  readonly name: string;
  /** An IPv4 or IPv6 address. */
  readonly address: string;
  readonly port: number;
}

/** Public resolvers of three operators, so that one operator's cache is told from the others'. */
export const publicResolvers: readonly DnsServer[] = ['1.1.1.1', '8.8.8.8', '9.9.9.9'].map((address) => ({
  role: 'public',
  name: address,
  address,
  port: 53,
}));

/** The resolver that this computer uses first; a company's own may answer differently from the public ones. */
export function systemResolvers(): readonly DnsServer[] {
  const [first] = getServers();
  if (first === undefined) return [];
  const bare = isIP(first) !== 0;
  const url = bare ? undefined : new URL(`dns://${first}`);
  const address = url ? url.hostname.replace(/^\[|\]$/g, '') : first;
  return [{ role: 'system', name: address, address, port: Number(url?.port ?? '') || 53 }];
}
