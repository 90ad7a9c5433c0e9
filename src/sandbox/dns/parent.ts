import { Packet } from 'dns2';
import type { DnsData } from '../state.ts';
import { settingsOf } from './extras.ts';
import { addressOf, parentServer, parkedServers } from './hosts.ts';
import { ancestors, canonical, inZone, isUndelegated } from './names.ts';
import { refer } from './referral.ts';
import { recordOf, rootSoa, soaRecord, txtRecord } from './wire.ts';
import type { Question, Resource } from './wire.ts';

const { TYPE, RCODE } = Packet;
const DAY = 86_400;
const HOST_TTL = 3600;

/**
 * Fills in the reply of the one server that stands for the root and every top-level domain: it refers to the name servers
 * that a zone is delegated to, which need not be those that serve it, and knows that no other name exists.
 */
export function answerAsParent(data: DnsData, question: Question, reply: Packet): void {
  const name = canonical(question.name);
  const delegated = ancestors(name)
    .reverse()
    .find((parent) => data.zones.has(parent));
  if (delegated !== undefined) {
    refer(reply, delegated, settingsOf(data, delegated).delegatedTo);
    return;
  }
  reply.header.aa = 1;
  const address = [...parkedServers, parentServer].includes(name) ? addressOf(name) : undefined;
  if (address !== undefined) {
    if (question.type === TYPE.A) reply.answers.push(recordOf(name, DAY, { type: 'A', value: address }));
    else reply.authorities.push(rootSoa());
    return;
  }
  if (isUndelegated(name)) {
    reply.header.rcode = RCODE.NXDOMAIN;
    reply.authorities.push(rootSoa());
    return;
  }
  const zone = name === '' ? '' : (name.split('.').at(-1) ?? '');
  const soa = zone === '' ? rootSoa() : topLevelSoa(zone);
  if (name !== zone) reply.header.rcode = RCODE.NXDOMAIN;
  else if (question.type === TYPE.SOA) reply.answers.push(soa);
  else if (question.type === TYPE.NS)
    reply.answers.push(recordOf(zone, DAY, { type: 'NS', value: parentServer }));
  if (reply.answers.length === 0) reply.authorities.push(soa);
}

/** Fills in the reply of a provider where zones are parked: it has an SPF record for each, and nothing below them. */
export function answerAsParked(data: DnsData, question: Question, reply: Packet): void {
  const name = canonical(question.name);
  const zone = parkedZone(data, name);
  if (zone === undefined) {
    reply.header.rcode = RCODE.REFUSED;
    return;
  }
  reply.header.aa = 1;
  const soa = soaRecord(zone, HOST_TTL, {
    primary: parkedServers[0] ?? '',
    admin: 'hostmaster.parked.example',
    serial: 7,
    minimum: HOST_TTL,
  });
  if (name !== zone) reply.header.rcode = RCODE.NXDOMAIN;
  else if (question.type === TYPE.SOA) reply.answers.push(soa);
  else if (question.type === TYPE.TXT)
    reply.answers.push(txtRecord(question.name, HOST_TTL, ['v=spf1 -all']));
  else if (question.type === TYPE.NS)
    for (const value of parkedServers) reply.answers.push(recordOf(zone, HOST_TTL, { type: 'NS', value }));
  if (reply.answers.length === 0) reply.authorities.push(soa);
}

/** The zone around a name that some parent delegates to the parking provider. */
function parkedZone(data: DnsData, name: string): string | undefined {
  const cuts = [...(data.extras?.records ?? [])].flatMap(([owner, records]) =>
    records.some(({ type, value }) => type === 'NS' && parkedServers.includes(value)) ? [owner] : [],
  );
  const zones = [...data.zones].filter((zone) =>
    settingsOf(data, zone).delegatedTo.some((host) => parkedServers.includes(host)),
  );
  return [...cuts, ...zones].filter((zone) => inZone(zone, name)).sort((a, b) => b.length - a.length)[0];
}

function topLevelSoa(zone: string): Resource {
  return soaRecord(zone, 900, { primary: parentServer, admin: `nstld.${zone}`, serial: 1, minimum: 900 });
}
