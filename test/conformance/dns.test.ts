import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../freePort.ts';
import { findProgram } from './programs.ts';
import { startSandbox } from './sandbox.ts';
import type { Sandbox } from './sandbox.ts';

const run = promisify(execFile);
const zone = 'contoso.com';

interface Server {
  readonly host: string;
  readonly port: number;
}

/** What `dig` read out of one answer. */
interface Reply {
  readonly status: string;
  readonly flags: readonly string[];
  /** Lines of the answer section, single blanks between their fields. */
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly output: string;
}

async function dig(server: Server, ...query: readonly string[]): Promise<Reply> {
  const { stdout } = await run(findProgram('dig') ?? 'dig', [
    `@${server.host}`,
    ...['-p', String(server.port), '+noall', '+comments', '+answer', '+authority', '+tries=1', ...query],
  ]);
  const section = (name: string): string[] => {
    const lines = new RegExp(`;; ${name} SECTION:\\n((?:[^;\\n].*\\n)+)`).exec(stdout)?.[1] ?? '';
    return lines
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/\s+/g, ' '));
  };
  return {
    status: /status: (\w+)/.exec(stdout)?.[1] ?? '',
    flags: (/flags: ([a-z ]*);/.exec(stdout)?.[1] ?? '').split(' '),
    answer: section('ANSWER'),
    authority: section('AUTHORITY'),
    output: stdout,
  };
}

