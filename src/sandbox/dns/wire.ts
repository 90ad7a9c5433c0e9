import { Packet } from 'dns2';
import type DNS from 'dns2';
import type { DnsRecord } from '../state.ts';

export type Resource = DNS.Packet.Resource;
export type Question = DNS.Packet.Question;

const { TYPE, CLASS } = Packet;

/** Payload that the sandbox's servers take over UDP; small enough never to be fragmented (DNS flag day 2020). */
export const UDP_PAYLOAD = 1232;

/** Numbers of the types that a zone can hold beside TXT and SOA. */
export const typeNumbers: Readonly<Record<DnsRecord['type'], number>> = {
  A: TYPE.A,
  CNAME: TYPE.CNAME,
  NS: TYPE.NS,
};

/** A reply to be filled: the question repeated, and an OPT record where the query had one (RFC 6891). */
export function replyTo(request: Packet): Packet {
  const reply = Packet.createResponseFromRequest(request);
  if (optOf(request)) reply.additionals.push(Packet.Resource.EDNS([], { udpPayloadSize: UDP_PAYLOAD }));
  return reply;
}

export function optOf(packet: Packet): Resource | undefined {
  return packet.additionals.find((one) => one.type === TYPE.EDNS);
}

/** The RCODE of a query that no server of the sandbox takes; undefined for one that can be answered. */
export function faultOf(request: Packet): number | undefined {
  const { RCODE } = Packet;
  const [question] = request.questions;
  if (request.header.opcode !== 0) return RCODE.NOTIMP;
  if (!question || request.questions.length !== 1 || request.errors.length > 0) return RCODE.FORMERR;
  if ((optOf(request)?.version ?? 0) !== 0) return RCODE.BADVERS;
  if (question.class !== CLASS.IN || question.type === TYPE.AXFR) return RCODE.REFUSED;
  return undefined;
}

/** Bytes that a reply may have over UDP: what the asker takes, at least 512, at most what is never fragmented. */
export function limitOf(request: Packet): number {
  return Math.min(Math.max(optOf(request)?.class ?? 512, 512), UDP_PAYLOAD);
}

/** A reply without its records, cut off: the asker is to come by TCP (RFC 2181, section 9). */
export function cutOff(reply: Packet): Packet {
  const cut = new Packet();
  cut.header = new Packet.Header(reply.header);
  cut.header.tc = 1;
  cut.questions = [...reply.questions];
  cut.additionals = reply.additionals.filter((one) => one.type === TYPE.EDNS);
  return cut;
}

export function txtRecord(name: string, ttl: number, strings: readonly string[]): Resource {
  return new Packet.Resource({
    name,
    class: CLASS.IN,
    type: TYPE.TXT,
    ttl,
    data: strings.flatMap(characterStrings),
  });
}

export function recordOf(name: string, ttl: number, { type, value }: DnsRecord): Resource {
  const rdata = { A: { address: value }, CNAME: { domain: value }, NS: { ns: value } }[type];
  return new Packet.Resource({ name, class: CLASS.IN, type: typeNumbers[type], ttl, ...rdata });
}

/** A start of authority; its TTL beside a missing name is the negative one (RFC 2308, section 3). */
export function soaRecord(
  owner: string,
  ttl: number,
  zone: { primary: string; admin: string; serial: number; minimum: number },
): Resource {
  return new Packet.Resource({
    name: owner,
    type: TYPE.SOA,
    class: CLASS.IN,
    ttl,
    refresh: 7200,
    retry: 900,
    expiration: 1_209_600,
    ...zone,
  });
}

/** The root's SOA, as it stands beside a top-level name that does not exist. */
export function rootSoa(): Resource {
  const day = 86_400;
  return soaRecord('', day, {
    primary: 'a.root-servers.net',
    admin: 'nstld.verisign-grs.com',
    serial: 1,
    minimum: day,
  });
}

/** A character-string holds at most 255 octets; longer text goes on in the next one. */
function characterStrings(text: string): string[] {
  if (Buffer.byteLength(text) <= 255) return [text];
  const parts: string[] = [];
  let part = '';
  for (const character of text) {
    if (Buffer.byteLength(part + character) > 255) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}
