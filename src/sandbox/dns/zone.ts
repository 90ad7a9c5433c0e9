import type { DnsData, DnsRecord } from '../state.ts';
import { extrasOf, scriptOf, settingsOf } from './extras.ts';
import { addressOf } from './hosts.ts';
import { ancestors, canonical, inZone } from './names.ts';

/** A zone as one name server holds it. */
export interface ZoneContent {
  readonly apex: string;
  readonly serial: number;
  readonly ttl: number;
  readonly negativeTtl: number;
  readonly nameServers: readonly string[];
  readonly txt: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly records: ReadonlyMap<string, readonly DnsRecord[]>;
}

/** What a name holds. Empty everywhere means that the name exists without these records (NODATA). */
export interface Node {
  readonly apex: boolean;
  readonly txt: readonly (readonly string[])[];
  readonly records: readonly DnsRecord[];
}

/** The zone that a name lies in: the longest apex that is the name or one of its parents. */
export function zoneOf(data: DnsData, name: string): string | undefined {
  return ancestors(canonical(name)).find((parent) => data.zones.has(parent));
}

/** A zone as a name server holds it: as it is, or as it was when the server ceased to follow it. */
export function contentOf(data: DnsData, apex: string, host: string): ZoneContent {
  const { serial, ttl, negativeTtl, nameServers } = settingsOf(data, apex);
  const current = { serial, txt: data.txt, records: extrasOf(data).records };
  return { apex, ttl, negativeTtl, nameServers, ...(scriptOf(data, host).held ?? current) };
}

/**
 * What stands at a name of the zone, or undefined when the name does not exist (NXDOMAIN). A name above an existing one
 * exists (RFC 8020); `*` stands for names that do not (RFC 4592).
 */
export function lookUp(zone: ZoneContent, name: string): Node | undefined {
  const existing = exact(zone, name);
  if (existing) return existing;
  const encloser = ancestors(name)
    .slice(1)
    .find((parent) => inZone(zone.apex, parent) && exact(zone, parent) !== undefined);
  if (encloser === undefined) return undefined;
  const [txt, records] = [zone.txt.get(`*.${encloser}`), zone.records.get(`*.${encloser}`)];
  return txt || records ? { apex: false, txt: txt ?? [], records: records ?? [] } : undefined;
}

/** The name servers that a name below the apex is delegated to, with the name where the zone is cut. */
export function cutAbove(zone: ZoneContent, name: string): { at: string; hosts: string[] } | undefined {
  for (const at of ancestors(name).reverse()) {
    if (at === zone.apex || !inZone(zone.apex, at)) continue;
    const hosts = (zone.records.get(at) ?? []).flatMap(({ type, value }) => (type === 'NS' ? [value] : []));
    if (hosts.length > 0) return { at, hosts };
  }
  return undefined;
}

function exact(zone: ZoneContent, name: string): Node | undefined {
  const apex = name === zone.apex;
  const txt = zone.txt.get(name);
  const kept = zone.records.get(name);
  const address = zone.nameServers.includes(name) ? addressOf(name) : undefined;
  if (apex || txt || kept || address !== undefined) {
    const own: DnsRecord[] = address === undefined ? [] : [{ type: 'A', value: address }];
    return { apex, txt: txt ?? [], records: [...(kept ?? []), ...own] };
  }
  for (const owners of [zone.txt, zone.records])
    for (const owner of owners.keys())
      if (owner.endsWith(`.${name}`)) return { apex: false, txt: [], records: [] };
  return undefined;
}
