import assert from 'node:assert/strict';
import { askResolver } from '../../../src/dns/answers.ts';
import { createInquiry } from '../../../src/dns/inquiry.ts';
import { lookUpDomain } from '../../../src/dns/lookUpDomain.ts';
import type { NameServers } from '../../../src/dns/servers.ts';
import type { Connection } from '../../../src/engine/connection.ts';
import { parseSandboxLine } from '../../../src/engine/sandboxLine.ts';
import { nameServersOf } from '../../../src/engine/whereTo.ts';
import { dnsVerdict, type DnsVerdictKind } from '../../../src/guide/diagnosis/dnsVerdict.ts';
import { startSandboxProcess } from '../entra/sandboxProcess.ts';

const zone = 'contoso.com';
const value = 'kiro-site-verification=0b8f5c3e-7d0a-4f7e-9a51-6c2d1e8f4a90';

/** What the doctor says of each of the sandbox's zones as people get them wrong. */
const expected: Readonly<Record<string, DnsVerdictKind>> = {
  healthy: 'public',
  'cname-to-record': 'public',
  'split-strings': 'public',
  'many-records': 'public',
  lame: 'public',
  'not-authoritative': 'public',
  // The record at the domain itself counts as well.
  'other-name': 'public',
  missing: 'missing',
  cname: 'alias',
  'wrong-zone': 'parked',
  'tcp-refused': 'truncated',
  'tcp-silent': 'truncated',
  servfail: 'broken',
  silence: 'unreachable',
  'doubled-suffix': 'doubled',
  wildcard: 'wildcard',
  disagreeing: 'disagree',
  'stale-token': 'stale',
  quotes: 'altered',
  invisible: 'altered',
  'child-zone': 'childZone',
  'split-horizon': 'internalOnly',
  // Last, because resolvers go on asking slow servers after everybody has stopped listening.
  slow: 'public',
};

describe('The DNS doctor in the sandbox', () => {
  let sandbox: Awaited<ReturnType<typeof startSandboxProcess>>;
  let servers: NameServers;

  before(async () => {
    sandbox = await startSandboxProcess();
    const endpoints = parseSandboxLine(JSON.stringify(sandbox.line));
    servers = nameServersOf({ kind: 'sandbox', endpoints } as Connection, undefined);
  });
  after(() => sandbox.end());

  async function change(step: Readonly<Record<string, unknown>>): Promise<void> {
    const response = await fetch(`${sandbox.line.control}/dns`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(step),
    });
    assert.ok(response.ok, await response.text());
  }
  const look = (name = zone) => lookUpDomain({ name, value, servers, now: Date.now });
  const verdict = async () => dnsVerdict(zone, value, await look());

  it('waits while a resolver remembers that the record was missing, and says until when', async () => {
    await change({ do: 'emptyCache' });
    await change({ do: 'preset', preset: 'missing', zone });
    const [resolver] = servers.resolvers;
    const before = await look();
    assert.ok(!before.answers.some(({ server }) => server.role === 'public'), 'It must not ask before.');
    const inquiry = createInquiry(servers, AbortSignal.timeout(2000), new Map());
    assert.equal((await askResolver(resolver!, `kiro-app-1.${zone}`, inquiry)).outcome, 'nxdomain');
    await change({ do: 'preset', preset: 'healthy', zone, value });
    const seen = await verdict();
    assert.equal(seen.kind, 'remembered');
    assert.ok(seen.until !== undefined && seen.until > Date.now());
  });

  it('knows a domain that nobody registered', async () => {
    const { zone: found } = await look('nobody-registered-this.com');
    assert.equal(found?.exists, false);
  });

  for (const [preset, kind] of Object.entries(expected)) {
    it(`says ${kind} of the zone “${preset}”`, async () => {
      await change({ do: 'emptyCache' });
      await change({ do: 'preset', preset, zone, value });
      assert.equal((await verdict()).kind, kind);
    });
  }
});
