import { Packet } from 'dns2';
import type { DnsData } from '../state.ts';
import { scriptOf } from './extras.ts';
import { canonical, isUndelegated } from './names.ts';
import { refer } from './referral.ts';
import { recordOf, rootSoa, soaRecord, txtRecord, typeNumbers } from './wire.ts';
import type { Question, Resource } from './wire.ts';
import { contentOf, cutAbove, lookUp, zoneOf } from './zone.ts';
import type { Node, ZoneContent } from './zone.ts';

const { TYPE, RCODE } = Packet;
const HOST_TTL = 3600;
const LONGEST_CHAIN = 8;

/**
 * Fills in the reply of a server of the provider's: AA in its own zones, SOA with the negative TTL beside an empty answer, a
 * referral below a zone cut, aliases followed as far as its zones reach, REFUSED outside them, and NXDOMAIN in the root's
 * name for top-level names that do not exist. Owner names are in the asker's own spelling. `label` is the first of the
 * server's name, so that each server answers with what it holds.
 */
export function answerTo(data: DnsData, label: string, question: Question, reply: Packet): void {
  const asked = canonical(question.name);
  if (zoneOf(data, asked) === undefined) {
    reply.header.rcode = isUndelegated(asked) ? RCODE.NXDOMAIN : RCODE.REFUSED;
    if (!isUndelegated(asked)) return;
    reply.header.aa = 1;
    reply.authorities.push(rootSoa());
    return;
  }
  reply.header.aa = 1;
  let [name, owner] = [asked, question.name];
  for (let links = 0; links < LONGEST_CHAIN; links++) {
    const zone = contentAt(data, label, name);
    if (!zone) return;
    const cut = cutAbove(zone, name);
    if (cut) {
      if (links === 0) reply.header.aa = 0;
      refer(reply, cut.at, cut.hosts);
      return;
    }
    const node = lookUp(zone, name);
    const alias = node?.records.find(({ type }) => type === 'CNAME');
    if (alias && question.type !== TYPE.CNAME && question.type !== TYPE.ANY) {
      reply.answers.push(recordOf(owner, zone.ttl, alias));
      [name, owner] = [canonical(alias.value), alias.value];
      continue;
    }
    const found = node ? recordsAt(node, zone, owner, question.type) : [];
    reply.answers.push(...found);
    if (found.length === 0) reply.authorities.push(soaOf(zone, zone.apex, zone.negativeTtl));
    reply.header.rcode = node ? RCODE.NOERROR : RCODE.NXDOMAIN;
    return;
  }
}

function contentAt(data: DnsData, label: string, name: string): ZoneContent | undefined {
  const apex = zoneOf(data, name);
  return apex === undefined ? undefined : contentOf(data, apex, `${label}.${apex}`);
}

function recordsAt(node: Node, zone: ZoneContent, owner: string, type: number): Resource[] {
  const wants = (one: number): boolean => type === one || type === TYPE.ANY;
  const found: Resource[] = [];
  if (node.apex && wants(TYPE.SOA)) found.push(soaOf(zone, owner, HOST_TTL));
  if (node.apex && wants(TYPE.NS))
    for (const value of zone.nameServers) found.push(recordOf(owner, HOST_TTL, { type: 'NS', value }));
  for (const record of node.records)
    if (wants(typeNumbers[record.type])) found.push(recordOf(owner, zone.ttl, record));
  if (wants(TYPE.TXT)) for (const strings of node.txt) found.push(txtRecord(owner, zone.ttl, strings));
  return found;
}

function soaOf(
  { apex, serial, negativeTtl, nameServers }: ZoneContent,
  owner: string,
  ttl: number,
): Resource {
  return soaRecord(owner, ttl, {
    primary: nameServers[0] ?? `ns1.${apex}`,
    admin: `hostmaster.${apex}`,
    serial,
    minimum: negativeTtl,
  });
}

/** Whether a server is scripted to behave otherwise for the zone that a name lies in, and how. */
export function scriptFor(data: DnsData, label: string, name: string): ReturnType<typeof scriptOf> {
  const apex = zoneOf(data, name);
  return scriptOf(data, apex === undefined ? '' : `${label}.${apex}`);
}
