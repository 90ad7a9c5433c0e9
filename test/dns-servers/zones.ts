import type { DnsVerdictKind } from '../../src/guide/diagnosis/dnsVerdict.ts';

export const value = 'kiro-site-verification=3f0c1b7e-5a41-4c53-9a0e-1b8f5d2c7a90';
const other = 'kiro-site-verification=00000000-5a41-4c53-9a0e-1b8f5d2c7a90';
const label = 'kiro-app-1';

export const programs = ['bind', 'knot', 'nsd'] as const;
export type ProgramName = (typeof programs)[number];

/** Whom a zone can be delegated to: the programs, one behind a wall against TCP, and one that says nothing. */
export type ServerName = ProgramName | 'noTcp' | 'silent';

/** A zone as it is served: records by line of a zone file. */
export interface Zone {
  readonly serial?: number;
  readonly servers: readonly ServerName[];
  readonly lines: readonly string[];
  /** Signed by DNSSEC: with signatures that are over, or good ones. */
  readonly signed?: 'expired' | 'valid';
}

/** A domain as people get it wrong: what its parent says, what each server has, what the doctor has to say. */
export interface Case {
  readonly domain: string;
  readonly kind: DnsVerdictKind;
  readonly delegated: readonly ServerName[];
  readonly at: Partial<Readonly<Record<ProgramName, Zone>>>;
  /** TXT line that only this machine's resolver knows. */
  readonly inside?: string;
}

/** A TXT record as a line of a zone file; what is not plain is written in octets. */
export function txt(owner: string, ...strings: readonly string[]): string {
  const written = strings.map((string) => {
    const octets = [...Buffer.from(string)].map((octet) =>
      octet > 32 && octet < 127 && octet !== 34 && octet !== 92
        ? String.fromCharCode(octet)
        : `\\${String(octet).padStart(3, '0')}`,
    );
    return `"${octets.join('')}"`;
  });
  return `${owner} TXT ${written.join(' ')}`;
}

const many = Array.from({ length: 40 }, (_, n) => txt('@', `other-site-verification=${n}-${'x'.repeat(60)}`));

/** Mistakes that are one server's alone: made with each program. Names are relative to the domain, `%` stands for it. */
const alone: Readonly<Record<string, readonly [DnsVerdictKind, readonly string[]]>> = {
  healthy: ['public', [txt(label, value)]],
  apex: ['public', [txt('@', value), txt('@', 'v=spf1 -all')]],
  split: ['public', [txt(label, value.slice(0, 30), value.slice(30))]],
  many: ['public', [...many, txt('@', value)]],
  aliased: ['public', [`${label} CNAME verify`, txt('verify', value)]],
  besidewildcard: ['public', [txt('*', 'v=spf1 -all'), txt(label, value)]],
  missing: ['missing', [txt('@', 'v=spf1 -all')]],
  doubled: ['doubled', [txt(`${label}.%`, value)]],
  doubledapex: ['doubled', [txt('%', value)]],
  othername: ['otherName', [txt(`_${label}`, value)]],
  quotes: ['altered', [txt(label, `"${value}"`)]],
  typographic: ['altered', [txt(label, `“${value}”`)]],
  invisible: ['altered', [txt(label, `${value}\u200b`)]],
  nobreak: ['altered', [txt('@', `\u00a0${value}`)]],
  upper: ['altered', [txt(label, value.toUpperCase())]],
  noprefix: ['altered', [txt(label, value.split('=')[1] ?? '')]],
  stale: ['stale', [txt(label, other)]],
  cname: ['alias', [`${label} CNAME pages.example.test.`]],
  wildcard: ['wildcard', [txt('*', 'v=spf1 -all')]],
  childzone: ['childZone', [`${label} NS knot.servers.test.`, txt('@', 'v=spf1 -all')]],
};

function ofOne(server: ProgramName): Case[] {
  return Object.entries(alone).map(([name, [kind, lines]]) => {
    const domain = `${name}-${server}.test`;
    return {
      domain,
      kind,
      delegated: [server],
      at: { [server]: { servers: [server], lines: lines.map((line) => line.replaceAll('%', domain)) } },
    };
  });
}

const good = [txt(label, value)];

export const cases: readonly Case[] = [
  ...programs.flatMap(ofOne),
  {
    domain: 'everywhere.test',
    kind: 'public',
    delegated: programs,
    at: Object.fromEntries(programs.map((server) => [server, { servers: programs, lines: good }])),
  },
  {
    domain: 'disagree.test',
    kind: 'disagree',
    delegated: ['bind', 'knot'],
    at: {
      bind: { serial: 2, servers: ['bind', 'knot'], lines: good },
      knot: { serial: 1, servers: ['bind', 'knot'], lines: [] },
    },
  },
  ...programs.map((server): Case => ({
    domain: `lame-${server}.test`,
    kind: 'lame',
    delegated: [server],
    at: {},
  })),
  {
    domain: 'half-lame.test',
    kind: 'public',
    delegated: ['bind', 'nsd'],
    at: { bind: { servers: ['bind', 'nsd'], lines: good } },
  },
  {
    domain: 'half-dead.test',
    kind: 'public',
    delegated: ['silent', 'knot'],
    at: { knot: { servers: ['silent', 'knot'], lines: good } },
  },
  {
    domain: 'wrong-zone.test',
    kind: 'wrongZone',
    delegated: ['knot'],
    at: { knot: { servers: ['bind'], lines: [] }, bind: { servers: ['bind'], lines: good } },
  },
  {
    domain: 'alias-out.test',
    kind: 'public',
    delegated: ['bind'],
    at: { bind: { servers: ['bind'], lines: [`${label} CNAME ${label}.healthy-knot.test.`] } },
  },
  {
    domain: 'no-tcp.test',
    kind: 'truncated',
    delegated: ['noTcp'],
    at: { bind: { servers: ['noTcp'], lines: [...many, txt('@', value)] } },
  },
  {
    domain: 'inside.test',
    kind: 'internalOnly',
    delegated: ['bind'],
    at: { bind: { servers: ['bind'], lines: [] } },
    inside: `${label}.inside.test. 300 IN TXT "${value}"`,
  },
  { domain: 'silent.test', kind: 'unreachable', delegated: ['silent'], at: {} },
  {
    domain: 'signed.test',
    kind: 'public',
    delegated: ['bind'],
    at: { bind: { servers: ['bind'], lines: good, signed: 'valid' } },
  },
  {
    domain: 'bogus.test',
    kind: 'bogus',
    delegated: ['bind'],
    at: { bind: { servers: ['bind'], lines: good, signed: 'expired' } },
  },
];

/** A zone as a file. */
export function zoneFile({ serial = 1, servers, lines }: Zone): string {
  return [
    '$TTL 300',
    `@ SOA ${servers[0] ?? 'bind'}.servers.test. hostmaster.servers.test. ${serial} 900 300 86400 120`,
    ...servers.map((server) => `@ NS ${server}.servers.test.`),
    ...lines,
    '',
  ].join('\n');
}
