import type { DnsData } from '../state.ts';

/** Seconds that a record may be cached. */
export const TTL = 300;
/** Seconds that a missing name may be cached: the MINIMUM of the SOA (RFC 2308). */
export const NEGATIVE_TTL = 300;

/** What a name holds. Empty everywhere means that the name exists without these records (NODATA). */
export interface Node {
  readonly apex: boolean;
  readonly txt: readonly (readonly string[])[];
  readonly address: string | undefined;
}

/** Lower case without the final dot: the form in which names are kept. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** The zone that a name lies in: the longest apex that is the name or one of its parents. */
export function zoneOf(data: DnsData, name: string): string | undefined {
  return ancestors(canonical(name)).find((parent) => data.zones.has(parent));
}

/** Names of a zone's two name servers; both are this server. */
export function nameServers(zone: string): string[] {
  return [`ns1.${zone}`, `ns2.${zone}`];
}

/**
 * What stands at a name of the zone, or undefined when the name does not exist (NXDOMAIN). A name above an existing one
 * exists (RFC 8020); `*` stands for names that do not (RFC 4592).
 */
export function lookUp(data: DnsData, zone: string, name: string): Node | undefined {
  const wanted = canonical(name);
  const existing = exact(data, zone, wanted);
  if (existing) return existing;
  const encloser = ancestors(wanted)
    .slice(1)
    .find((parent) => inZone(zone, parent) && exact(data, zone, parent) !== undefined);
  const wildcard = encloser === undefined ? undefined : data.txt.get(`*.${encloser}`);
  return wildcard && { apex: false, txt: wildcard, address: undefined };
}

function exact(data: DnsData, zone: string, name: string): Node | undefined {
  const txt = data.txt.get(name);
  const address = nameServers(zone).includes(name) ? '127.0.0.1' : undefined;
  if (name === zone || txt || address) return { apex: name === zone, txt: txt ?? [], address };
  for (const owner of data.txt.keys())
    if (owner.endsWith(`.${name}`)) return { apex: false, txt: [], address: undefined };
  return undefined;
}

function inZone(zone: string, name: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}

/** The name itself, its parent, and so on to the top. */
function ancestors(name: string): string[] {
  const labels = name.split('.');
  return labels.map((_, n) => labels.slice(n).join('.'));
}

/** Top-level names that the root answers for with NXDOMAIN: special use, reserved, or never delegated. */
const undelegated = new Set(
  (
    'local internal alt onion test invalid localhost example corp home mail lan intranet private domain ' +
    'localdomain workgroup'
  ).split(' '),
);

/** Whether the root of the DNS knows that this name's top level does not exist. */
export function isUndelegated(name: string): boolean {
  const top = canonical(name).split('.').at(-1) ?? '';
  return undelegated.has(top);
}
