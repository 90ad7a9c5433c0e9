import type { DnsData, DnsExtras, DnsRecord, NameServerScript, ZoneSettings } from '../state.ts';

/** Seconds that a record may be cached, unless a zone says otherwise. */
export const TTL = 300;
/** Seconds that a missing name may be cached: TTL and MINIMUM of the SOA (RFC 2308), unless a zone says otherwise. */
export const NEGATIVE_TTL = 300;

/** Everything beyond TXT records; empty at first. */
export function extrasOf(data: DnsData): DnsExtras {
  data.extras ??= { records: new Map(), settings: new Map(), servers: new Map(), internal: new Map() };
  return data.extras;
}

/** A zone's settings: two name servers of its own, to which its parent delegates it. */
export function settingsOf(data: DnsData, zone: string): Readonly<ZoneSettings> {
  const nameServers = [`ns1.${zone}`, `ns2.${zone}`];
  return (
    data.extras?.settings.get(zone) ?? {
      serial: 1,
      ttl: TTL,
      negativeTtl: NEGATIVE_TTL,
      nameServers,
      delegatedTo: nameServers,
    }
  );
}

/** Changes a zone's settings. */
export function changeSettings(data: DnsData, zone: string, changes: Partial<ZoneSettings>): void {
  extrasOf(data).settings.set(zone, { ...settingsOf(data, zone), ...changes });
}

/** Tells that a zone has changed: its serial goes up by one. */
export function raiseSerial(data: DnsData, zone: string): void {
  changeSettings(data, zone, { serial: settingsOf(data, zone).serial + 1 });
}

/** How a name server behaves. */
export function scriptOf(data: DnsData, host: string): Readonly<NameServerScript> {
  return data.extras?.servers.get(host) ?? { answers: 'normal', truncates: false, tcp: 'open', delayMs: 0 };
}

/** Lets a name server behave otherwise. */
export function changeScript(data: DnsData, host: string, changes: Partial<NameServerScript>): void {
  extrasOf(data).servers.set(host, { ...scriptOf(data, host), ...changes });
}

/** Lets a name server keep the zone as it is now, whatever becomes of it. */
export function holdZone(data: DnsData, host: string, zone: string): void {
  const held = {
    serial: settingsOf(data, zone).serial,
    txt: new Map([...data.txt].map(([name, all]) => [name, all.map((strings) => [...strings])])),
    records: new Map([...extrasOf(data).records].map(([name, all]) => [name, [...all]])),
  };
  changeScript(data, host, { held });
}

/** Puts a record of another type than TXT beside those that a name has; a CNAME stands alone (RFC 1034, section 3.6.2). */
export function putRecord(data: DnsData, name: string, record: DnsRecord): void {
  const { records } = extrasOf(data);
  if (record.type === 'CNAME') {
    data.txt.delete(name);
    records.set(name, [record]);
  } else records.set(name, [...(records.get(name) ?? []).filter(({ type }) => type !== 'CNAME'), record]);
}
