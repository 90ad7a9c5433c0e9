import { extrasOf, putRecord, raiseSerial } from '../dns/extras.ts';
import { canonical } from '../dns/names.ts';
import { zoneOf } from '../dns/zone.ts';
import type { DnsData } from '../state.ts';
import { Refusal } from './refusal.ts';

/** One record as the DNS provider's page lists it. */
export interface RecordView {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

/** Records of every zone, by name: TXT records, then the others. */
export function listRecords(dns: DnsData): RecordView[] {
  const texts = [...dns.txt].flatMap(([name, records]) =>
    records.map((strings) => ({ name, type: 'TXT', value: strings.join('') })),
  );
  const others = [...(dns.extras?.records ?? [])].flatMap(([name, records]) =>
    records.map(({ type, value }) => ({ name, type, value })),
  );
  return [...texts, ...others].flatMap((record) => {
    const zone = zoneOf(dns, record.name);
    return zone === undefined ? [] : [{ zone, ...record }];
  });
}

/**
 * Adds a TXT record, or a CNAME. As at most providers the name is relative to the zone, which is appended to whatever is
 * typed; empty or `@` means the zone itself, and a name that ends in a dot is whole. A TXT value is kept byte for byte.
 */
export function addRecord(
  dns: DnsData,
  input: { zone: string; name: string; value: string; type?: string },
): RecordView {
  const zone = input.zone.trim().toLowerCase();
  if (!dns.zones.has(zone)) throw new Refusal(404, `There is no zone '${input.zone}' at this provider.`);
  const name = ownerName(zone, input.name.trim().toLowerCase());
  const type = input.type === 'CNAME' ? 'CNAME' : 'TXT';
  if (type === 'CNAME') addAlias(dns, zone, name, input.value.trim());
  else addText(dns, name, input.value);
  raiseSerial(dns, zone);
  return { zone, name, type, value: input.value };
}

function ownerName(zone: string, typed: string): string {
  const name =
    typed === '' || typed === '@' ? zone : typed.endsWith('.') ? typed.slice(0, -1) : `${typed}.${zone}`;
  if (name !== zone && !name.endsWith(`.${zone}`))
    throw new Refusal(400, `'${typed}' does not lie in the zone ${zone}.`);
  if (!isName(name)) throw new Refusal(400, `'${typed}' is not a valid record name.`);
  return name;
}

function addText(dns: DnsData, name: string, value: string): void {
  if (value === '' || Buffer.byteLength(value) > 4000)
    throw new Refusal(400, 'The value must be between 1 and 4000 bytes long.');
  if (dns.extras?.records.get(name)?.some(({ type }) => type === 'CNAME'))
    throw new Refusal(409, `${name} has a CNAME record, and no other record can stand beside that.`);
  const records = dns.txt.get(name) ?? [];
  if (records.some((strings) => strings.join('') === value))
    throw new Refusal(409, `${name} has a TXT record with this value already.`);
  dns.txt.set(name, [...records, [value]]);
}

function addAlias(dns: DnsData, zone: string, name: string, target: string): void {
  if (name === zone)
    throw new Refusal(409, 'The zone itself has SOA and NS records, so it can have no CNAME.');
  if (!isName(canonical(target))) throw new Refusal(400, `'${target}' is not a host name.`);
  if (dns.txt.has(name) || extrasOf(dns).records.has(name))
    throw new Refusal(409, `${name} has records already, and a CNAME can stand beside no other record.`);
  putRecord(dns, name, { type: 'CNAME', value: canonical(target) });
}

function isName(name: string): boolean {
  return name.length <= 253 && name.split('.').every((label) => /^[a-z0-9_*-]{1,63}$/.test(label));
}

/** Removes the record of that name and value. */
export function removeRecord(dns: DnsData, input: { name: string; value: string }): void {
  const records = dns.txt.get(input.name) ?? [];
  const others = dns.extras?.records.get(input.name) ?? [];
  const left = records.filter((strings) => strings.join('') !== input.value);
  const othersLeft = others.filter(({ value }) => value !== input.value);
  if (left.length === records.length && othersLeft.length === others.length)
    throw new Refusal(404, `${input.name} has no such record.`);
  if (left.length === 0) dns.txt.delete(input.name);
  else dns.txt.set(input.name, left);
  if (othersLeft.length === 0) dns.extras?.records.delete(input.name);
  else dns.extras?.records.set(input.name, othersLeft);
  const zone = zoneOf(dns, input.name);
  if (zone !== undefined) raiseSerial(dns, zone);
}
