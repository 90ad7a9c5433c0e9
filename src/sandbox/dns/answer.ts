import { Packet } from 'dns2';
import type DNS from 'dns2';
import type { DnsData } from '../state.ts';
import { isUndelegated, lookUp, nameServers, NEGATIVE_TTL, TTL, zoneOf } from './zone.ts';
import type { Node } from './zone.ts';

type Resource = DNS.Packet.Resource;
const { TYPE, CLASS, RCODE } = Packet;

/** Payload that this server takes over UDP; small enough never to be fragmented (DNS flag day 2020). */
const UDP_PAYLOAD = 1232;

/**
 * Answers one query as an authoritative server: AA in its own zones, SOA with the negative TTL beside an empty answer,
 * REFUSED outside them, and NXDOMAIN in the root's name for top-level names that do not exist. Answers carry the owner
 * name in the asker's own spelling.
 */
export function answerTo(data: DnsData, request: Packet): Packet {
  const response = Packet.createResponseFromRequest(request);
  const opt = request.additionals.find((one) => one.type === TYPE.EDNS);
  if (opt) response.additionals.push(Packet.Resource.EDNS([], { udpPayloadSize: UDP_PAYLOAD }));
  const [question] = request.questions;
  const fail = (rcode: number): Packet => {
    response.header.rcode = rcode;
    return response;
  };
  if (request.header.opcode !== 0) return fail(RCODE.NOTIMP);
  if (!question || request.questions.length !== 1 || request.errors.length > 0) return fail(RCODE.FORMERR);
  if ((opt?.version ?? 0) !== 0) return fail(RCODE.BADVERS);
  if (question.class !== CLASS.IN || question.type === TYPE.AXFR) return fail(RCODE.REFUSED);

  const zone = zoneOf(data, question.name);
  if (zone === undefined) {
    if (!isUndelegated(question.name)) return fail(RCODE.REFUSED);
    response.header.aa = 1;
    response.authorities.push(soa('', 86_400));
    return fail(RCODE.NXDOMAIN);
  }
  response.header.aa = 1;
  const node = lookUp(data, zone, question.name);
  response.answers.push(...(node ? records(node, zone, question) : []));
  if (response.answers.length === 0) response.authorities.push(soa(zone, NEGATIVE_TTL));
  return fail(node ? RCODE.NOERROR : RCODE.NXDOMAIN);
}

function records(node: Node, zone: string, question: DNS.Packet.Question): Resource[] {
  const wants = (type: number): boolean => question.type === type || question.type === TYPE.ANY;
  const at = (type: number, ttl: number, rest: Partial<Resource>): Resource =>
    new Packet.Resource({ name: question.name, class: CLASS.IN, type, ttl, ...rest });
  const found: Resource[] = [];
  if (node.apex && wants(TYPE.SOA)) found.push(soa(zone, 3600, question.name));
  if (node.apex && wants(TYPE.NS)) for (const ns of nameServers(zone)) found.push(at(TYPE.NS, 3600, { ns }));
  if (node.address !== undefined && wants(TYPE.A)) found.push(at(TYPE.A, 3600, { address: node.address }));
  if (wants(TYPE.TXT))
    for (const strings of node.txt)
      found.push(at(TYPE.TXT, TTL, { data: strings.flatMap(characterStrings) }));
  return found;
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

function soa(zone: string, ttl: number, owner = zone): Resource {
  const root = zone === '';
  return new Packet.Resource({
    name: owner,
    type: TYPE.SOA,
    class: CLASS.IN,
    ttl,
    primary: root ? 'a.root-servers.net' : `ns1.${zone}`,
    admin: root ? 'nstld.verisign-grs.com' : `hostmaster.${zone}`,
    serial: 1,
    refresh: 7200,
    retry: 900,
    expiration: 1_209_600,
    minimum: root ? 86_400 : NEGATIVE_TTL,
  });
}
