import type { DnsData } from '../state.ts';
import { Refusal } from './refusal.ts';

/** One TXT record as the DNS provider's page lists it. */
export interface TxtRecord {
  readonly zone: string;
  readonly name: string;
  readonly value: string;
}

/** TXT records of every zone, by zone and name. */
export function listRecords(dns: DnsData): TxtRecord[] {
  return [...dns.txt].flatMap(([name, records]) => {
    const zone = [...dns.zones]
      .filter((one) => name === one || name.endsWith(`.${one}`))
      .sort((a, b) => b.length - a.length)[0];
    return zone === undefined ? [] : records.map((strings) => ({ zone, name, value: strings.join('') }));
  });
}

/**
 * Adds a TXT record. As at most providers the name is relative to the zone, which is appended to whatever is typed; empty
 * or `@` means the zone itself, and a name that ends in a dot is whole. The value is kept byte for byte.
 */
export function addRecord(dns: DnsData, input: { zone: string; name: string; value: string }): TxtRecord {
  const zone = input.zone.trim().toLowerCase();
  if (!dns.zones.has(zone)) throw new Refusal(404, `There is no zone '${input.zone}' at this provider.`);
  const typed = input.name.trim().toLowerCase();
  const name =
    typed === '' || typed === '@' ? zone : typed.endsWith('.') ? typed.slice(0, -1) : `${typed}.${zone}`;
  if (name !== zone && !name.endsWith(`.${zone}`))
    throw new Refusal(400, `'${typed}' does not lie in the zone ${zone}.`);
  if (name.length > 253 || !name.split('.').every((label) => /^[a-z0-9_*-]{1,63}$/.test(label)))
    throw new Refusal(400, `'${typed}' is not a valid record name.`);
  if (input.value === '' || Buffer.byteLength(input.value) > 4000)
    throw new Refusal(400, 'The value must be between 1 and 4000 bytes long.');
  const records = dns.txt.get(name) ?? [];
  if (records.some((strings) => strings.join('') === input.value))
    throw new Refusal(409, `${name} has a TXT record with this value already.`);
  dns.txt.set(name, [...records, [input.value]]);
  return { zone, name, value: input.value };
}

/** Removes the TXT record of that name and value. */
export function removeRecord(dns: DnsData, input: { name: string; value: string }): void {
  const records = dns.txt.get(input.name) ?? [];
  const left = records.filter((strings) => strings.join('') !== input.value);
  if (left.length === records.length) throw new Refusal(404, `${input.name} has no such TXT record.`);
  if (left.length === 0) dns.txt.delete(input.name);
  else dns.txt.set(input.name, left);
}
