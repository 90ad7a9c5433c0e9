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

export interface QueryOptions {
  /** Ask a resolver to find out (RD); without it a server tells what it holds or remembers. */
  readonly recursive: boolean;
  /** Invite answers of up to 1232 bytes over UDP (RFC 6891). */
  readonly edns?: boolean;
  /** Have a resolver answer without validating by DNSSEC (CD). */
  readonly checkingDisabled?: boolean;
}

/** The codec reads and writes these two, but its types don't tell. */
type Flagged = Partial<DNS.Packet.Header> & { readonly ad?: number; readonly cd?: number };

/** Makes a question (RFC 1035, section 4.1). Throws for a name that is too long or has an empty label. */
export function makeQuery(
  name: string,
  type: RecordType,
  { recursive, edns = true, checkingDisabled = false }: QueryOptions,
): Query {
  const packet = new Packet();
  const id = Packet.uuid();
  // AD in a question asks for AD in the answer (RFC 6840, section 5.7).
  const header: Flagged = { id, rd: recursive ? 1 : 0, ad: recursive ? 1 : 0, cd: checkingDisabled ? 1 : 0 };
  packet.header = new Packet.Header(header);
  packet.questions = [new Packet.Question(name, Packet.TYPE[type], Packet.CLASS.IN)];
  if (edns) packet.additionals = [Packet.Resource.EDNS([], { udpPayloadSize: 1232 })];
  return { id, name, type: Packet.TYPE[type], bytes: packet.toBuffer() };
}

/** `foreign`: no reply to this question. `malformed`: a reply to it that can't be decoded. */
export type Reading = Packet | 'foreign' | 'malformed';

/** Decodes a reply and makes sure that it is one to this very question (RFC 5452, section 9.1). Never throws. */
export function readReply(bytes: Buffer, query: Query): Reading {
  if (bytes.length < 3 || bytes.readUInt16BE(0) !== query.id) return 'foreign';
  // A query of ours that comes back is no reply.
  if ((bytes.readUInt8(2) & 0x80) === 0) return 'foreign';
  let packet: Packet;
  try {
    packet = Packet.parse(bytes);
  } catch {
    return 'malformed';
  }
  const { header, questions, errors } = packet;
  const [question] = questions;
  // Some servers leave the question out of an error.
  if (question === undefined) return header.rcode === 0 || errors.length > 0 ? 'malformed' : packet;
  const same =
    questions.length === 1 &&
    sameName(question.name, query.name) &&
    question.type === query.type &&
    question.class === Packet.CLASS.IN;
  if (!same) return 'foreign';
  // What stands at the end of a reply that was cut off may be cut through.
  return errors.length > 0 && header.tc !== 1 ? 'malformed' : packet;
}

/** Names are compared without case (RFC 4343) and without a final dot. */
export function sameName(a: string, b: string): boolean {
  return canonical(a) === canonical(b);
}

/** Lower case, no final dot. */
export function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Whether a name is the zone's apex or lies below it; every name lies in the root, ''. */
export function isWithin(zone: string, name: string): boolean {
  return zone === '' || `.${canonical(name)}`.endsWith(`.${canonical(zone)}`);
}

/** Records of a type that belong to the question, also at the end of a chain of CNAMEs. */
export function answersTo(packet: Packet, { name, type }: Pick<Query, 'name' | 'type'>): DnsRecord[] {
  const owners = new Set(aliasChain(packet, name));
  return ofInternet(packet.answers).filter(
    (record) => record.type === type && owners.has(canonical(record.name)),
  );
}

/** The name and those that its CNAME records lead to, in order; a circle ends where it closes. */
export function aliasChain(packet: Packet, name: string): readonly string[] {
  const chain = [canonical(name)];
  for (;;) {
    const last = chain.at(-1);
    const alias = ofInternet(packet.answers).find(
      (record) => record.type === Packet.TYPE.CNAME && canonical(record.name) === last,
    );
    const target = alias?.domain === undefined ? undefined : canonical(alias.domain);
    if (target === undefined || chain.includes(target)) return chain;
    chain.push(target);
  }
}

/** The text of a TXT record, its character-strings joined without separator. */
export function textOf({ data }: DnsRecord): string {
  if (Array.isArray(data)) return data.join('');
  return typeof data === 'string' ? data : '';
}

/** The SOA record of the authority section that can speak for a name, if there is one. */
export function authoritySoa(packet: Packet, name: string): DnsRecord | undefined {
  return ofInternet(packet.authorities).find(
    (record) => record.type === Packet.TYPE.SOA && isWithin(canonical(record.name), name),
  );
}

/** Seconds that "no such record" may be kept (RFC 2308, section 5). */
export function negativeTtl(soa: DnsRecord | undefined): number | undefined {
  return soa?.minimum === undefined ? undefined : Math.min(soa.ttl, soa.minimum);
}

/** A reply that sends on to the servers of a zone further down (RFC 1034, section 4.3.2). */
export interface Referral {
  readonly zone: string;
  readonly hosts: readonly string[];
  /** Addresses that came along, by host. */
  readonly glue: ReadonlyMap<string, readonly string[]>;
}

/** The referral in a reply about `name` from a server of the zone `from`, if it is one to a zone further down. */
export function referralIn(packet: Packet, name: string, from: string): Referral | undefined {
  if (packet.header.aa === 1 || packet.header.rcode !== Packet.RCODE.NOERROR) return undefined;
  const servers = ofInternet(packet.authorities).filter(({ type }) => type === Packet.TYPE.NS);
  const zone = canonical(servers[0]?.name ?? '');
  if (zone === canonical(from) || !isWithin(from, zone) || !isWithin(zone, name)) return undefined;
  const own = servers.filter((one) => sameName(one.name, zone));
  const hosts = [...new Set(own.flatMap(({ ns }) => (ns === undefined ? [] : [canonical(ns)])))];
  const glue = new Map<string, string[]>();
  for (const { name: host, type, address } of ofInternet(packet.additionals)) {
    const given = type === Packet.TYPE.A || type === Packet.TYPE.AAAA;
    // A server can tell addresses only of what lies in its own zone (RFC 2181, section 5.4.1).
    if (!given || address === undefined || !hosts.includes(canonical(host)) || !isWithin(from, host))
      continue;
    glue.set(canonical(host), [...(glue.get(canonical(host)) ?? []), address]);
  }
  return { zone, hosts, glue };
}

/** The extended DNS error of a reply (RFC 8914), if it has one. */
export function extendedError(packet: Packet): number | undefined {
  const options = packet.additionals.find(({ type }) => type === Packet.TYPE.EDNS)?.rdata ?? [];
  return options.find(isExtendedError)?.infoCode;
}

function isExtendedError(option: DNS.Packet.EdnsOption): option is DNS.Packet.EdeOption {
  return option.ednsCode === Packet.EDNS_OPTION_CODE.EDE;
}

/** Whether a resolver says that it validated its answer by DNSSEC (AD). */
export function isValidated(packet: Packet): boolean {
  const header: Flagged = packet.header;
  return header.ad === 1;
}

function ofInternet(records: readonly DnsRecord[]): DnsRecord[] {
  return records.filter((record) => record.class === Packet.CLASS.IN);
}
