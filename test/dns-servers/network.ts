import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ask } from '../../src/dns/ask.ts';
import type { DnsServer, NameServers } from '../../src/dns/servers.ts';
import { findProgram } from '../conformance/programs.ts';
import { freePort } from '../freePort.ts';
import { cases, programs, zoneFile, type ProgramName, type ServerName, type Zone } from './zones.ts';

const run = promisify(execFile);
/** Addresses that delegations name (RFC 5737); what listens for them is on this machine. */
const addresses: Readonly<Record<ServerName | 'parent', string>> = {
  bind: '192.0.2.1',
  knot: '192.0.2.2',
  nsd: '192.0.2.3',
  noTcp: '192.0.2.4',
  silent: '192.0.2.5',
  parent: '192.0.2.53',
};
type Listener = keyof typeof addresses | 'unbound' | 'inside';

/** Authorities and resolvers of other people, on loopback. */
export interface Network extends AsyncDisposable {
  readonly servers: NameServers;
  /** Rewrites a zone of BIND's and has it loaded; answers when it is served. */
  publish(domain: string, zone: Zone): Promise<void>;
}

/** Starts BIND, Knot and NSD as authorities, BIND as their parent too, and Unbound twice as a resolver. */
export async function startNetwork(): Promise<Network> {
  const folder = await mkdtemp(join(tmpdir(), 'dns-servers-'));
  const listeners: readonly Listener[] = [...programs, 'parent', 'noTcp', 'silent', 'unbound', 'inside'];
  const ports = Object.fromEntries(
    await Promise.all(listeners.map(async (name) => [name, await freePort()])),
  ) as Record<Listener, number>;
  const children: ChildProcess[] = [];
  const sockets: Socket[] = [];
  const place = (name: Listener) => ({ address: '127.0.0.1', port: ports[name] });
  const server = (name: Listener, role: DnsServer['role']): DnsServer => ({ role, name, at: place(name) });
  async function dispose(): Promise<void> {
    for (const socket of sockets) socket.close();
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const gone = once(child, 'exit');
        child.kill('SIGKILL');
        await gone;
      }),
    );
    await rm(folder, { recursive: true, force: true });
  }
  try {
    const anchors = await writeZones(folder);
    await writeFile(join(folder, 'parent.zone'), parentZone());
    const parent = [['test', join(folder, 'parent.zone')]] as const;
    children.push(
      start('named', ['-g', '-c', await bindConfig(folder, 'parent', ports.parent, parent)]),
      start('named', ['-g', '-c', await bindConfig(folder, 'bind', ports.bind, zonesOf(folder, 'bind'))]),
      start('knotd', ['-c', await knotConfig(folder, ports.knot)]),
      start('nsd', ['-d', '-c', await nsdConfig(folder, ports.nsd)]),
      start('unbound', ['-d', '-c', await unboundConfig(folder, 'unbound', ports, anchors)]),
      start('unbound', ['-d', '-c', await unboundConfig(folder, 'inside', ports, [])]),
    );
    sockets.push(await forwardUdp(ports.noTcp, ports.bind), await forwardUdp(ports.silent, undefined));
    await Promise.all([
      ...programs.map((name) => served(server(name, 'authoritative'), `healthy-${name}.test`)),
      served(server('parent', 'authoritative'), 'test'),
      served(server('unbound', 'public'), 'test'),
      served(server('inside', 'system'), 'test'),
    ]);
  } catch (error) {
    await dispose();
    throw error;
  }
  const byAddress = new Map(Object.entries(addresses).map(([name, address]) => [address, name as Listener]));
  return {
    servers: {
      resolvers: [server('unbound', 'public')],
      overHttps: [],
      system: [server('inside', 'system')],
      locate: (address) => {
        const name = byAddress.get(address);
        return name && place(name);
      },
    },
    async publish(domain, zone) {
      await writeFile(join(folder, 'bind', `${domain}.zone`), zoneFile(zone));
      children[1]?.kill('SIGHUP');
      await served(server('bind', 'authoritative'), domain, zone.serial);
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Writes every zone of every program; answers with the keys of those that are signed, for the resolver to trust. */
async function writeZones(folder: string): Promise<string[]> {
  const anchors: string[] = [];
  for (const program of programs) {
    const home = join(folder, program);
    await mkdir(home);
    for (const { domain, at } of cases) {
      const zone = at[program];
      if (!zone) continue;
      await writeFile(join(home, `${domain}.zone`), zoneFile(zone));
      if (zone.signed) anchors.push(await sign(home, domain, zone.signed));
    }
  }
  return anchors;
}

async function sign(home: string, domain: string, how: NonNullable<Zone['signed']>): Promise<string> {
  const tool = (name: 'dnssec-keygen' | 'dnssec-signzone') => findProgram(name) ?? name;
  const options = { cwd: home };
  const made = await run(
    tool('dnssec-keygen'),
    ['-q', '-a', 'ECDSAP256SHA256', '-f', 'KSK', domain],
    options,
  );
  const key = made.stdout.trim();
  const file = `${domain}.zone`;
  const end = how === 'expired' ? ['-s', '20200101000000', '-e', '20200201000000'] : [];
  await run(tool('dnssec-signzone'), ['-S', '-P', '-z', ...end, '-o', domain, '-f', file, file], options);
  const lines = (await readFile(join(home, `${key}.key`), 'utf8')).split('\n');
  return lines.find((line) => line.includes('DNSKEY')) ?? '';
}

function parentZone(): string {
  return [
    '$TTL 300',
    '@ SOA parent.servers.test. hostmaster.servers.test. 1 900 300 86400 120',
    '@ NS parent.servers.test.',
    ...Object.entries(addresses).map(([name, address]) => `${name}.servers A ${address}`),
    ...[...cases, { domain: 'late.test', delegated: ['bind'] as const }].flatMap(({ domain, delegated }) =>
      delegated.map((name) => `${domain}. NS ${name}.servers.test.`),
    ),
    '',
  ].join('\n');
}

type ZoneFiles = readonly (readonly [zone: string, file: string])[];

function zonesOf(folder: string, program: ProgramName): ZoneFiles {
  const own = cases.filter(({ at }) => at[program]).map(({ domain }) => domain);
  const all = program === 'bind' ? [...own, 'late.test'] : own;
  return all.map((zone) => [zone, join(folder, program, `${zone}.zone`)] as const);
}

async function bindConfig(folder: string, name: string, port: number, zones: ZoneFiles): Promise<string> {
  const home = join(folder, `named-${name}`);
  await mkdir(home);
  if (name === 'bind')
    await writeFile(join(folder, 'bind', 'late.test.zone'), zoneFile({ servers: ['bind'], lines: [] }));
  const config = join(home, 'named.conf');
  await writeFile(
    config,
    `options { directory "${home}"; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion no;
      pid-file "${home}/named.pid"; session-keyfile "${home}/session.key"; notify no; dnssec-validation no; };
controls {};
${zones.map(([zone, file]) => `zone "${zone}" { type primary; file "${file}"; check-names ignore; };`).join('\n')}
`,
  );
  return config;
}

async function knotConfig(folder: string, port: number): Promise<string> {
  const home = join(folder, 'knot');
  const config = join(home, 'knot.conf');
  const zones = zonesOf(folder, 'knot').map(([zone, file]) => `  - domain: ${zone}\n    file: ${file}`);
  await writeFile(
    config,
    `server:
  rundir: ${home}
  listen: 127.0.0.1@${port}
database:
  storage: ${home}
log:
  - target: stderr
    any: error
template:
  - id: default
    zonefile-sync: -1
    journal-content: none
    semantic-checks: soft
zone:
${zones.join('\n')}
`,
  );
  return config;
}

async function nsdConfig(folder: string, port: number): Promise<string> {
  const home = join(folder, 'nsd');
  const config = join(home, 'nsd.conf');
  const zones = zonesOf(folder, 'nsd').map(
    ([zone, file]) => `zone:\n  name: "${zone}"\n  zonefile: "${file}"`,
  );
  await writeFile(
    config,
    `server:
  ip-address: 127.0.0.1
  port: ${port}
  username: ""
  chroot: ""
  zonesdir: "${home}"
  database: ""
  pidfile: "${home}/nsd.pid"
  xfrdfile: "${home}/xfrd.state"
  zonelistfile: "${home}/zone.list"
  xfrdir: "${home}"
  rrl-ratelimit: 0
  server-count: 1
remote-control:
  control-enable: no
${zones.join('\n')}
`,
  );
  return config;
}

async function unboundConfig(
  folder: string,
  name: 'unbound' | 'inside',
  ports: Readonly<Record<Listener, number>>,
  anchors: readonly string[],
): Promise<string> {
  const stub = (zone: string, to: readonly number[]) =>
    `stub-zone:\n  name: "${zone}"\n${to.map((port) => `  stub-addr: 127.0.0.1@${port}\n`).join('')}`;
  const inside = cases.flatMap((one) => (name === 'inside' ? (one.inside ?? []) : []));
  const config = join(folder, `${name}.conf`);
  await writeFile(
    config,
    `server:
  interface: 127.0.0.1
  port: ${ports[name]}
  do-ip6: no
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  local-zone: "test." nodefault
  module-config: "validator iterator"
  ede: yes
  chroot: ""
  username: ""
  directory: "${folder}"
  pidfile: "${join(folder, `${name}.pid`)}"
  use-syslog: no
${anchors.map((anchor) => `  trust-anchor: "${anchor.replace(/\s+/g, ' ')}"\n`).join('')}${inside
      .map((line) => `  local-data: '${line}'\n`)
      .join('')}remote-control:
  control-enable: no
${stub('test', [ports.parent])}
${[...cases, { domain: 'late.test', delegated: ['bind'] as const }]
  .map(({ domain, delegated }) =>
    stub(
      domain,
      delegated.map((one) => ports[one]),
    ),
  )
  .join('\n')}
`,
  );
  return config;
}

function start(name: 'named' | 'knotd' | 'nsd' | 'unbound', args: readonly string[]): ChildProcess {
  return spawn(findProgram(name) ?? name, args, { stdio: ['ignore', 'ignore', 'ignore'] });
}

/** Answers as soon as a server answers for a zone, in this version where one is named. */
async function served(server: DnsServer, zone: string, serial?: number): Promise<void> {
  const limit = AbortSignal.timeout(20_000);
  while (!limit.aborted) {
    const { received } = await ask(server, { name: zone, type: 'SOA' }, limit);
    const soa = 'reply' in received ? received.reply.answers[0] : undefined;
    if (soa !== undefined && (serial === undefined || soa.serial === serial)) return;
    // A server that is not there yet says so at once: give it the processor.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${server.name} does not serve ${zone}.`);
}

/** Passes datagrams on to a server and its answers back, and nothing over TCP; with nowhere to pass them on, it is silent. */
async function forwardUdp(port: number, to: number | undefined): Promise<Socket> {
  const front = createSocket('udp4');
  front.on('message', (bytes, from) => {
    if (to === undefined) return;
    const back = createSocket('udp4');
    back.once('message', (answer) => front.send(answer, from.port, from.address, () => back.close()));
    back.send(bytes, to, '127.0.0.1');
    back.unref();
  });
  front.bind(port, '127.0.0.1');
  await once(front, 'listening');
  return front;
}
