import { randomUUID } from 'node:crypto';
import type { DnsData } from '../state.ts';
import { changeScript, changeSettings, extrasOf, holdZone, putRecord, raiseSerial } from './extras.ts';
import { parkedServers } from './hosts.ts';
import { inZone } from './names.ts';

/** What an odd zone is made for: a verification value that should stand at a name of the zone. */
export interface OddZone {
  readonly zone: string;
  /** Full name. */
  readonly name: string;
  readonly value: string;
}

type Make = (data: DnsData, target: OddZone) => void;

const bothServers = ({ zone }: OddZone): string[] => [`ns1.${zone}`, `ns2.${zone}`];
const publish: Make = (data, { name, value }) => addTxt(data, name, [value]);

/** Zones as people get them wrong, by name; each begins with a zone that has nothing odd and no verification value. */
export const oddZones = {
  healthy: publish,
  missing: () => undefined,
  cname: (data, { zone, name }) => putRecord(data, name, { type: 'CNAME', value: `pages.${zone}` }),
  'cname-to-record': (data, { zone, name, value }) => {
    putRecord(data, name, { type: 'CNAME', value: `verify.${zone}` });
    addTxt(data, `verify.${zone}`, [value]);
  },
  'split-strings': (data, { name, value }) => addTxt(data, name, [value.slice(0, 20), value.slice(20)]),
  'wrong-zone': (data, target) => {
    publish(data, target);
    changeSettings(data, target.zone, { delegatedTo: [...parkedServers] });
  },
  lame: (data, target) => {
    publish(data, target);
    changeScript(data, `ns2.${target.zone}`, { answers: 'refused' });
  },
  'not-authoritative': (data, target) => {
    publish(data, target);
    changeScript(data, `ns2.${target.zone}`, { answers: 'notAuthoritative' });
  },
  'tcp-refused': (data, target) => {
    publish(data, target);
    const only = [`ns3.${target.zone}`];
    changeSettings(data, target.zone, { nameServers: only, delegatedTo: only });
    changeScript(data, `ns3.${target.zone}`, { truncates: true });
  },
  'tcp-silent': (data, target) => {
    publish(data, target);
    for (const host of bothServers(target)) changeScript(data, host, { truncates: true, tcp: 'silent' });
  },
  'many-records': (data, target) => {
    publish(data, target);
    for (let n = 1; n <= 25; n++)
      addTxt(data, target.name, [`other-site-verification=${'0123456789'.repeat(6)}${n}`]);
  },
  servfail: (data, target) => {
    publish(data, target);
    for (const host of bothServers(target)) changeScript(data, host, { answers: 'servfail' });
  },
  silence: (data, target) => {
    publish(data, target);
    for (const host of bothServers(target)) changeScript(data, host, { answers: 'silent' });
  },
  slow: (data, target) => {
    publish(data, target);
    for (const host of bothServers(target)) changeScript(data, host, { delayMs: 1000 });
  },
  'doubled-suffix': (data, { zone, name, value }) => addTxt(data, `${name}.${zone}`, [value]),
  'other-name': (data, { zone, name, value }) =>
    addTxt(data, name === zone ? `kiro-app-1.${zone}` : zone, [value]),
  wildcard: (data, { zone }) => addTxt(data, `*.${zone}`, ['v=spf1 -all']),
  disagreeing: (data, target) => {
    holdZone(data, `ns2.${target.zone}`, target.zone);
    publish(data, target);
  },
  'stale-token': (data, { name }) => addTxt(data, name, [`kiro-site-verification=${randomUUID()}`]),
  quotes: (data, { name, value }) => addTxt(data, name, [`"${value}"`]),
  invisible: (data, { name, value }) => addTxt(data, name, [`${value}\u200b`]),
  'child-zone': (data, target) => {
    publish(data, target);
    for (const value of parkedServers) putRecord(data, target.name, { type: 'NS', value });
  },
  'split-horizon': (data, { name, value }) => void extrasOf(data).internal.set(name, [[value]]),
} as const satisfies Record<string, Make>;

export type OddZoneName = keyof typeof oddZones;
export const oddZoneNames = Object.keys(oddZones) as OddZoneName[];

/** Makes a zone odd in one way, and in no other. */
export function makeOddZone(data: DnsData, name: OddZoneName, target: OddZone): void {
  clearOddities(data, target.zone);
  oddZones[name](data, target);
  raiseSerial(data, target.zone);
}

/** Takes everything odd off a zone, and every verification value of Kiro's. */
export function clearOddities(data: DnsData, zone: string): void {
  const { settings, servers, records, internal } = extrasOf(data);
  const serial = settings.get(zone)?.serial;
  settings.delete(zone);
  if (serial !== undefined) changeSettings(data, zone, { serial });
  for (const host of [...servers.keys()])
    if (/^ns\d\./.test(host) && host.slice(4) === zone) servers.delete(host);
  for (const map of [records, internal])
    for (const name of [...map.keys()]) if (inZone(zone, name)) map.delete(name);
  for (const [name, all] of [...data.txt]) {
    if (!inZone(zone, name)) continue;
    const left = all.filter((strings) => !isMade(strings.join('')));
    if (left.length === 0) data.txt.delete(name);
    else data.txt.set(name, left);
  }
  if (data.txt.get(`*.${zone}`)?.[0]?.[0] === 'v=spf1 -all') data.txt.delete(`*.${zone}`);
}

function isMade(value: string): boolean {
  return /^"?kiro-site-verification=/.test(value) || value.startsWith('other-site-verification=');
}

function addTxt(data: DnsData, name: string, strings: string[]): void {
  data.txt.set(name, [...(data.txt.get(name) ?? []), strings]);
}
