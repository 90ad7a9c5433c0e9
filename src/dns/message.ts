import { Packet } from 'dns2';
import type DNS from 'dns2';

/** A resource record as the codec gives it. */
export type DnsRecord = DNS.Packet.Resource;

/** A question on its way: the bytes to send and what a reply is checked against. */
export interface Query {
  readonly id: number;
  readonly name: string;
  readonly type: number;
  readonly bytes: Buffer;
}

export type RecordType = 'A' | 'AAAA' | 'NS' | 'SOA' | 'TXT';

/** Makes a question (RFC 1035, section 4.1); `edns` invites answers of up to 1232 bytes over UDP (RFC 6891). */
export function makeQuery(
  name: string,
  type: RecordType,
  { recursive, edns }: { readonly recursive: boolean; readonly edns: boolean },
): Query {
  const packet = new Packet();
  const id = Packet.uuid();
  packet.header = new Packet.Header({ id, rd: recursive ? 1 : 0 });
  packet.questions = [new Packet.Question(name, Packet.TYPE[type], Packet.CLASS.IN)];
  if (edns) packet.additionals = [Packet.Resource.EDNS([], { udpPayloadSize: 1232 })];
  return { id, name, type: Packet.TYPE[type], bytes: packet.toBuffer() };
}

/** `foreign`: no reply to this question. `malformed`: a reply to it that can't be decoded. */
export type Reading = Packet | 'foreign' | 'malformed';

/** Decodes a reply and makes sure that it is one to this very question (RFC 5452, section 9.1). */
export function readReply(bytes: Buffer, query: Query): Reading {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== query.id) return 'foreign';
  let packet: Packet;
  try {
    packet = Packet.parse(bytes);
  } catch {
    return 'malformed';
  }
  const { header, questions, errors } = packet;
  const [question] = questions;
  if (header.qr !== 1) return 'foreign';
  // Some servers leave the question out of an error.
  if (question === undefined) return header.rcode === 0 ? 'malformed' : packet;
  const same = questions.length === 1 && sameName(question.name, query.name) && question.type === query.type;
  if (!same) return 'foreign';
  return errors.length > 0 ? 'malformed' : packet;
}

/** Names are compared without case (RFC 4343) and without a final dot. */
export function sameName(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

/** Lower case, no final dot. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Records of a type that belong to the question, also at the end of a chain of CNAMEs. */
export function answersTo(packet: Packet, { name, type }: Query): DnsRecord[] {
  const owners = new Set([canonical(name)]);
  let grown: boolean;
  do {
    const before = owners.size;
    for (const record of packet.answers) {
      if (record.type !== Packet.TYPE.CNAME || record.domain === undefined) continue;
      if (owners.has(canonical(record.name))) owners.add(canonical(record.domain));
    }
    grown = owners.size > before;
  } while (grown);
  return packet.answers.filter((record) => record.type === type && owners.has(canonical(record.name)));
}

/** The text of a TXT record, its character-strings joined without separator. */
export function textOf({ data }: DnsRecord): string {
  if (Array.isArray(data)) return data.join('');
  return typeof data === 'string' ? data : '';
}

/** The SOA record of the authority section, if there is one. */
export function authoritySoa(packet: Packet): DnsRecord | undefined {
  return packet.authorities.find((record) => record.type === Packet.TYPE.SOA);
}

/** Seconds that "no such record" may be kept (RFC 2308, section 5). */
export function negativeTtl(packet: Packet): number | undefined {
  const soa = authoritySoa(packet);
  return soa?.minimum === undefined ? undefined : Math.min(soa.ttl, soa.minimum);
}