describe('dig and unbound against the sandbox’s DNS server', () => {
  let sandbox: Sandbox;
  let authority: Server;

  before(async () => {
    sandbox = await startSandbox();
    authority = sandbox.line.dns;
  });
  after(() => sandbox.stop());

  const record = (name: string, value: string) => sandbox.console('records', { zone, name, value });

  describe('dig asks the authority', () => {
    it('gets a value with AA, without RA, under the name as it was asked', async () => {
      await record('wire', 'kiro-site-verification=00000000-0000-4000-8000-000000000001');
      const reply = await dig(authority, 'WiRe.Contoso.com', 'TXT');
      assert.equal(reply.status, 'NOERROR');
      assert.ok(reply.flags.includes('aa') && reply.flags.includes('qr') && !reply.flags.includes('ra'));
      const [line = ''] = reply.answer;
      assert.match(
        line,
        /^WiRe\.Contoso\.com\. \d+ IN TXT "kiro-site-verification=00000000-0000-4000-8000-000000000001"$/,
      );
    });

    it('tells a name that does not exist from one without the record, each with the SOA', async () => {
      const absent = await dig(authority, `absent.${zone}`, 'TXT');
      assert.equal(absent.status, 'NXDOMAIN');
      const empty = await dig(authority, `wire.${zone}`, 'MX');
      assert.equal(empty.status, 'NOERROR');
      for (const { answer, authority: lines, flags } of [absent, empty]) {
        assert.deepEqual(answer, []);
        assert.ok(flags.includes('aa'));
        assert.match(lines[0] ?? '', new RegExp(`^${zone}\\. \\d+ IN SOA ns1\\.${zone}\\. `));
      }
      const elsewhere = await dig(authority, 'example.org', 'TXT');
      assert.equal(elsewhere.status, 'REFUSED');
      assert.ok(!elsewhere.flags.includes('aa'));
    });

    it('names the zone’s servers and its SOA at the apex', async () => {
      const servers = await dig(authority, zone, 'NS');
      assert.deepEqual(
        servers.answer.map((line) => line.split(' ').at(-1)).sort(),
        [1, 2].map((n) => `ns${n}.${zone}.`),
      );
      assert.equal((await dig(authority, zone, 'SOA')).answer.length, 1);
    });

    it('gives a long value in strings of at most 255 octets', async () => {
      const long = 'x'.repeat(300);
      await record('long', long);
      const { answer } = await dig(authority, `long.${zone}`, 'TXT');
      const strings = [...(answer[0] ?? '').matchAll(/"([^"]*)"/g)].map(([, string = '']) => string);
      assert.deepEqual(
        strings.map((string) => string.length),
        [255, 45],
      );
      assert.equal(strings.join(''), long);
    });

    it('cuts off by TC what does not fit, and gives it whole by TCP', async () => {
      for (let n = 0; n < 10; n++) await record('many', `${n} ${'y'.repeat(180)}`);
      const cut = await dig(authority, `many.${zone}`, 'TXT', '+notcp', '+ignore', '+bufsize=512');
      assert.ok(cut.flags.includes('tc'));
      assert.ok(cut.answer.length < 10);
      const whole = await dig(authority, `many.${zone}`, 'TXT', '+bufsize=512');
      assert.match(whole.output, /Truncated, retrying in TCP mode/);
      assert.ok(!whole.flags.includes('tc'));
      assert.equal(whole.answer.length, 10);
    });
  });

  describe('unbound resolves what the authority serves', () => {
    let folder: string;
    let unbound: ChildProcess;
    let resolver: Server;

    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'conformance-'));
      resolver = { host: '127.0.0.1', port: await freePort() };
      await writeFile(join(folder, 'unbound.conf'), configuration(folder, { resolver, authority }));
      const program = findProgram('unbound') ?? 'unbound';
      unbound = spawn(program, ['-d', '-c', join(folder, 'unbound.conf')], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      await new Promise<void>((resolve, reject) => {
        let said = '';
        unbound.once('error', reject);
        unbound.once('exit', () => reject(new Error(said)));
        unbound.stderr?.on('data', (part: Buffer) => {
          said += part.toString();
          if (said.includes('start of service')) resolve();
        });
      });
    });
    after(async () => {
      const gone = once(unbound, 'exit');
      unbound.kill();
      await gone;
      await rm(folder, { recursive: true, force: true });
    });

    it('passes a value on, with RA and without AA, many records too', async () => {
      const reply = await dig(resolver, `wire.${zone}`, 'TXT');
      assert.equal(reply.status, 'NOERROR');
      assert.ok(reply.flags.includes('ra') && !reply.flags.includes('aa'));
      assert.match(reply.answer[0] ?? '', /"kiro-site-verification=[^"]+"$/);
      assert.equal((await dig(resolver, `many.${zone}`, 'TXT')).answer.length, 10);
    });

    it('remembers a name that did not exist for as long as the SOA says, as admins see it', async () => {
      const before = await dig(resolver, `late.${zone}`, 'TXT');
      assert.equal(before.status, 'NXDOMAIN');
      const [soa = ''] = before.authority;
      assert.ok(Number(soa.split(' ')[1]) > 0, soa);
      await record('late', 'here now');
      assert.equal((await dig(authority, `late.${zone}`, 'TXT')).answer.length, 1);
      assert.equal((await dig(resolver, `late.${zone}`, 'TXT')).status, 'NXDOMAIN');
    });

    it('remembers a value that is gone for no longer than its TTL', async () => {
      await record('gone', 'still here');
      const first = await dig(resolver, `gone.${zone}`, 'TXT');
      await sandbox.console('remove-record', { name: `gone.${zone}`, value: 'still here' });
      assert.equal((await dig(authority, `gone.${zone}`, 'TXT')).status, 'NXDOMAIN');
      const cached = await dig(resolver, `gone.${zone}`, 'TXT');
      const ttl = (reply: Reply) => Number(reply.answer[0]?.split(' ')[1]);
      assert.ok(ttl(cached) <= ttl(first) && ttl(cached) > 0);
    });
  });
});

/** unbound as a resolver of its own on one port, for one zone, with nothing of the machine's. */
function configuration(
  folder: string,
  { resolver, authority }: { resolver: Server; authority: Server },
): string {
  return `server:
  interface: ${resolver.host}
  port: ${resolver.port}
  do-ip6: no
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  module-config: "iterator"
  chroot: ""
  username: ""
  directory: "${folder}"
  pidfile: "${join(folder, 'unbound.pid')}"
  use-syslog: no
  verbosity: 1
remote-control:
  control-enable: no
stub-zone:
  name: "${zone}"
  stub-addr: ${authority.host}@${authority.port}
`;
}
