import assert from 'node:assert/strict';
import { Resolver } from 'node:dns/promises';
import { changeSettings } from '../../../src/sandbox/dns/extras.ts';
import { startDnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsServer } from '../../../src/sandbox/dns/server.ts';
import type { DnsData } from '../../../src/sandbox/state.ts';
import { askTcp, askUdp, RCODE, textsOf, TYPE } from './dnsClient.ts';

describe('sandbox DNS resolver', () => {
  let data: DnsData;
  let server: DnsServer;
  let now: number;
  const name = 'kiro-app-1.contoso.com';
  const recursive = { rd: true };

  beforeEach(async () => {
    now = Date.parse('2026-11-24T05:00:00Z');
    data = {
      zones: new Set(['contoso.com', 'sub.contoso.com', 'contoso.net']),
      txt: new Map([['contoso.com', [['v=spf1 -all']]]]),
    };
    server = await startDnsServer(data, { now: () => now, patience: 150 });
  });
  afterEach(() => server.close());

  it('finds a record from the root down, for a client of other people’s too', async () => {
    data.txt.set('deep.sub.contoso.com', [['two ', 'strings']]);
    const client = new Resolver();
    client.setServers([`127.0.0.1:${server.resolver.port}`]);
    assert.deepEqual(await client.resolveTxt('deep.sub.contoso.com'), [['two ', 'strings']]);
    assert.deepEqual((await client.resolveNs('contoso.net')).sort(), ['ns1.contoso.net', 'ns2.contoso.net']);
    await assert.rejects(client.resolveTxt('missing.contoso.com'), { code: 'ENOTFOUND' });
    await assert.rejects(client.resolveTxt('contoso.net'), { code: 'ENODATA' });
    await assert.rejects(client.resolveTxt('corp.local'), { code: 'ENOTFOUND' });
    const answer = await askUdp(server.resolver, 'contoso.com', TYPE.TXT, recursive);
    assert.deepEqual([answer?.header.ra, answer?.header.aa, answer?.header.rd], [1, 0, 1]);
  });

  it('keeps "no such name" as long as the SOA says, and not a second longer', async () => {
    changeSettings(data, 'contoso.com', { negativeTtl: 900 });
    const ask = async () => askUdp(server.resolver, name, TYPE.TXT, recursive);
    const first = await ask();
    assert.equal(first?.header.rcode, RCODE.NXDOMAIN);
    assert.deepEqual([first?.authorities[0]?.ttl, first?.authorities[0]?.minimum], [900, 900]);
    data.txt.set(name, [['there']]);
    assert.deepEqual(textsOf(await askUdp({ host: '127.0.0.1', port: server.port }, name, TYPE.TXT)), [
      'there',
    ]);
    now += 899_000;
    const still = await ask();
    assert.deepEqual([still?.header.rcode, still?.authorities[0]?.ttl], [RCODE.NXDOMAIN, 1]);
    now += 1000;
    assert.deepEqual(textsOf(await ask()), ['there']);
  });

  it('keeps a record as long as its TTL says, counted down', async () => {
    data.txt.set(name, [['old']]);
    const ask = async () => askUdp(server.resolver, name, TYPE.TXT, recursive);
    assert.deepEqual(textsOf(await ask()), ['old']);
    data.txt.set(name, [['new']]);
    now += 120_000;
    const cached = await ask();
    assert.deepEqual([textsOf(cached), cached?.answers[0]?.ttl], [['old'], 180]);
    now += 180_000;
    assert.deepEqual(textsOf(await ask()), ['new']);
  });

  it('tells without RD what it has in its cache, and learns nothing by being asked', async () => {
    data.txt.set(name, [['there']]);
    assert.equal((await askUdp(server.resolver, name, TYPE.TXT))?.header.rcode, RCODE.REFUSED);
    await askUdp(server.resolver, name, TYPE.TXT, recursive);
    assert.deepEqual(textsOf(await askUdp(server.resolver, name, TYPE.TXT)), ['there']);
  });

  it('goes from server to server by the delegation of the parent', async () => {
    const parent = server.addresses['127.0.53.20']!;
    const referral = await askUdp(parent, name, TYPE.TXT);
    assert.deepEqual([referral?.header.aa, referral?.answers.length], [0, 0]);
    assert.deepEqual(
      referral?.authorities.map(({ name: zone, ns }) => [zone, ns]),
      [
        ['contoso.com', 'ns1.contoso.com'],
        ['contoso.com', 'ns2.contoso.com'],
      ],
    );
    const glue = referral?.additionals.map(({ address }) => address).sort();
    assert.deepEqual(glue, ['127.0.53.1', '127.0.53.2']);
    for (const address of glue ?? []) {
      const soa = await askUdp(server.addresses[address]!, 'contoso.com', TYPE.SOA);
      assert.deepEqual([soa?.header.aa, soa?.answers[0]?.serial], [1, 1]);
      assert.equal((await askTcp(server.addresses[address]!, 'contoso.com', TYPE.TXT))?.answers.length, 1);
    }
    const com = await askUdp(server.resolver, 'com', TYPE.NS, recursive);
    assert.equal(com?.answers[0]?.ns, 'a.parent.example');
    const host = await askUdp(server.resolver, 'a.parent.example', TYPE.A, recursive);
    assert.equal(host?.answers[0]?.address, '127.0.53.20');
  });
});
