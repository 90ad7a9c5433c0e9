import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import type { SandboxState } from '../state.ts';
import {
  changeScript,
  changeSettings,
  extrasOf,
  holdZone,
  putRecord,
  raiseSerial,
  settingsOf,
} from './extras.ts';
import { canonical } from './names.ts';
import { makeOddZone, oddZoneNames } from './oddZones.ts';
import type { DnsServer } from './server.ts';
import { zoneOf } from './zone.ts';

const name = v.pipe(v.string(), v.minLength(1), v.transform(canonical));
const host = v.pipe(
  name,
  v.check((one) => /^ns[123]\../.test(one), 'a name server ns1, ns2 or ns3 of a zone'),
);
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(604_800));

const schema = v.variant('do', [
  v.strictObject({ do: v.literal('addZone'), zone: name }),
  v.strictObject({
    do: v.literal('zone'),
    zone: name,
    ttl: v.optional(seconds),
    negativeTtl: v.optional(seconds),
    serial: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295))),
    nameServers: v.optional(v.array(name)),
    delegatedTo: v.optional(v.array(name)),
  }),
  v.strictObject({
    do: v.literal('server'),
    host,
    answers: v.optional(v.picklist(['normal', 'refused', 'servfail', 'notAuthoritative', 'silent'])),
    truncates: v.optional(v.boolean()),
    tcp: v.optional(v.picklist(['open', 'silent', 'reset'])),
    delayMs: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(60_000))),
    /** Keeps the zone as it is now, or follows it again. */
    holds: v.optional(v.boolean()),
  }),
  v.strictObject({ do: v.literal('txt'), name, strings: v.array(v.string()) }),
  v.strictObject({ do: v.literal('record'), name, type: v.picklist(['A', 'CNAME', 'NS']), value: name }),
  v.strictObject({ do: v.literal('remove'), name }),
  v.strictObject({ do: v.literal('internal'), name, strings: v.array(v.string()) }),
  v.strictObject({
    do: v.literal('preset'),
    preset: v.picklist(oddZoneNames),
    zone: name,
    /** Full name; the prefix of the guide unless told. */
    name: v.optional(name),
    value: v.optional(v.string()),
  }),
  v.strictObject({ do: v.literal('emptyCache') }),
]);

/** One change of the DNS, as `POST /dns` takes it. */
export type DnsStep = v.InferOutput<typeof schema>;

/** Reads and makes one change. Throws where it can't be read; false when it names a zone that is not there. */
export function changeDns(state: SandboxState, server: DnsServer, given: unknown): boolean {
  const step = v.parse(schema, given);
  const data = state.dns;
  if (step.do === 'emptyCache') {
    server.cache.clear();
    return true;
  }
  if (step.do === 'addZone') {
    data.zones.add(step.zone);
    return true;
  }
  const zone = zoneOf(data, 'zone' in step ? step.zone : 'host' in step ? step.host.slice(4) : step.name);
  if (zone === undefined || ('zone' in step && step.zone !== zone)) return false;
  change(state, zone, step);
  return true;
}

function change(
  state: SandboxState,
  zone: string,
  step: Exclude<DnsStep, { do: 'addZone' | 'emptyCache' }>,
): void {
  const data = state.dns;
  switch (step.do) {
    case 'zone': {
      const { ttl, negativeTtl, serial, nameServers, delegatedTo } = step;
      changeSettings(data, zone, defined({ ttl, negativeTtl, serial, nameServers, delegatedTo }));
      return;
    }
    case 'server': {
      const { host: server, holds, answers, truncates, tcp, delayMs } = step;
      changeScript(data, server, defined({ answers, truncates, tcp, delayMs }));
      if (holds === true) holdZone(data, server, zone);
      else if (holds === false) changeScript(data, server, { held: undefined });
      return;
    }
    case 'txt':
      data.txt.set(step.name, [...(data.txt.get(step.name) ?? []), step.strings]);
      break;
    case 'record':
      putRecord(data, step.name, { type: step.type, value: step.value });
      break;
    case 'remove':
      data.txt.delete(step.name);
      data.extras?.records.delete(step.name);
      data.extras?.internal.delete(step.name);
      break;
    case 'internal':
      extrasOf(data).internal.set(step.name, [step.strings]);
      break;
    case 'preset': {
      const owner = step.name ?? `kiro-app-1.${zone}`;
      makeOddZone(data, step.preset, { zone, name: owner, value: step.value ?? valueFor(state, owner) });
      return;
    }
  }
  raiseSerial(data, zone);
}

/** The verification value that Kiro gave out for a name or its parent; any other where there is none. */
export function valueFor(state: SandboxState, owner: string): string {
  const domains = [...(state.kiro.profile?.domains ?? [])].sort((a, b) => b.name.length - a.name.length);
  const domain = domains.find((one) => owner === one.name || owner.endsWith(`.${one.name}`));
  return domain?.verificationValue ?? `kiro-site-verification=${randomUUID()}`;
}

/** Everything about the DNS, for people and tests. */
export function dnsView(state: SandboxState, server: DnsServer): Record<string, unknown> {
  const { zones, txt, extras } = state.dns;
  return {
    resolver: server.resolver,
    internal: server.internal,
    addresses: server.addresses,
    zones: Object.fromEntries([...zones].map((zone) => [zone, settingsOf(state.dns, zone)])),
    txt: Object.fromEntries(txt),
    records: Object.fromEntries(extras?.records ?? []),
    servers: Object.fromEntries(
      [...(extras?.servers ?? [])].map(([one, { held, ...rest }]) => [
        one,
        { ...rest, holds: held?.serial ?? null },
      ]),
    ),
    internalTxt: Object.fromEntries(extras?.internal ?? []),
    cache: server.cache.list(),
  };
}

/** What was given, without the keys that were not. */
function defined<T extends object>(changes: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(changes).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
